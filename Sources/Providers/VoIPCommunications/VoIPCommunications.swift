import Messaging
import TextFormats

/// voip-communications.net: one text to many numbers in a request.
struct VoIPCommunications: Provider {
  static let descriptor = ProviderDescriptor(
    name: "voipcomm", title: "voip-communications.net",
    defaultBaseURL: "https://voip-communications.net/api-v2/index.php",
    settings: [
      SettingSpec("key", .secret, help: "API key"),
      SettingSpec("password", .secret, help: "API password"),
      SettingSpec("from", .sender, help: "Number of yours to send from; without one, messages go as bulk messages"),
    ],
    credentials: [["key", "password"]],
    features: [.from, .schedule])

  private let settings: ProviderSettings

  init(_ settings: ProviderSettings) { self.settings = settings }

  /// The document names no limit.
  var batchLimit: Int { 500 }

  func objection(to message: OutgoingMessage) -> SendObjection? {
    settings.sender(message.from).flatMap { .senderNumber($0) } ?? deliveryTime(of: message)?.objection
  }

  func batchKey(of message: OutgoingMessage) -> BatchKey {
    BatchKey(commonFields(of: message))
  }

  func send(_ batch: [OutgoingMessage]) -> APICall<[MessageRecord]> {
    let recipients = FormField("to", batch.map(\.to.digits).joined(separator: ","))
    let request = HTTPRequest(
      url: "\(settings.baseURL)/sms/send", form: commonFields(of: batch[0]) + [recipients], authorization: authorization
    )
    return APICall(request: request) { response throws(ProviderError) in
      try VoIPCommunicationsReply.records(of: batch, in: response)
    }
  }

  private var authorization: Authorization {
    .basic(user: settings.strings["key", default: ""], password: settings.strings["password", default: ""])
  }

  private func commonFields(of message: OutgoingMessage) -> [FormField] {
    settings.senderField("from", message.from)
      + [FormField("msg", message.body)]
      + FormField.optional("delivery_date", deliveryTime(of: message)?.yearFirst)
  }

  private func deliveryTime(of message: OutgoingMessage) -> LocalMinute? {
    message.scheduledAt.map { LocalMinute(notBefore: $0, in: settings.timeZone) }
  }
}
