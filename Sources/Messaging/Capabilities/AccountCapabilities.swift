/// Reports the remaining balance of the account.
public protocol BalanceReading: Provider {
  /// The balances it can report; never empty.
  static var balances: Set<BalanceSubject> { get }

  /// The remaining balance for one of `balances`.
  func balance(_ subject: BalanceSubject) -> APICall<BalanceRecord>
}

/// What a balance is for.
public enum BalanceSubject: String, CaseIterable, Hashable, Sendable {
  case messages, voice
}

/// Lists the phones that it sends through.
public protocol DeviceListing: Provider {
  /// All phones of the account that are enabled for sending.
  func devices() -> APICall<[DeviceRecord]>
}

/// Dials USSD codes on a phone, such as `*150#`.
public protocol USSDSending: Provider {
  /// Asks a phone to dial a code; its answer comes later.
  func sendUSSD(_ request: String, device: DeviceSelector) -> APICall<USSDRecord>
}

/// Has the USSD requests made so far, and their answers.
public protocol USSDReading: Provider {
  /// What is wrong with an id; nil if nothing is.
  func objection(toUSSDID id: String) -> CallObjection?

  /// One request; nil if the id is unknown. Its `response` is nil until the phone has answered.
  func ussdRequest(id: String) -> APICall<USSDRecord?>

  /// All matching requests.
  func ussdRequests(_ query: USSDQuery) -> APICall<[USSDRecord]>
}

/// Which USSD requests to return; nil matches any.
public struct USSDQuery: Hashable, Sendable {
  /// The code that was dialed.
  public var request: String?
  public var device: Int?
  /// SIM slot, counted from 0.
  public var sim: Int?
  public var since: Timestamp?
  public var until: Timestamp?

  public init() {}
}

/// Turns text messages on and off for numbers of the account.
public protocol NumberControlling: Provider {
  /// Lets a number send and receive text messages, or prevents it.
  func setMessaging(enabled: Bool, for number: PhoneNumber) -> APICall<NumberRecord>
}

/// Generates one-time passwords; sending them is up to the caller.
public protocol OTPGenerating: Provider {
  /// A record with a `code`.
  func generateOTP() -> APICall<OTPRecord>
}

/// Checks whether a one-time password is one it generated that was not used yet.
public protocol OTPVerifying: Provider {
  /// A record with `valid`; a wrong code is a result, not an error.
  func verifyOTP(_ code: String) -> APICall<OTPRecord>
}

/// Calls a URL of the user when something happens, and signs what it posts there.
public protocol WebhookVerifying: Provider {
  /// Returns what a posted body says, once its signature (`X-SG-SIGNATURE`) is verified with the account's key.
  ///
  /// `body` is the whole form (`messages=…` or `ussdRequest=…`), or the raw value of that field. Makes no request.
  func webhook(signature: String, body: [UInt8], key: String) -> WebhookContent?

  /// The key that signs posted bodies.
  static func webhookKey(_ values: SettingValues) throws(SettingError) -> String
}

/// What a webhook reports.
public enum WebhookContent: Hashable, Sendable {
  case messages([MessageRecord])
  case ussd([USSDRecord])
  /// It is not what providers are known to post.
  case unknown
}
