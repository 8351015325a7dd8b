import Messaging

/// A provider whose requests list `NUMBER|TEXT` a line, and whose replies have a line `accepted NUMBER|TEXT` or
/// `refused NUMBER|TEXT` for each, in any order; or the one word `refused`, `credentials` or `credit`.
struct FakeProvider: Provider {
  static let descriptor = ProviderDescriptor(
    name: "fake", title: "Fake", defaultBaseURL: "https://sms.example", settings: [], credentials: [],
    features: [.from, .schedule])

  var batchLimit: Int
  var authorization = Authorization.none

  init(_ values: SettingValues) {
    batchLimit = 1
  }

  static func credentials(_ values: SettingValues) -> Credentials { .none }

  init(batchLimit: Int = 1, authorization: Authorization = .none) {
    self.batchLimit = batchLimit
    self.authorization = authorization
  }

  func objection(to message: OutgoingMessage) -> SendObjection? {
    message.body.utf16.count > 100 ? .tooLong(limit: 100, length: message.body.utf16.count) : nil
  }

  func batchKey(of message: OutgoingMessage) -> BatchKey {
    BatchKey([message.from])
  }

  func send(_ batch: [OutgoingMessage]) -> APICall<[MessageRecord]> {
    let lines = batch.map(\.identity).joined(separator: "\n")
    let form = [FormField("from", batch[0].from ?? ""), FormField("messages", lines)]
    let request = HTTPRequest(url: "https://sms.example/send", form: form, authorization: authorization)
    return APICall(request: request) { response throws(ProviderError) in
      let reply = String(decoding: response.body, as: UTF8.self)
      switch reply {
      case "refused": throw ProviderError(.refused, code: "9", message: "the request is refused")
      case "credentials": throw ProviderError(.credentials, message: "bad key")
      case "credit": throw ProviderError(.noCredit, message: "no credit")
      case "": throw ProviderError(.untrusted, message: "empty reply")
      default: return batch.map { Self.record(of: $0, in: reply.split(separator: "\n")) }
      }
    }
  }

  private static func record(of message: OutgoingMessage, in lines: [Substring]) -> MessageRecord {
    if lines.contains("accepted \(message.identity)") { return MessageRecord(message, status: .accepted) }
    var record = MessageRecord(message, status: .unknown)
    if lines.contains("refused \(message.identity)") {
      record.status = .failed
      record.error = MessageError(code: "1", message: "refused")
    }
    return record
  }
}

extension OutgoingMessage {
  /// `NUMBER|TEXT`.
  var identity: String { "\(self.to.e164)|\(self.body)" }
}

/// Messages `+15550100001|text`, `+15550100002|text`, …
func messages(_ count: Int, text: String = "hello") throws -> [OutgoingMessage] {
  try (1...count).map { number in
    OutgoingMessage(to: try PhoneNumber(parsing: "+15550\(100_000 + number)"), body: text)
  }
}
