import Messaging
import TextFormats

extension Voximplant {
  static var balances: Set<BalanceSubject> { [.messages] }

  /// The account's money, which is for everything.
  func balance(_ subject: BalanceSubject) -> APICall<BalanceRecord> {
    APICall(request: request("GetAccountInfo", [])) { response throws(ProviderError) in
      let account = try VoximplantReply.answer(of: response)["result"]
      guard let account, let amount = account["balance"]?.signedDecimal else { throw response.unexpectedForm }
      var record = BalanceRecord(kind: .money, amount: amount, currency: account["currency"]?.words)
      record.raw = account
      return record
    }
  }

  func setMessaging(enabled: Bool, for number: PhoneNumber) -> APICall<NumberRecord> {
    let fields = [FormField("phone_number", number.digits), FormField("command", enabled ? "enable" : "disable")]
    return APICall(request: request("ControlSms", fields)) { response throws(ProviderError) in
      let reply = try VoximplantReply.answer(of: response)
      guard reply["result"]?.int == 1 else { throw response.unexpectedForm }
      var record = NumberRecord(number: number.e164, isEnabled: enabled)
      record.raw = reply
      return record
    }
  }
}
