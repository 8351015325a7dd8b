import Messaging
import TextFormats

/// A call of SMS-iT, and the meanings of its negative statuses, which differ from call to call.
package struct SMSITCall: Sendable {
  /// The name in `/apis/NAME/`.
  let name: String
  /// From the documentation, for replies with an empty `msg`.
  private let meanings: [Int: String]
  /// The status for lack of credit.
  private let noCredit: Int?

  init(_ name: String, noCredit: Int? = nil, _ meanings: [Int: String]) {
    self.name = name
    self.meanings = meanings
    self.noCredit = noCredit
  }

  /// What all calls share: the key, and (observed, not documented) a plan without API access.
  private static let common = [
    -1: "Invalid API key passed in.",
    -20: "The plan of the account has no API access.",
  ]

  func kind(of status: Int) -> ProviderError.Kind {
    if Self.common[status] != nil { return .credentials }
    return status == noCredit ? .noCredit : .refused
  }

  func meaning(of status: Int) -> String? {
    Self.common[status] ?? meanings[status]
  }
}

/// Reads the replies of SMS-iT to all calls.
enum SMSITReply {
  /// A complete answer that isn't a refusal; not all of them have a status.
  static func answer(
    to call: SMSITCall, in response: HTTPResponse, advice: (Int) -> String = { _ in "" }
  ) throws(ProviderError) -> JSONValue {
    let reply = try response.json()
    guard let status = reply["status"]?.text, status.utf8.first == UInt8(ascii: "-") else { return reply }
    guard let number = Int(status), number < 0 else { throw response.unexpectedForm }
    let words = reply["msg"]?.words ?? call.meaning(of: number)
    throw response.refusal(
      call.kind(of: number), code: String(number), message: words.map { $0 + advice(number) }, in: reply)
  }

  /// The same, for calls whose integer status means success.
  static func success(
    of call: SMSITCall, in response: HTTPResponse, advice: (Int) -> String = { _ in "" }
  ) throws(ProviderError) -> (reply: JSONValue, status: Int) {
    let reply = try answer(to: call, in: response, advice: advice)
    guard response.isSuccess, !reply.repeatsMembers, let status = reply["status"]?.count else {
      throw response.unexpectedForm
    }
    return (reply, status)
  }

  /// Whether it says that a call was performed, and doesn't just repeat the HTTP status.
  static func saysDone(_ reply: JSONValue, httpStatus: Int) -> Bool {
    reply["status"]?.count.map { $0 != httpStatus } ?? false
  }
}

extension SMSITCall {
  static let sendToContact = SMSITCall(
    "smscontact", noCredit: -12,
    sending.merging([
      -5: "There was no contact number passed in.",
      -6: "The contact number passed in is either invalid, does not exist in your contact list, or has unsubscribed.",
      -8: "The recurring flag passed in is invalid. Proper values are either 1 or 0.",
      -9: "The repeat parameter passed in is invalid. Proper values are 'Daily', 'Weekly', 'Monthly', 'Yearly'.",
      -10: "The frequency parameter passed in is invalid. Proper values are 1-30.",
      -11: "Must have a recurring end date if you want to schedule a recurring event.",
      -12: "Not enough credits to send the message.",
      -16: "Other error.",
    ]) { $1 })

  static let sendToGroup = SMSITCall(
    "smsgroup", noCredit: -14,
    sending.merging([
      -5: "There was no group passed in.",
      -6: "The group passed in is invalid or does not exist.",
      -8: "The rotate flag passed in is invalid. Proper values are either 1 or 0.",
      -9: "The sending throttle flag passed is invalid. Proper values are 1, 2, 3, 4, 5, or 6.",
      -10: "The recurring flag passed in is invalid. Proper values are either 1 or 0.",
      -11: "The repeat parameter passed in is invalid. Proper values are 'Daily', 'Weekly', 'Monthly', 'Yearly'.",
      -12: "The frequency parameter passed in is invalid. Proper values are 1-30.",
      -13: "Must have a recurring end date if you want to schedule a recurring event.",
      -14: "Not enough credits to send the message.",
      -15: "No subscribers found in group.",
      -16: "Other error.",
    ]) { $1 })

