/// How a call is turned down: a negative status, whose meaning differs from call to call (documents).
struct SMSitRefusal: Error, Hashable {
  var status: Int
  /// The documents' wording.
  var message: String

  static let invalidKey = SMSitRefusal(status: -1, message: "Invalid API key passed in.")

  // The following mean the same with both ways of sending.
  static let senderMissing = SMSitRefusal(status: -2, message: "There was no 'from' number passed in.")
  static let unknownSender = SMSitRefusal(
    status: -3, message: "The 'from' number passed in doesn't exist in your account or isn't SMS-enabled.")
  static let textMissing = SMSitRefusal(status: -4, message: "There was no message passed in to be sent.")
  static let invalidSenderID = SMSitRefusal(
    status: -7,
    message: "The alphanumeric sender ID passed in is either invalid(doesn't match requirements below) OR the user "
      + "account does not have permission to send from an alphanumeric sender ID.")
  /// The documents have no status of its own for a date that can't be read.
  static let other = SMSitRefusal(status: -16, message: "Other error.")
}

/// The refusals in which sending to a contact and to a group differ.
struct SMSitSendStatuses: Hashable {
  var recipientMissing: SMSitRefusal
  var unknownRecipient: SMSitRefusal
  var recurrence: SMSitRecurrenceRefusals
  var noCredits: SMSitRefusal

  static let contact = SMSitSendStatuses(
    recipientMissing: SMSitRefusal(status: -5, message: "There was no contact number passed in."),
    unknownRecipient: SMSitRefusal(
      status: -6,
      message: "The contact number passed in is either invalid, does not exist in your contact list, or has "
        + "unsubscribed."),
    recurrence: SMSitRecurrenceRefusals(first: -8), noCredits: noCredits(status: -12))

  static let group = SMSitSendStatuses(
    recipientMissing: SMSitRefusal(status: -5, message: "There was no group passed in."),
    unknownRecipient: SMSitRefusal(status: -6, message: "The group passed in is invalid or does not exist."),
    recurrence: SMSitRecurrenceRefusals(first: -10), noCredits: noCredits(status: -14))

  private static func noCredits(status: Int) -> SMSitRefusal {
    SMSitRefusal(status: status, message: "Not enough credits to send the message.")
  }
}

/// The refusals about recurring events: four statuses in a row, beginning elsewhere in each call.
struct SMSitRecurrenceRefusals: Hashable {
  var flag: SMSitRefusal
  var period: SMSitRefusal
  var frequency: SMSitRefusal
  var end: SMSitRefusal

  init(first status: Int) {
    let orMissing = "Also, if recurring flag is 1 and nothing passed in for this field will trip this error."
    flag = SMSitRefusal(
      status: status, message: "The recurring flag passed in is invalid. Proper values are either 1 or 0.")
    period = SMSitRefusal(
      status: status - 1,
      message: "The repeat parameter passed in is invalid. Proper values are 'Daily', 'Weekly', 'Monthly', "
        + "'Yearly'. \(orMissing)")
    frequency = SMSitRefusal(
      status: status - 2,
      message: "The frequency parameter passed in is invalid. Proper values are 1-30. \(orMissing)")
    end = SMSitRefusal(
      status: status - 3,
      message: "Must have a recurring end date if you want to schedule a recurring event. The recurring flag is 1 "
        + "and nothing passed in for enddate.")
  }
}
