/// Switches text messages on and off for numbers of the account.
public protocol NumberControlling: Provider {
  /// Lets a number send and receive text messages, or stops it.
  func setMessaging(enabled: Bool, for number: PhoneNumber) -> APICall<NumberRecord>
}
