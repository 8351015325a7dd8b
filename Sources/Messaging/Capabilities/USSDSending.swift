/// Dials USSD codes on a phone, such as `*150#`.
public protocol USSDSending: Provider {
  /// Asks for a code to be dialled; the phone's answer comes later.
  func sendUSSD(_ request: String, device: DeviceSelector) -> APICall<USSDRecord>
}
