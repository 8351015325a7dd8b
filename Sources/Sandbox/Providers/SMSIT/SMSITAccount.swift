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

extension SMSITAccount {
  /// `getbulksmsdeliveryreport`: how many messages of a group SMS have been delivered and have failed so far.
  func groupReport(_ fields: FormFields, at now: Timestamp) throws(Refusal) -> SandboxReply {
    guard let text = fields["groupsmsid"] else {
      throw .init(-2, "The group SMS ID is missing. You must pass this in to get delivery stats for this group.")
    }
    let id = wholeNumber(text)
    let stages = messages.filter { id != nil && $0.groupID == id }.map { $0.lifecycle.stage(at: now) }
    guard !stages.isEmpty else { throw .init(-3, "The group SMS ID is invalid or does not exist.") }
    return .json([
      "successful": .string(String(stages.count { $0 == .delivered })),
      "failed": .string(String(stages.count { $0 == .failed })),
    ])
  }

  /// `getcontactsmsdeliveryreport`: the status of the latest message to a number that was already sent.
  func contactReport(_ fields: FormFields, at now: Timestamp) throws(Refusal) -> SandboxReply {
    guard let number = fields["number"] else { throw .init(-2, "Number passed in is blank.") }
    let lifecycles = messages.lazy.filter { $0.to == number }.map(\.lifecycle).filter { $0.startsAt <= now }
    guard let latest = lifecycles.max(by: { $0.startsAt < $1.startsAt }) else {
      throw .init(-3, "Number passed in is invalid or can't be found for outbound SMS sent to this number.")
    }
    let stage = latest.stage(at: now)
    return .json([
      "smsstatus": .string(stage.word), "errormsg": stage == .failed ? "The carrier could not deliver it." : "",
    ])
  }

  /// `getcreditbalance`: SMS or voice credits.
  func creditBalance(_ fields: FormFields) throws(Refusal) -> SandboxReply {
    let balance = ["1": credits, "2": voiceCredits][fields["type"] ?? ""]
    guard let balance else {
      throw .init(
        -2,
        "Invalid type passed in. Should only be either a 1 or 2 depending on what credit balance you want to retrieve. "
          + "1 for SMS and 2 for Voice.")
    }
    return .json(["creditbalancenumber": .string(String(balance)), "msg": "Credit balance."])
  }
}

extension SMSITAccount {
  /// `addappointment`: adds an appointment of a contact, unless there is one at the same time.
  mutating func addAppointment(_ fields: FormFields) throws(Refusal) -> SandboxReply {
    guard let number = fields["number"] else { throw .init(-2, "There was no contact number passed in.") }
    guard number.utf8.allSatisfy(\.isDigit) else {
      throw .init(
        -3, "Number passed in should only contain numbers, NO spaces, dashes, or parentheses in phone numbers.")
    }
    guard let date = fields["apptdate"] else { throw .init(-4, "There was no appt datetime passed in.") }
    guard let status = fields["status"] else { throw .init(-5, "There was no status passed in.") }
    guard ["0", "1", "2", "3"].contains(status) else {
      throw .init(-6, "The status passed in is invalid. Valid values are 0, 1, 2, 3.")
    }
    guard contacts[number] != nil else { throw .init(-7, "Contact not found.") }
    // The documents have no status for a date in another format.
    guard let time = CivilTime(dayFirst: date) else { throw .init(-9, "Other error.") }
    let appointment = SMSITAppointment(number: number, at: Timestamp(unixSeconds: time.secondsSinceEpoch))
    guard appointments[appointment] == nil else {
      throw .init(-8, "Appointment already exists for this contact and datetime.")
    }
    appointments[appointment] = wholeNumber(status)
    return Self.reply(status: "0", "Appointment added.")
  }
}

extension SMSITAccount {
  /// `generateOTP`: a code such as `94b87b`, for one credit. `Success` was seen; the documents say 0.
  mutating func generateOTP() throws(Refusal) -> SandboxReply {
    guard credits > 0 else { throw .init(-2, "Not enough credits to generate OTP.") }
    credits -= 1
    let code = random.text(of: "0123456789abcdef", count: 6)
    codes.insert(code)
    return .json(["status": "Success", "msg": "OTP generated.", "otp": .string(code)])
  }

  /// `validateOtp`: a code is valid once. The documents write its parameter `otp` as well as `OTP`.
  mutating func validateOTP(_ fields: FormFields) throws(Refusal) -> SandboxReply {
    guard let code = fields["otp"] ?? fields["OTP"], codes.remove(code) != nil else {
      throw .init(-2, "Invalid OTP passed in.")
    }
    return .json(["status": "Success", "msg": "OTP validated."])
  }
}

extension Lifecycle.Stage {
  /// The word in a contact's report.
  fileprivate var word: String {
    switch self {
    case .scheduled, .pending: "queued"
    case .sent: "sent"
    case .delivered: "delivered"
    case .failed: "undelivered"
    }
  }
}
