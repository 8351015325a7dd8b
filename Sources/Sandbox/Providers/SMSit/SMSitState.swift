import Messaging

/// What SMS-iT knows about a customer.
struct SMSitState: Sendable {
  /// The key, and the credits left.
  var account: SMSitAccount
  var contacts = SMSitContacts.seeded
  var messages: [SMSitMessage] = []
  /// Id of the last group SMS.
  var lastGroupID = 1000
  /// How many messages went out with rotating senders.
  var rotations = 0
  /// The status of each, as it was given.
  var appointments: [SMSitAppointment: Int] = [:]
  /// Codes that were generated and not validated yet.
  var codes: Set<String> = []
  var random: SplitMix64

  /// Equal seeds give equal codes.
  init(_ account: SMSitAccount, seed: UInt64) {
    self.account = account
    random = SplitMix64(seed: seed ^ 7)
  }
}

/// A customer.
struct SMSitAccount: Hashable, Sendable {
  var key: String
  /// One for each segment of 160 or 70 characters.
  var credits: Int
  var voiceCredits: Int

  static let main = SMSitAccount(key: SandboxAccount.smsitKey, credits: 1_000_000, voiceCredits: 500)
  static let empty = SMSitAccount(key: SandboxAccount.smsitEmptyKey, credits: 0, voiceCredits: 0)
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

/// What an appointment is told from others by.
struct SMSitAppointment: Hashable, Sendable {
  var number: String
  var at: Timestamp
}
