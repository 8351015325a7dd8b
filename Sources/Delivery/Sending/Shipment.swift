import Messaging

/// A request with its messages, from the first attempt to the last.
struct Shipment {
  let messages: [PlannedMessage]
  let call: APICall<[MessageRecord]>
  /// Attempts made.
  var attempts = 0
  /// When the next attempt may leave.
  var due: Duration = .zero

  /// `messages` is a batch that the provider takes, 1 or more.
  init(_ messages: [PlannedMessage], of provider: any Provider, _ credentials: Credentials = .none) {
    self.messages = messages
    call = provider.send(messages.map(\.message)).authorized(by: credentials)
  }

  var rows: [Int] { messages.map(\.row) }
  var firstRow: Int { messages[0].row }

  /// The outcomes that an answer gives; `unknown` for all where it doesn't give one for each message.
  func records(answered: [MessageRecord]) -> [MessageRecord] {
    guard answered.count == messages.count else {
      return records(.unknown, MessageError(message: "the reply could not be matched to the request"))
    }
    var records = answered
    for index in records.indices { records[index].row = messages[index].row }
    return records
  }

  /// One outcome for all messages.
  func records(_ status: MessageStatus, _ error: MessageError) -> [MessageRecord] {
    messages.map { planned in
      var record = MessageRecord(planned.message, status: status)
      record.row = planned.row
      record.error = error
      return record
    }
  }
}
