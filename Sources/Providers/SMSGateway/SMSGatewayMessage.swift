import Messaging
import TextFormats

/// A message as the gateway script writes it, in replies and webhooks.
struct SMSGatewayMessage {
  var row: JSONValue
  /// In which dates without an offset are read.
  var zone: TimeZoneRules

  /// When the gateway took it; once it is sent, when that was.
  var date: Timestamp? { time("sentDate") }

  /// Whether it says for when it is scheduled, or that it isn't; older hosts don't.
  var tellsSchedule: Bool { row["schedule"] != nil }

  private var word: String? { row["status"]?.words }

  /// The record of a message that we sent and know.
  func record(of message: OutgoingMessage) -> MessageRecord {
    completed(MessageRecord(message, status: MessageStatus(reported: word, for: message)))
  }

  /// The record of one of the messages that went to a list.
  func record(of message: ListMessage) -> MessageRecord {
    let status = MessageStatus(reported: word, isForLater: message.scheduledAt != nil)
    var record = MessageRecord(message, status: status)
    record.to = row["number"]?.party
    return completed(record)
  }

  /// The record of a message of which we know nothing but this.
  func record() -> MessageRecord {
    let schedule = time("schedule")
    var record = MessageRecord(status: MessageStatus(reported: word, isForLater: schedule != nil))
    record.direction = record.status == .received ? .in : .out
    let party = row["number"]?.party
    (record.from, record.to) = record.direction == .in ? (party, nil) : (nil, party)
    record.body = row["message"]?.text
    record.type = row["type"]?.text?.lowercased() == "mms" ? .mms : .sms
    record.scheduledAt = schedule
    if let segmentation = record.body.map(Segmentation.init) {
      record.encoding = segmentation.encoding
      record.segments = segmentation.segments
    }
    return completed(record)
  }

  private func completed(_ record: consuming MessageRecord) -> MessageRecord {
    record.id = row["ID"]?.words
    record.groupID = row["groupID"]?.words
    record.providerStatus = word
    record.device = row["deviceID"]?.words
    record.sim = row["simSlot"]?.words
    // Before a message is sent, `sentDate` holds the time at which it was taken.
    if [.sent, .delivered, .received].contains(record.status) {
      record.sentAt = date
      record.deliveredAt = time("deliveredDate")
    }
    if record.status == .failed { record.error = error }
    record.raw = row
    return record
  }

  private var error: MessageError {
    let code = row["errorCode"]?.words ?? row["resultCode"]?.words
    return MessageError(code: code, message: "the provider reports the message as failed")
  }

  /// A date, or Unix seconds, as `schedule` is given in requests.
  private func time(_ name: String) -> Timestamp? {
    guard let text = row[name]?.text else { return nil }
    return Timestamp(inAPI: text, zone: zone) ?? Timestamp(unixDigits: text)
  }
}

extension Timestamp {
  /// Reads Unix seconds: 1 to 10 digits, the first not 0.
  fileprivate init?(unixDigits text: String) {
    guard (1...10).contains(text.utf8.count), text.utf8.allSatisfy(\.isDigit), text.first != "0",
      let seconds = Int64(text)
    else { return nil }
    self.init(unixSeconds: seconds)
  }
}
