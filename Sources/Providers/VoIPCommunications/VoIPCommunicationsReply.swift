import Messaging
import TextFormats

/// What voip-communications.net answers.
enum VoIPCommunicationsReply {
  /// The records of sent messages: one row of `send_log` for each number, all with the one text of the request.
  static func records(of batch: [OutgoingMessage], in response: HTTPResponse) throws(ProviderError) -> [MessageRecord] {
    let reply = try response.json()
    let log = reply["send_log"]?.array
    // Rows say more than an error beside them: they tell which numbers it concerns.
    if log?.isEmpty ?? true, let refusal = refusal(reply, of: response) { throw refusal }
    guard let log else { throw response.unexpectedForm }
    let rows = log.map { (key: $0["to"]?.phoneNumber, row: $0) }
    return batch.settled(by: rows, key: \.to, record: record)
  }

  /// `error` is a flag, a code or a text; `error_message` may explain it, or stand alone.
  private static func refusal(_ reply: JSONValue, of response: HTTPResponse) -> ProviderError? {
    let explanation = reply["error_message"]?.words
    let error = reply["error"] ?? .bool(explanation != nil)
    guard error == true || error.words != nil, error.int != 0 else { return nil }
    guard let explanation else { return response.refusal(.refused, code: nil, message: error.text) }
    return response.refusal(.refused, code: error.text, message: explanation)
  }

  private static func record(of message: OutgoingMessage, _ row: JSONValue) -> MessageRecord {
    guard let code = row["code"]?.int else {
      return .unknown(message, "the reply says neither success nor failure of this message")
    }
    let word = row["status"]?.words
    let status = MessageStatus(reported: word, for: message)
    var record = MessageRecord(message, status: code == 200 ? status : .failed)
    record.id = row["smsid"]?.words
    record.from = message.from ?? row["from"]?.words
    record.providerStatus = word
    record.price = row["sale"]?.decimal
    if record.status == .failed { record.error = error(in: row, code: code) }
    record.raw = row
    return record
  }

  private static func error(in row: JSONValue, code: Int) -> MessageError {
    let message = row["code_desc"]?.words ?? "the provider reports the message as failed"
    return MessageError(code: code == 200 ? nil : String(code), message: message)
  }
}
