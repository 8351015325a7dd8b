import Messaging
import TextFormats

/// The data of a customer of SMS-iT.
struct SMSITAccount: Sendable {
  let key: String
  /// One for each segment of 160 or 70 characters.
  var credits: Int
  let voiceCredits: Int
  var contacts = SMSITContacts.seeded
  var messages: [SMSITMessage] = []
  /// The ID of the last group SMS.
  var lastGroupID = 1000
  /// How many messages were sent with rotating senders.
  var rotations = 0
  /// The status of each appointment, as given.
  var appointments: [SMSITAppointment: Int] = [:]
  /// Codes that were generated and not validated yet.
  var codes: Set<String> = []
  var random: SplitMix64

  /// The same seed leads to the same codes.
  init(key: String, credits: Int, voiceCredits: Int, seed: UInt64) {
    (self.key, self.credits, self.voiceCredits) = (key, credits, voiceCredits)
    random = SplitMix64(seed: seed)
  }
}

/// A message to one contact.
struct SMSITMessage: Hashable, Sendable {
  /// Nil for a message to a single contact, which SMS-iT gives no ID.
  var groupID: Int?
  var to: String
  var takenAt: Timestamp
  var scheduledAt: Timestamp?

  var lifecycle: Lifecycle { Lifecycle(to: to, acceptedAt: takenAt, scheduledAt: scheduledAt) }
}

/// Identifies an appointment.
struct SMSITAppointment: Hashable, Sendable {
  var number: String
  var at: Timestamp
}

extension SMSITAccount: ProviderAccount {
  func isLoggedIn(_ request: SandboxRequest) -> Bool {
    request.fields["apikey"] == key
  }

  /// Accepts both GET and POST (documents). Refuses with HTTP 200 and a negative status, whose meaning depends on
  /// the call; statuses and words are from the tables in the documents.
  mutating func answer(_ request: SandboxRequest, at now: Timestamp) -> SandboxReply {
    guard let call = Call(path: request.path) else { return .notFound }
    do throws(Refusal) {
      guard isLoggedIn(request) else { throw .init(-1, "Invalid API key passed in.") }
      return try answer(call, request.fields, at: now)
    } catch {
      return Self.reply(status: error.code, error.message).refusing(error.code, error.message)
    }
  }

  private mutating func answer(
    _ call: Call, _ fields: FormFields, at now: Timestamp
  ) throws(Refusal) -> SandboxReply {
    switch call {
    case .addcontact: try addContact(fields, at: now)
    case .getcontacts: try getContacts(fields)
    case .smsgroup: try sendToGroup(fields, at: now)
    case .smscontact: try sendToContact(fields, at: now)
    case .getbulksmsdeliveryreport: try groupReport(fields, at: now)
    case .getcontactsmsdeliveryreport: try contactReport(fields, at: now)
    case .getcreditbalance: try creditBalance(fields)
    case .addappointment: try addAppointment(fields)
    case .generateOTP: try generateOTP()
    case .validateOtp: try validateOTP(fields)
    }
  }

  /// Numbers are strings (seen).
  static func reply(status: String, _ message: String, accepted: [AcceptedMessage] = []) -> SandboxReply {
    .json(["status": .string(status), "msg": .string(message)], accepted: accepted)
  }
}

/// The calls, written as in the documents' addresses.
private enum Call: String {
  case addcontact, getcontacts, smsgroup, smscontact
  case getbulksmsdeliveryreport, getcontactsmsdeliveryreport
  case getcreditbalance, addappointment, generateOTP, validateOtp

  /// Parses `/apis/NAME/`, with or without the last slash.
  init?(path: String) {
    guard path.hasPrefix("/apis/") else { return nil }
    let name = path.dropFirst("/apis/".count)
    self.init(rawValue: String(name.hasSuffix("/") ? name.dropLast() : name))
  }
}
