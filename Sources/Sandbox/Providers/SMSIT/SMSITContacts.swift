import Messaging
import TextFormats

extension SMSITAccount {
  /// `addcontact`: adds a number to a group; an unsubscribed number is subscribed again.
  mutating func addContact(_ fields: FormFields, at now: Timestamp) throws(Refusal) -> SandboxReply {
    guard fields["number"] != nil || fields["group"] != nil else { throw .init(-3, "Group and number required.") }
    guard let number = fields["number"] else { throw .init(-2, "There was no number passed in.") }
    guard let group = fields["group"] else { throw .init(-4, "There was no group passed in.") }
    guard contacts.isGroup(group) else {
      throw .init(-5, "The group passed in is invalid or does not exist in the group list.")
    }
    // The documents have no status for a number or birthday in another format.
    guard number.isInternationalDigits, fields["bday"].map(\.isDate) ?? true else { throw .init(-6, "Other error.") }
    if let known = contacts[number], known.isSubscribed, known.groups.contains(group) {
      throw .init(-7, "Number is already subscribed for \(group).")
    }
    let contact = SMSITContact(
      number: number, name: fields["name"] ?? "", email: fields["email"] ?? "", birthday: fields["bday"] ?? "",
      createdAt: now)
    contacts.add(contact, to: group)
    return Self.reply(status: "0", "Contact added.")
  }
}

extension String {
  /// Whether it is a date in the format `YYYY-MM-DD`.
  fileprivate var isDate: Bool { utf8.count == 10 && CivilTime(self) != nil }
}

/// The account's contacts and their groups.
struct SMSITContacts: Sendable {
  /// The ID of each is its index, starting at 1.
  private(set) var all: [SMSITContact] = []
  private var places: [String: Int] = [:]
  /// The indices of each group's members, in the order in which they were added.
  private var members: [String: [Int]] = [:]

  /// `Friends` has three numbers; `Everyone` has 15550100000 to 15550109999 and one unsubscribed contact; `Empty`
  /// has none.
  static let seeded: SMSITContacts = {
    var contacts = SMSITContacts()
    for group in ["Friends", "Everyone", "Empty"] { contacts.members[group] = [] }
    for contact in SMSITContact.friends { contacts.add(contact, to: "Friends") }
    for number in 15_550_100_000...15_550_109_999 {
      contacts.add(
        SMSITContact(number: String(number), createdAt: SMSITContact.moment(number % 10_000)), to: "Everyone")
    }
    contacts.add(SMSITContact.formerOne, to: "Everyone")
    return contacts
  }()

  subscript(number: String) -> SMSITContact? { places[number].map { all[$0] } }

  /// Its index, starting at 1.
  func id(of contact: SMSITContact) -> Int { places[contact.number, default: 0] + 1 }

  func isGroup(_ name: String) -> Bool { members[name] != nil }

  /// The members of a group; empty if there is no such group.
  func members(of group: String) -> [SMSITContact] { members[group, default: []].map { all[$0] } }

  /// Adds a contact to a group, once. A known number keeps its source, and gets the new name and other data.
  mutating func add(_ contact: SMSITContact, to group: String) {
    let place = places[contact.number] ?? all.count
    if place == all.count {
      places[contact.number] = place
      all.append(contact)
    } else {
      all[place].take(contact)
    }
    guard !all[place].groups.contains(group) else { return }
    all[place].groups.append(group)
    members[group, default: []].append(place)
  }
}

/// A recipient.
struct SMSITContact: Hashable, Sendable {
  /// How the contact was added, with its number in the documents.
  enum Source: Int, Sendable {
    case `import`
    case sms, webWidget, kiosk
  }

  /// Only digits.
  var number: String
  var name = ""
  var email = ""
  /// `YYYY-MM-DD`, or empty.
  var birthday = ""
  var isSubscribed = true
  var source = Source.import
  var createdAt: Timestamp
  /// Names, in the order in which the contact was added to them.
  var groups: [String] = []

  fileprivate mutating func take(_ newer: SMSITContact) {
    isSubscribed = newer.isSubscribed
    if !newer.name.isEmpty { name = newer.name }
    if !newer.email.isEmpty { email = newer.email }
    if !newer.birthday.isEmpty { birthday = newer.birthday }
  }
}

extension SMSITContact {
  fileprivate static let friends = [
    SMSITContact(
      number: SampleData.friends[0], name: "Ada Example", email: "ada@example.com", birthday: "1990-12-10",
      source: .sms, createdAt: moment(-3)),
    SMSITContact(
      number: SampleData.friends[1], name: "Björn Example", email: "bjorn@example.org", source: .webWidget,
      createdAt: moment(-2)),
    SMSITContact(number: SampleData.friends[2], name: "Chen", source: .kiosk, createdAt: moment(-1)),
  ]

  fileprivate static let formerOne = SMSITContact(
    number: "15550110001", name: "Dora Former", isSubscribed: false, source: .sms, createdAt: moment(10_000))

  /// The time `minutes` after 2025-01-01T00:00:00Z.
  fileprivate static func moment(_ minutes: Int) -> Timestamp {
    Timestamp(unixSeconds: 1_735_689_600 + Int64(minutes) * 60)
  }
}

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
