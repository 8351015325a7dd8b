import Messaging
import TextFormats

extension SMSitState {
  /// `getcontacts`: the contacts that fit, in the order wanted, page by page.
  func getContacts(_ fields: FormFields) throws(SMSitRefusal) -> SandboxReply {
    if let group = fields["group"], !contacts.isGroup(group) { throw .unknownSearchedGroup }
    let query = try ContactQuery(fields)
    let order = try ContactOrder(fields)
    let candidates = fields["group"].map(contacts.members(of:)) ?? contacts.all
    let found = order.sorted(candidates.filter(query.admits))
    let page = ContactPage(fields).cut(found)
    guard !page.isEmpty else { throw .noContacts }
    return .json(["status": "0", "contacts": .array(page.map(json))])
  }

  private func json(_ contact: SMSitContact) -> JSONValue {
    [
      "id": .string(String(contacts.id(of: contact))), "name": .string(contact.name),
      "birthday": .string(contact.birthday), "email": .string(contact.email), "number": .string(contact.number),
      "group": .string(contact.groups.joined(separator: ",")), "subscriber": contact.isSubscribed ? "Yes" : "No",
      "source": .string(contact.source.word), "carrier": "", "date": .string(CivilTime(contact.createdAt).text()),
    ]
  }
}

/// What contacts are searched by.
private struct ContactQuery {
  /// In small letters.
  private let name: String
  private let email: String
  private let number: String
  private let source: SMSitContact.Source?
  private let isSubscribed: Bool?

  init(_ fields: FormFields) throws(SMSitRefusal) {
    name = fields["name"]?.lowercased() ?? ""
    email = fields["email"]?.lowercased() ?? ""
    number = fields["number"] ?? ""
    source = try fields.contactSource()
    isSubscribed = try fields.subscription()
  }

  /// Names and the like may be parts of those looked for.
  func admits(_ contact: SMSitContact) -> Bool {
    (name.isEmpty || contact.name.lowercased().contains(name))
      && (email.isEmpty || contact.email.lowercased().contains(email))
      && (number.isEmpty || contact.number.contains(number))
      && (source ?? contact.source) == contact.source
      && (isSubscribed ?? contact.isSubscribed) == contact.isSubscribed
  }
}

/// The order of found contacts: by default the one added last comes first.
private struct ContactOrder {
  private let key: String
  private let isDescending: Bool

  init(_ fields: FormFields) throws(SMSitRefusal) {
    key = fields["sortby"] ?? "created"
    guard ["name", "phone_number", "created"].contains(key) else { throw .invalidSortKey }
    let direction = fields["sortdir"] ?? "desc"
    guard ["asc", "desc"].contains(direction) else { throw .invalidSortDirection }
    isDescending = direction == "desc"
  }

  func sorted(_ contacts: [SMSitContact]) -> [SMSitContact] {
    let ascending = contacts.sorted(by: precedes)
    return isDescending ? ascending.reversed() : ascending
  }

  /// The number decides between equals, so that pages fit together.
  private func precedes(_ left: SMSitContact, _ right: SMSitContact) -> Bool {
    switch key {
    case "name": (left.name.lowercased(), left.number) < (right.name.lowercased(), right.number)
    case "created": (left.createdAt, left.number) < (right.createdAt, right.number)
    default: left.number < right.number
    }
  }
}

/// Which part of the found contacts is wanted. What is no number has no status in the documents: the default holds.
private struct ContactPage {
  private let limit: Int
  private let page: Int

  init(_ fields: FormFields) {
    limit = max(1, fields["limit"].flatMap(wholeNumber) ?? 50)
    page = max(1, fields["page"].flatMap(wholeNumber) ?? 1)
  }

  func cut(_ contacts: [SMSitContact]) -> ArraySlice<SMSitContact> {
    let (skipped, overflows) = limit.multipliedReportingOverflow(by: page - 1)
    return overflows ? [] : contacts.dropFirst(skipped).prefix(limit)
  }
}

extension FormFields {
  fileprivate func contactSource() throws(SMSitRefusal) -> SMSitContact.Source? {
    guard let text = self["source"] else { return nil }
    guard let source = wholeNumber(text).flatMap(SMSitContact.Source.init) else { throw .invalidSource }
    return source
  }

  /// 0 stands for those who are subscribed, 1 for those who are not (documents).
  fileprivate func subscription() throws(SMSitRefusal) -> Bool? {
    switch self["subscribed"] {
    case nil: return nil
    case "0": return true
    case "1": return false
    default: throw .invalidSubscription
    }
  }
}

extension SMSitContact.Source {
  /// The documents' word for it.
  fileprivate var word: String {
    switch self {
    case .import: "import"
    case .sms: "sms"
    case .webWidget: "web widget"
    case .kiosk: "kiosk"
    }
  }
}

extension SMSitRefusal {
  fileprivate static let unknownSearchedGroup = SMSitRefusal(
    status: -2, message: "The group passed in is invalid or does not exist.")
  fileprivate static let invalidSource = SMSitRefusal(
    status: -3, message: "The source passed in is invalid. Proper values are 0, 1, 2, 3.")
  fileprivate static let invalidSubscription = SMSitRefusal(
    status: -4, message: "The subscribed passed in is invalid. Proper values are 0, 1.")
  fileprivate static let invalidSortKey = SMSitRefusal(
    status: -5, message: "The sortby passed in is invalid. Proper values are name, phone_number, created.")
  fileprivate static let invalidSortDirection = SMSitRefusal(
    status: -6, message: "The sortdir passed in is invalid. Proper values are asc, desc.")
  fileprivate static let noContacts = SMSitRefusal(status: -7, message: "No contacts found.")
}
