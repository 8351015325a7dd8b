import Messaging
import TextFormats

extension SMSITAccount {
  /// `getcontacts`: the matching contacts, in the requested order, in pages.
  func getContacts(_ fields: FormFields) throws(Refusal) -> SandboxReply {
    if let group = fields["group"], !contacts.isGroup(group) {
      throw .init(-2, "The group passed in is invalid or does not exist.")
    }
    let query = try ContactQuery(fields)
    let order = try ContactOrder(fields)
    let candidates = fields["group"].map(contacts.members(of:)) ?? contacts.all
    let found = order.sorted(candidates.filter(query.admits))
    let page = ContactPage(fields).cut(found)
    guard !page.isEmpty else { throw .init(-7, "No contacts found.") }
    return .json(["status": "0", "contacts": .array(page.map(json))])
  }

  private func json(_ contact: SMSITContact) -> JSONValue {
    [
      "id": .string(String(contacts.id(of: contact))), "name": .string(contact.name),
      "birthday": .string(contact.birthday), "email": .string(contact.email), "number": .string(contact.number),
      "group": .string(contact.groups.joined(separator: ",")), "subscriber": contact.isSubscribed ? "Yes" : "No",
      "source": .string(contact.source.word), "carrier": "", "date": .string(CivilTime(contact.createdAt).text()),
    ]
  }
}

/// The search criteria for contacts.
private struct ContactQuery {
  /// In lowercase.
  private let name: String
  private let email: String
  private let number: String
  private let source: SMSITContact.Source?
  private let isSubscribed: Bool?

  init(_ fields: FormFields) throws(SMSITAccount.Refusal) {
    name = fields["name"]?.lowercased() ?? ""
    email = fields["email"]?.lowercased() ?? ""
    number = fields["number"] ?? ""
    source = try fields.contactSource()
    isSubscribed = try fields.subscription()
  }

  /// Name, email, and number also match part of the contact's value.
  func admits(_ contact: SMSITContact) -> Bool {
    (name.isEmpty || contact.name.lowercased().contains(name))
      && (email.isEmpty || contact.email.lowercased().contains(email))
      && (number.isEmpty || contact.number.contains(number))
      && (source ?? contact.source) == contact.source
      && (isSubscribed ?? contact.isSubscribed) == contact.isSubscribed
  }
}

/// The order of the matching contacts; by default, the newest first.
private struct ContactOrder {
  private let key: String
  private let isDescending: Bool

  init(_ fields: FormFields) throws(SMSITAccount.Refusal) {
    key = fields["sortby"] ?? "created"
    guard ["name", "phone_number", "created"].contains(key) else {
      throw .init(-5, "The sortby passed in is invalid. Proper values are name, phone_number, created.")
    }
    let direction = fields["sortdir"] ?? "desc"
    guard ["asc", "desc"].contains(direction) else {
      throw .init(-6, "The sortdir passed in is invalid. Proper values are asc, desc.")
    }
    isDescending = direction == "desc"
  }

  func sorted(_ contacts: [SMSITContact]) -> [SMSITContact] {
    let ascending = contacts.sorted(by: precedes)
    return isDescending ? ascending.reversed() : ascending
  }

  /// Equal contacts are ordered by number, so that pages are consistent.
  private func precedes(_ left: SMSITContact, _ right: SMSITContact) -> Bool {
    switch key {
    case "name": (left.name.lowercased(), left.number) < (right.name.lowercased(), right.number)
    case "created": (left.createdAt, left.number) < (right.createdAt, right.number)
    default: left.number < right.number
    }
  }
}

/// The requested page of the matching contacts. The documents have no status for a value that isn't a number: it
/// counts as missing.
private struct ContactPage {
  private let limit: Int
  private let page: Int

  init(_ fields: FormFields) {
    limit = max(1, fields["limit"].flatMap(wholeNumber) ?? 50)
    page = max(1, fields["page"].flatMap(wholeNumber) ?? 1)
  }

  func cut(_ contacts: [SMSITContact]) -> ArraySlice<SMSITContact> {
    let (skipped, overflows) = limit.multipliedReportingOverflow(by: page - 1)
    return overflows ? [] : contacts.dropFirst(skipped).prefix(limit)
  }
}

extension FormFields {
  fileprivate func contactSource() throws(SMSITAccount.Refusal) -> SMSITContact.Source? {
    guard let text = self["source"] else { return nil }
    guard let source = wholeNumber(text).flatMap(SMSITContact.Source.init) else {
      throw .init(-3, "The source passed in is invalid. Proper values are 0, 1, 2, 3.")
    }
    return source
  }

  /// 0 means subscribed, 1 means unsubscribed (documents).
  fileprivate func subscription() throws(SMSITAccount.Refusal) -> Bool? {
    switch self["subscribed"] {
    case nil: return nil
    case "0": return true
    case "1": return false
    default: throw .init(-4, "The subscribed passed in is invalid. Proper values are 0, 1.")
    }
  }
}

extension SMSITContact.Source {
  /// The word in the documents.
  fileprivate var word: String {
    switch self {
    case .import: "import"
    case .sms: "sms"
    case .webWidget: "web widget"
    case .kiosk: "kiosk"
    }
  }
}
