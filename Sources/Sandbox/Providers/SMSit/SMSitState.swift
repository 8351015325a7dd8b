import Messaging

/// What SMS-iT knows.
struct SMSitState: Sendable {
  var contacts = SMSitContacts.seeded
  /// One credit for each segment of 160 or 70 characters.
  var credits = 1_000_000
  var messages: [SMSitMessage] = []
  /// Id of the last group SMS.
  var lastGroupID = 1000
  /// How many messages went out with rotating senders.
  var rotations = 0
}

/// A message that was taken, for one contact.
struct SMSitMessage: Hashable, Sendable {
  /// Nil for a message to a contact, which has no id with SMS-iT.
  var groupID: Int?
  var from: String
  var to: String
  var text: String
  var takenAt: Timestamp
  var scheduledAt: Timestamp?

  var lifecycle: Lifecycle { Lifecycle(to: to, acceptedAt: takenAt, scheduledAt: scheduledAt) }
}

/// The contacts of the account and their groups.
struct SMSitContacts: Sendable {
  private(set) var byNumber: [String: SMSitContact] = [:]
  /// Members of each group, in the order they joined.
  private(set) var groups: [String: [String]] = [:]

  /// `Friends` of three numbers, and `Everyone` of all numbers 15550100000 to 15550109999.
  static let seeded: SMSitContacts = {
    var contacts = SMSitContacts()
    for number in SandboxAccount.friends { contacts.add(number, to: "Friends") }
    for number in 15_550_100_000...15_550_109_999 { contacts.add(String(number), to: "Everyone") }
    return contacts
  }()

  mutating func add(_ number: String, to group: String) {
    if byNumber[number] == nil { byNumber[number] = SMSitContact(number: number) }
    groups[group, default: []].append(number)
  }

  func isSubscribed(_ number: String) -> Bool {
    byNumber[number]?.isSubscribed ?? false
  }

  /// The subscribed members of a group; nil where there is no such group.
  func subscribers(of group: String) -> [String]? {
    groups[group]?.filter(isSubscribed)
  }
}

/// Somebody to send to.
struct SMSitContact: Hashable, Sendable {
  /// Digits alone.
  var number: String
  var isSubscribed = true
}
