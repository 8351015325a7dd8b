import Messaging
import TextFormats

/// voip-communications.net: one text to many numbers per request.
struct VoIPCommunications: Provider {
  static let descriptor = ProviderDescriptor(
    name: "voipcomm", title: "voip-communications.net",
    defaultBaseURL: "https://voip-communications.net/api-v2/index.php",
    settings: [
      SettingSpec("key", .secret, help: "API key"),
      SettingSpec("password", .secret, help: "API password"),
      SettingSpec("from", .sender, help: "Your number to send from; without it, messages are sent as bulk messages"),
    ],
    credentials: [["key", "password"]],
    features: [.from, .schedule], statusWords: ["SENT", "SCHEDULED", "QUEUED", "FAILED"])

  private let settings: VoIPCommunicationsSettings

  init(_ values: SettingValues) { settings = VoIPCommunicationsSettings(values) }

  static func credentials(_ values: SettingValues) throws(SettingError) -> Credentials {
    .authorization(.basic(user: try values.required("key"), password: try values.required("password")))
  }

  /// The documentation gives no limit.
  var batchLimit: Int { 500 }

  func objection(to message: OutgoingMessage) -> SendObjection? {
    sender(of: message).flatMap { .senderNumber($0) } ?? deliveryTime(of: message)?.objection
  }

  func batchKey(of message: OutgoingMessage) -> BatchKey {
    BatchKey(commonFields(of: message))
  }

  func send(_ batch: [OutgoingMessage]) -> APICall<[MessageRecord]> {
    let recipients = FormField("to", batch.map(\.to.digits).joined(separator: ","))
    let request = HTTPRequest(url: "\(settings.baseURL)/sms/send", form: commonFields(of: batch[0]) + [recipients])
    return APICall(
      sending: request, to: batch.map { $0.to }, lists: { reply, _ in VoIPCommunicationsReply.listsMessages(reply) }
    ) {
      response throws(ProviderError) in
      try VoIPCommunicationsReply.records(of: batch, in: response)
    }
  }

  private func sender(of message: OutgoingMessage) -> String? {
    message.from?.unlessBlank ?? settings.sender
  }

  private func commonFields(of message: OutgoingMessage) -> [FormField] {
    FormField.sender("from", sender(of: message))
      + [FormField("msg", message.body)]
      + FormField.optional("delivery_date", deliveryTime(of: message)?.yearFirst)
  }

  private func deliveryTime(of message: OutgoingMessage) -> LocalMinute? {
    message.scheduledAt.map { LocalMinute(notBefore: $0, in: settings.timeZone) }
  }
}

/// The settings of a profile, except key and password.
struct VoIPCommunicationsSettings {
  var baseURL: String
  var sender: String?
  var timeZone: TimeZoneRules

  init(_ values: SettingValues) {
    (baseURL, sender, timeZone) = (values.baseURL, values.text("from"), values.timeZone)
  }
}

/// Reads the replies of voip-communications.net.
enum VoIPCommunicationsReply {
  /// The records of sent messages: one row of `send_log` per number, all with the text of the request.
  static func records(of batch: [OutgoingMessage], in response: HTTPResponse) throws(ProviderError) -> [MessageRecord] {
    let reply = try response.json()
    let log = reply["send_log"]?.array
    // Rows say more than an error next to them, as they show which numbers it is about.
    if !listsMessages(reply), let refusal = refusal(reply, of: response) { throw refusal }
    guard let log else { throw response.unexpectedForm }
    let rows = log.map { (key: $0.repeatsMembers ? nil : $0["to"]?.phoneNumber, row: $0) }
    return batch.settled(by: rows, key: \.to, record: record)
  }

  static func listsMessages(_ reply: JSONValue) -> Bool { reply["send_log"]?.isFilled == true }

  /// `error` is a flag, a code, a text or an object; `error_message` may explain it, or be there without it.
  private static func refusal(_ reply: JSONValue, of response: HTTPResponse) -> ProviderError? {
    let explanation = reply["error_message"]?.words
    let error = reply["error"] ?? .bool(explanation != nil)
    guard error == true || error.words != nil || error.isFilled, error.int != 0 else { return nil }
    // The only code documented is that of wrong credentials, as an HTTP status.
    let kind: ProviderError.Kind = error.int == 401 ? .credentials : .refused
    guard let explanation else { return response.refusal(kind, code: nil, message: error.text, in: reply) }
    return response.refusal(kind, code: error.text, message: explanation, in: reply)
  }

  private static func record(of message: OutgoingMessage, _ row: JSONValue) -> MessageRecord {
    var record = MessageRecord(message, status: .unknown)
    let word = row["status"]?.words
    record.id = row["smsid"]?.words
    record.from = message.from ?? row["from"]?.words
    record.price = row["sale"]?.decimal
    record.raw = row
    switch success(of: row) {
    case true?: record.status = MessageStatus(reported: word, for: message)
    case false?: record.status = .failed
    case nil: record.error = MessageError(message: MessageError.undecided)
    }
    // With a status from the provider, an unknown message would count as one that the provider knows.
    if record.status != .unknown { record.providerStatus = word }
    if record.status == .failed { record.error = error(in: row) }
    return record
  }

  /// Whether the message was accepted. Only the code 200 is documented; other 2xx codes count only together with an id.
  private static func success(of row: JSONValue) -> Bool? {
    guard let code = row["code"]?.int else { return nil }
    guard 200..<300 ~= code else { return false }
    return code == 200 || row["smsid"]?.words != nil ? true : nil
  }

  private static func error(in row: JSONValue) -> MessageError {
    let code = row["code"]?.int.flatMap { 200..<300 ~= $0 ? nil : String($0) }
    return MessageError(code: code, message: row["code_desc"]?.words ?? MessageError.reportedFailed)
  }
}
