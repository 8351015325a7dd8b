/// Tells what is left on the account.
public protocol BalanceReading: Provider {
  /// Which balances there are; never empty.
  static var balances: Set<BalanceSubject> { get }

  /// What is left for one of `balances`.
  func balance(_ subject: BalanceSubject) -> APICall<BalanceRecord>
}

/// What a balance is for.
public enum BalanceSubject: String, CaseIterable, Hashable, Sendable {
  case messages, voice
}

/// Lists the phones it sends through.
public protocol DeviceListing: Provider {
  /// All phones of the account that are switched on for sending.
  func devices() -> APICall<[DeviceRecord]>
}

/// Dials USSD codes on a phone, such as `*150#`.
public protocol USSDSending: Provider {
  /// Asks for a code to be dialled; the phone's answer comes later.
  func sendUSSD(_ request: String, device: DeviceSelector) -> APICall<USSDRecord>
}

/// Knows USSD requests that were made, and their answers.
public protocol USSDReading: Provider {
  /// What is wrong with an id; nil if nothing.
  func objection(toUSSDID id: String) -> CallObjection?

  /// One request, nil where there is none of that id. Its `response` is nil until the phone has answered.
  func ussdRequest(id: String) -> APICall<USSDRecord?>

  /// All requests that match.
  func ussdRequests(_ query: USSDQuery) -> APICall<[USSDRecord]>
}

/// Which USSD requests are asked for; what is nil does not matter.
public struct USSDQuery: Hashable, Sendable {
  /// The code that was dialled.
  public var request: String?
  public var device: Int?
  /// SIM slot, counted from 0.
  public var sim: Int?
  public var since: Timestamp?
  public var until: Timestamp?

  public init() {}
}

/// Switches text messages on and off for numbers of the account.
public protocol NumberControlling: Provider {
  /// Lets a number send and receive text messages, or stops it.
  func setMessaging(enabled: Bool, for number: PhoneNumber) -> APICall<NumberRecord>
}

/// Makes one-time passwords; sending them is ours to do.
public protocol OTPGenerating: Provider {
  /// A record with a `code`.
  func generateOTP() -> APICall<OTPRecord>
}

/// Tells whether a one-time password is one it made, and not used yet.
public protocol OTPVerifying: Provider {
  /// A record with `valid`; a wrong code is an answer, no error.
  func verifyOTP(_ code: String) -> APICall<OTPRecord>
}

/// Calls a web address of the user's when something happens, and signs what it posts there.
public protocol WebhookVerifying: Provider {
  /// What a posted body says, once its signature (`X-SG-SIGNATURE`) is that of the account's key.
  ///
  /// `body` is the whole form (`messages=…` or `ussdRequest=…`), or the raw value of that field. Nothing is asked.
  func webhook(signature: String, body: [UInt8], key: String) -> WebhookContent?

  /// The key that signs what is posted.
  static func webhookKey(_ values: SettingValues) throws(SettingError) -> String
}

/// What a webhook reports.
public enum WebhookContent: Hashable, Sendable {
  case messages([MessageRecord])
  case ussd([USSDRecord])
  /// It is not what providers are known to post.
  case unknown
}
