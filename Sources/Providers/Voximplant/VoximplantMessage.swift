import Messaging
import TextFormats

/// A row of either history.
struct VoximplantMessage {
  var row: JSONValue

  func record(in history: VoximplantHistory) -> MessageRecord {
    var record = MessageRecord(status: .accepted)
    record.id = row["message_id"]?.words
    record.direction = row["direction"]?.text?.lowercased() == "in" ? .in : .out
    record.from = row["source_number"]?.party
    record.to = row["destination_number"]?.party
    record.body = row["text"]?.words
    record.encoding = record.body.map { Segmentation(of: $0).encoding }
    record.segments = row["fragments"]?.count.flatMap { $0 > 0 ? $0 : nil }
    record.price = row["cost"]?.decimal
    (record.status, record.providerStatus) = status(of: record.direction, in: history)
    if [.sent, .delivered, .received].contains(record.status) { record.sentAt = date }
    if record.status == .failed { record.error = error }
    record.raw = row
    return record
  }

  /// A2P messages have a delivery status, once there is one to report; all have a status ID: 1 success, 2 error.
  private func status(
    of direction: Direction, in history: VoximplantHistory
  ) -> (MessageStatus, word: String?) {
    let id = row["status_id"]?.words
    if history == .a2p, let word = row["delivery_status"]?.words {
      return (MessageStatus(deliveryStatus: word), word)
    }
    switch row["status_id"]?.int {
    case 1: return (direction == .in ? .received : .sent, id)
    case 2: return (.failed, id)
    default: return (direction == .in ? .received : .accepted, id)
    }
  }

  private var error: MessageError {
    MessageError(message: row["error_message"]?.words ?? "the provider reports the message as failed")
  }

  /// In UTC, sometimes without a time of day.
  private var date: Timestamp? {
    (row["processed_date"] ?? row["processing_date"])?.text.flatMap { Timestamp(inAPI: $0, zone: .utc) }
  }
}
