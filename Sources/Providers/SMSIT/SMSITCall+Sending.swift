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

  /// Where contact and group sends agree.
  private static let sending = [
    -2: "There was no 'from' number passed in.",
    -3: "The 'from' number passed in doesn't exist in your account or isn't SMS-enabled.",
    -4: "There was no message passed in to be sent.",
    -7: "The alphanumeric sender ID passed in is either invalid (1 to 11 letters and digits, at least one letter) "
      + "or the account does not have permission to send from one.",
  ]
}
