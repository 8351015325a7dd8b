import Messaging
import TextFormats

extension SMSGatewayReply {
  /// The records of sent messages, found by number and text.
  static func records(of batch: [OutgoingMessage], in data: JSONValue, zone: TimeZoneRules) -> [MessageRecord] {
    let rows = (data["messages"]?.array ?? []).map { (key: MessageIdentity($0), row: $0) }
    return batch.settled(by: rows, key: MessageIdentity.init) { message, row in
      SMSGatewayMessage(row: row, zone: zone).record(of: message)
    }
  }
}

extension MessageIdentity {
  /// Nil for a row that names no number and text.
  fileprivate init?(_ row: JSONValue) {
    guard let number = row["number"]?.phoneNumber, case .string(let text) = row["message"] else { return nil }
    self.init(to: number, text: text)
  }
}
