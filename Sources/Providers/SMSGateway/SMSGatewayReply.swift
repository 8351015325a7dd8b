import Messaging
import TextFormats

/// What the gateway script answers.
enum SMSGatewayReply {
  /// The `data` of an answer; failures come with HTTP 200 too, the truth is in `success`.
  static func data(of response: HTTPResponse) throws(ProviderError) -> JSONValue {
    let reply = try response.json()
    switch reply["success"] {
    case true: return reply["data"] ?? .null
    case false: throw refusal(reply["error"] ?? .null, of: response)
    default: throw response.unexpectedForm
    }
  }

  /// The records of sent messages, found by number and text.
  static func records(of batch: [OutgoingMessage], in data: JSONValue, zone: TimeZoneRules) -> [MessageRecord] {
    let rows = (data["messages"]?.array ?? []).map { (key: MessageKey($0), row: $0) }
    return batch.settled(by: rows, key: MessageKey.init) { message, row in
      record(of: message, row, zone: zone)
    }
  }

  /// `error` is an object with code and message, or a plain string.
  private static func refusal(_ error: JSONValue, of response: HTTPResponse) -> ProviderError {
    let code = error["code"]?.text
    let message = (error["message"] ?? error).text
    return response.refusal(kind(code: code, message: message ?? ""), code: code, message: message)
  }

  /// The script has a code for a wrong key only; an empty account it tells in words that no document gives.
  private static func kind(code: String?, message: String) -> ProviderError.Kind {
    let words = message.lowercased()
    if code == "401" || words == "invalid api key" { return .credentials }
    return words.contains("credit") ? .noCredit : .refused
  }

  private static func record(of message: OutgoingMessage, _ row: JSONValue, zone: TimeZoneRules) -> MessageRecord {
    let word = row["status"]?.words
    var record = MessageRecord(message, status: MessageStatus(reported: word, for: message))
    record.id = row["ID"]?.words
    record.groupID = row["groupID"]?.words
    record.providerStatus = word
    record.device = row["deviceID"]?.words
    record.sim = row["simSlot"]?.words
    // Before a message is sent, `sentDate` holds the time at which it was taken.
    if [.sent, .delivered].contains(record.status) {
      record.sentAt = row["sentDate"]?.text.flatMap { Timestamp(gateway: $0, zone: zone) }
      record.deliveredAt = row["deliveredDate"]?.text.flatMap { Timestamp(gateway: $0, zone: zone) }
    }
    if record.status == .failed { record.error = error(in: row) }
    record.raw = row
    return record
  }

  private static func error(in row: JSONValue) -> MessageError {
    let code = row["errorCode"]?.words ?? row["resultCode"]?.words
    return MessageError(code: code, message: "the provider reports the message as failed")
  }
}

/// A message of a batch by number and text; texts are compared by their bytes.
private struct MessageKey: Hashable {
  var to: PhoneNumber
  var text: [UInt8]

  init(_ message: OutgoingMessage) {
    to = message.to
    text = Array(message.body.utf8)
  }

  /// Nil for a row that names no number and text.
  init?(_ row: JSONValue) {
    guard let number = row["number"]?.phoneNumber, case .string(let message) = row["message"] else { return nil }
    to = number
    text = Array(message.utf8)
  }
}

extension Timestamp {
  /// Reads the forms in which the script writes dates: RFC 3339, the same with an offset such as `+0600`, and a local
  /// time without an offset, which is read in `zone`. Nil for anything else.
  init?(gateway text: String, zone: TimeZoneRules) {
    if let time = Timestamp(rfc3339: text) ?? Timestamp(rfc3339: "\(text.dropLast(2)):\(text.suffix(2))") {
      self = time
    } else if let civil = CivilTime(text), let time = try? zone.moment(of: civil) {
      self = time
    } else {
      return nil
    }
  }
}
