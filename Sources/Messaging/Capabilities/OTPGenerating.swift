/// Makes one-time passwords; sending them is ours to do.
public protocol OTPGenerating: Provider {
  /// A record with a `code`.
  func generateOTP() -> APICall<OTPRecord>
}
