/// Tells whether a one-time password is one it made, and not used yet.
public protocol OTPVerifying: Provider {
  /// A record with `valid`; a wrong code is an answer, no error.
  func verifyOTP(_ code: String) -> APICall<OTPRecord>
}
