/// Switches text messages on and off for numbers of the account.
public protocol NumberControlling: Provider {
  func setMessaging(enabled: Bool, for number: PhoneNumber) -> APICall<NumberRecord>
}
