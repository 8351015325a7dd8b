import Messaging
import TextFormats

extension SMSGatewayReply {
  /// The records of sent messages, found by number and text.
  static func records(of batch: [OutgoingMessage], in data: JSONValue, zone: TimeZoneRules) -> [MessageRecord] {
    let rows = (data["messages"]?.array ?? []).map { (key: MessageKey($0), row: $0) }
    return batch.settled(by: rows, key: MessageKey.init) { message, row in
      SMSGatewayMessage(row: row, zone: zone).record(of: message)
    }
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
