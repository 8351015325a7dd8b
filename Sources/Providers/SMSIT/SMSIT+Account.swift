import Messaging
import TextFormats

extension SMSIT {
  static var balances: Set<BalanceSubject> { [.messages, .voice] }

  func balance(_ subject: BalanceSubject) -> APICall<BalanceRecord> {
    let type = FormField("type", subject == .voice ? "2" : "1")
    return APICall(request: request(.balance, [type])) { response throws(ProviderError) in
      let reply = try SMSITReply.answer(to: .balance, in: response)
      guard let amount = reply["creditbalancenumber"]?.signedDecimal else { throw response.unexpectedForm }
      var record = BalanceRecord(kind: subject == .voice ? .voice : .sms, amount: amount)
      record.raw = reply
      return record
    }
  }

  func objection(to appointment: NewAppointment) -> CallObjection? {
    minute(of: appointment).objection.map(CallObjection.message)
  }

  func add(_ appointment: NewAppointment) -> APICall<AppointmentRecord> {
    let minute = minute(of: appointment)
    let fields = [
      FormField("number", appointment.number.digits), FormField("apptdate", minute.dayFirst),
      FormField("status", appointment.status.smsitCode),
    ]
    return APICall(request: request(.addAppointment, fields)) { response throws(ProviderError) in
      let (reply, _) = try SMSITReply.success(of: .addAppointment, in: response)
      var record = AppointmentRecord(
        number: appointment.number.e164, at: minute.moment, status: appointment.status)
      record.raw = reply
      return record
    }
  }

  /// Appointments are precise to the minute; seconds are dropped.
  private func minute(of appointment: NewAppointment) -> LocalMinute {
    LocalMinute(notAfter: appointment.at, in: settings.timeZone)
  }
}

extension AppointmentStatus {
  fileprivate var smsitCode: String {
    switch self {
    case .unconfirmed: "0"
    case .confirmed: "1"
    case .canceled: "2"
    case .rescheduled: "3"
    }
  }
}

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
  /// Whether the status is 0, as documented, or the word that was observed instead.
  fileprivate var isOTPSuccess: Bool {
    self["status"]?.int == 0 || self["status"]?.text?.lowercased() == "success"
  }
}
