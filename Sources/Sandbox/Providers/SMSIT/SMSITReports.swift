import Messaging
import TextFormats

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