  static let contactReport = SMSITCall(
    "getcontactsmsdeliveryreport",
    [
      -2: "Number passed in is blank.",
      -3: "Number passed in is invalid or can't be found for outbound SMS sent to this number.",
    ])

  static let groupReport = SMSITCall(
    "getbulksmsdeliveryreport",
    [
      -2: "The group SMS ID is missing. You must pass this in to get delivery stats for this group.",
      -3: "The group SMS ID is invalid or does not exist.",
    ])

  /// The statuses shared by sends to contacts and groups.
  private static let sending = [
    -2: "There was no 'from' number passed in.",
    -3: "The 'from' number passed in doesn't exist in your account or isn't SMS-enabled.",
    -4: "There was no message passed in to be sent.",
    -7: "The alphanumeric sender ID passed in is either invalid (1 to 11 letters and digits, at least one letter) "
      + "or the account does not have permission to send from one.",
  ]
}

extension SMSITCall {
  static let addContact = SMSITCall(
    "addcontact",
    [
      -2: "There was no number passed in.",
      -3: "Group and number required.",
      -4: "There was no group passed in.",
      -5: "The group passed in is invalid or does not exist in the group list.",
      -6: "Other error.",
      -7: "Number is already subscribed for the group.",
    ])

  static let contacts = SMSITCall(
    "getcontacts",
    [
      -2: "The group passed in is invalid or does not exist.",
      -3: "The source passed in is invalid. Proper values are 0, 1, 2, 3.",
      -4: "The subscribed passed in is invalid. Proper values are 0, 1.",
      -5: "The sortby passed in is invalid. Proper values are name, phone_number, created.",
      -6: "The sortdir passed in is invalid. Proper values are asc, desc.",
      -7: "No contacts found.",
    ])

  static let balance = SMSITCall(
    "getcreditbalance",
    [
      -2: "Invalid type passed in. Should only be either a 1 or 2 depending on what credit balance you want to "
        + "retrieve. 1 for SMS and 2 for Voice."
    ])

  static let addAppointment = SMSITCall(
    "addappointment",
    [
      -2: "There was no contact number passed in.",
      -3: "Number passed in should only contain numbers, NO spaces, dashes, or parentheses in phone numbers.",
      -4: "There was no appt datetime passed in.",
      -5: "There was no status passed in.",
      -6: "The status passed in is invalid. Valid values are 0, 1, 2, 3.",
      -7: "Contact not found.",
      -8: "Appointment already exists for this contact and datetime.",
      -9: "Other error.",
    ])

  static let generateOTP = SMSITCall("generateOTP", noCredit: -2, [-2: "Not enough credits to generate OTP."])

  static let validateOTP = SMSITCall("validateOtp", [-2: "Invalid OTP passed in."])
}

extension SMSITCall {
  /// What to do if a recipient is not a contact.
  static func notAContactAdvice(_ number: PhoneNumber) -> String {
    " Add it to a group first: sms contacts add \(number.e164) --list GROUP"
  }

  /// The meaning of each status of SMS-iT, in the words of its documentation.
  package static var examples: [ExampleMessage] {
    let calls = [
      sendToContact, sendToGroup, contactReport, groupReport, addContact, contacts, balance, addAppointment,
      generateOTP, validateOTP,
    ]
    let meanings = Set((calls.map(\.meanings) + [common]).flatMap(\.values))
    return meanings.sorted().map(ExampleMessage.quoted) + [
      .quoted(
        (sendToContact.meaning(of: -6) ?? "") + (PhoneNumber(stored: "+15550100001").map(notAContactAdvice) ?? ""))
    ]
  }
}
