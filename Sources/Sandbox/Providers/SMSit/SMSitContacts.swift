import Messaging

/// The contacts of the account and their groups.
struct SMSitContacts: Sendable {
  /// The id of each is its place, counted from 1.
  private(set) var all: [SMSitContact] = []
  private var places: [String: Int] = [:]
  /// Places of the members of each group, in the order they joined.
  private var members: [String: [Int]] = [:]

  /// `Friends` of three numbers, `Everyone` of all numbers 15550100000 to 15550109999 and one who has left, and `Empty`.
  static let seeded: SMSitContacts = {
    var contacts = SMSitContacts()
    for group in ["Friends", "Everyone", "Empty"] { contacts.members[group] = [] }
    for contact in SMSitContact.friends { contacts.add(contact, to: "Friends") }
    for number in 15_550_100_000...15_550_109_999 {
      contacts.add(
        SMSitContact(number: String(number), createdAt: SMSitContact.moment(number % 10_000)), to: "Everyone")
    }
    contacts.add(SMSitContact.formerOne, to: "Everyone")
    return contacts
  }()

  subscript(number: String) -> SMSitContact? { places[number].map { all[$0] } }

  /// Where it stands, counted from 1.
  func id(of contact: SMSitContact) -> Int { places[contact.number, default: 0] + 1 }

  func isGroup(_ name: String) -> Bool { members[name] != nil }

  /// The members of a group; none where there is no such group.
  func members(of group: String) -> [SMSitContact] { members[group, default: []].map { all[$0] } }

  /// Puts someone in a group, once; of a number that is known already, number and source are kept and the rest is taken
  /// over.
  mutating func add(_ contact: SMSitContact, to group: String) {
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

/// Somebody to send to.
struct SMSitContact: Hashable, Sendable {
  /// How someone became a contact, with its number in the documents.
  enum Source: Int, Sendable {
    case `import`
    case sms, webWidget, kiosk
  }

  /// Digits alone.
  var number: String
  var name = ""
  var email = ""
  /// `YYYY-MM-DD`, or empty.
  var birthday = ""
  var isSubscribed = true
  var source = Source.import
  var createdAt: Timestamp
  /// Names, in the order joined.
  var groups: [String] = []

  fileprivate mutating func take(_ newer: SMSitContact) {
    isSubscribed = newer.isSubscribed
    if !newer.name.isEmpty { name = newer.name }
    if !newer.email.isEmpty { email = newer.email }
    if !newer.birthday.isEmpty { birthday = newer.birthday }
  }
}

extension SMSitContact {
  fileprivate static let friends = [
    SMSitContact(
      number: SandboxAccount.friends[0], name: "Ada Example", email: "ada@example.com", birthday: "1990-12-10",
      source: .sms, createdAt: moment(-3)),
    SMSitContact(
      number: SandboxAccount.friends[1], name: "Björn Example", email: "bjorn@example.org", source: .webWidget,
      createdAt: moment(-2)),
    SMSitContact(number: SandboxAccount.friends[2], name: "Chen", source: .kiosk, createdAt: moment(-1)),
  ]

  fileprivate static let formerOne = SMSitContact(
    number: "15550110001", name: "Dora Former", isSubscribed: false, source: .sms, createdAt: moment(10_000))

  /// So many minutes after 2025-01-01T00:00:00Z.
  fileprivate static func moment(_ minutes: Int) -> Timestamp {
    Timestamp(unixSeconds: 1_735_689_600 + Int64(minutes) * 60)
  }
}
