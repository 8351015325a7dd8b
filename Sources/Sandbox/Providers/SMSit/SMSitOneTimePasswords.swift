import TextFormats

extension SMSitState {
  /// `generateOTP`: a code such as `94b87b`, for a credit. `Success` was seen, the documents say 0.
  mutating func generateOTP() throws(SMSitRefusal) -> SandboxReply {
    guard account.credits > 0 else { throw .noCreditsForOTP }
    account.credits -= 1
    let code = random.text(of: "0123456789abcdef", count: 6)
    codes.insert(code)
    return .json(["status": "Success", "msg": "OTP generated.", "otp": .string(code)])
  }

  /// `validateOtp`: a code is good once. The documents write its parameter `otp` as well as `OTP`.
  mutating func validateOTP(_ fields: FormFields) throws(SMSitRefusal) -> SandboxReply {
    guard let code = fields["otp"] ?? fields["OTP"], codes.remove(code) != nil else { throw .invalidOTP }
    return .json(["status": "Success", "msg": "OTP validated."])
  }
}

extension SMSitRefusal {
  fileprivate static let noCreditsForOTP = SMSitRefusal(status: -2, message: "Not enough credits to generate OTP.")
  fileprivate static let invalidOTP = SMSitRefusal(status: -2, message: "Invalid OTP passed in.")
}
