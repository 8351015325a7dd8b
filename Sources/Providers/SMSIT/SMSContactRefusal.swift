import Messaging

/// The negative statuses of `smscontact`, as documented; in other calls the same numbers mean other things.
enum SMSContactRefusal: Int {
  case invalidKey = -1
  case fromMissing = -2
  case fromUnknown = -3
  case messageMissing = -4
  case contactMissing = -5
  case notAContact = -6
  case senderIDInvalid = -7
  case recurringInvalid = -8
  case repeatInvalid = -9
  case frequencyInvalid = -10
  case endDateMissing = -11
  case notEnoughCredits = -12
  case other = -16
  /// Not in the documentation, but seen.
  case noAPIAccess = -20

  var kind: ProviderError.Kind {
    switch self {
    case .invalidKey, .noAPIAccess: .credentials
    case .notEnoughCredits: .noCredit
    default: .refused
    }
  }

  /// What the documentation says of it, for replies that leave `msg` empty.
  var text: String {
    switch self {
    case .invalidKey: "Invalid API key passed in."
    case .fromMissing: "There was no 'from' number passed in."
    case .fromUnknown: "The 'from' number passed in doesn't exist in your account or isn't SMS-enabled."
    case .messageMissing: "There was no message passed in to be sent."
    case .contactMissing: "There was no contact number passed in."
    case .notAContact:
      "The contact number passed in is either invalid, does not exist in your contact list, or has unsubscribed."
    case .senderIDInvalid:
      "The alphanumeric sender ID passed in is either invalid (1 to 11 letters and digits, at least one letter) "
        + "or the account does not have permission to send from one."
    case .recurringInvalid: "The recurring flag passed in is invalid. Proper values are either 1 or 0."
    case .repeatInvalid:
      "The repeat parameter passed in is invalid. Proper values are 'Daily', 'Weekly', 'Monthly', 'Yearly'."
    case .frequencyInvalid: "The frequency parameter passed in is invalid. Proper values are 1-30."
    case .endDateMissing: "Must have a recurring end date if you want to schedule a recurring event."
    case .notEnoughCredits: "Not enough credits to send the message."
    case .other: "Other error."
    case .noAPIAccess: "The plan of the account has no API access."
    }
  }
}
