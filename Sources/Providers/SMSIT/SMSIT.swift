import Messaging

/// SMS-iT: one message in a request, to contacts of the account and groups of them only.
struct SMSIT: ListSending, HistoryKeeping, GroupReporting, ContactAdding, ContactListing, BalanceReading, OTPGenerating,
  OTPVerifying, AppointmentAdding
{
  static let descriptor = ProviderDescriptor(
    name: "smsit", title: "SMS-iT", defaultBaseURL: "https://decontrolpanel.smsit.ai",
    settings: [
      SettingSpec("key", .secret, help: "API key"),
      SettingSpec("from", .sender, help: "SMS-enabled number of the account to send from"),
      SettingSpec("sender_id", .senderID, help: "Alphanumeric sender ID, 1 to 11 letters and digits"),
    ],
    credentials: [["key"]],
    features: [.from, .schedule, .senderID, .recurrence], needsSender: true)

  let settings: ProviderSettings

  init(_ settings: ProviderSettings) { self.settings = settings }

  var batchLimit: Int { 1 }

  func objection(to message: OutgoingMessage) -> SendObjection? {
    objection(to: SMSITText(message))
  }

  func batchKey(of message: OutgoingMessage) -> BatchKey {
    BatchKey(fields(to: message))
  }

  func send(_ batch: [OutgoingMessage]) -> APICall<[MessageRecord]> {
    let message = batch[0]
    let request = request(.sendToContact, fields(to: message))
    return APICall(request: request) { response throws(ProviderError) in
      let advice = { $0 == -6 ? Self.notAContactAdvice(message.to) : "" }
      // The call returns no id, whatever the status is.
      let (reply, _) = try SMSITReply.success(of: .sendToContact, in: response, advice: advice)
      var record = MessageRecord(message, status: MessageStatus(reported: nil, for: message))
      record.raw = reply
      return [record]
    }
  }

  /// A call of the API; always a POST, so that the key never is in a URL.
  func request(_ call: SMSITCall, _ fields: [FormField]) -> HTTPRequest {
    let key = FormField("apikey", settings.strings["key", default: ""], isSecret: true)
    return HTTPRequest(url: "\(settings.baseURL)/apis/\(call.name)/", form: [key] + fields)
  }

  private func fields(to message: OutgoingMessage) -> [FormField] {
    [FormField("to", message.to.digits)] + fields(of: SMSITText(message))
  }

  private static func notAContactAdvice(_ number: PhoneNumber) -> String {
    " It has to be a subscribed contact first: sms contacts add \(number.e164) --list GROUP"
  }
}
