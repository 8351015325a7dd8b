import Messaging
import TextFormats

extension SMSIT {
  func generateOTP() -> APICall<OTPRecord> {
    APICall(request: request(.generateOTP, [])) { response throws(ProviderError) in
      let reply = try SMSITReply.answer(to: .generateOTP, in: response)
      guard reply.isOTPSuccess, let code = reply["otp"]?.words else { throw response.unexpectedForm }
      var record = OTPRecord(code: code)
      record.message = reply["msg"]?.words
      record.raw = reply
      return record
    }
  }

  func verifyOTP(_ code: String) -> APICall<OTPRecord> {
    APICall(request: request(.validateOTP, [FormField("otp", code)])) { response throws(ProviderError) in
      var record = OTPRecord(code: code)
      do throws(ProviderError) {
        let reply = try SMSITReply.answer(to: .validateOTP, in: response)
        guard reply.isOTPSuccess else { throw response.unexpectedForm }
        record.isValid = true
        record.message = reply["msg"]?.words
        record.raw = reply
      } catch {
        guard error.code == "-2" else { throw error }
        record.isValid = false
        record.message = error.message
        record.raw = try response.json()
      }
      return record
    }
  }
}

extension JSONValue {
  /// Whether the status is the documented 0, or the word that was seen in its place.
  fileprivate var isOTPSuccess: Bool {
    self["status"]?.int == 0 || self["status"]?.text?.lowercased() == "success"
  }
}
