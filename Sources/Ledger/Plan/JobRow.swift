import Messaging

/// One row of a job: a message that has a place in its order and a status.
public struct JobRow: Hashable, Sendable {
  /// 1 for the first row of data.
  public var number: Int
  /// E.164; as it was written where the row was skipped as invalid.
  public var to: String
  public var body: String
  public var from: String?
  public var scheduledAt: Timestamp?
  /// Those of the job, with the row's own devices where it names some.
  public var options: SendOptions
  public var status: MessageStatus
  /// Why it was skipped, or failed.
  public var error: MessageError?
  /// When its last request was about to leave; nil where none was.
  public private(set) var leftAt: Timestamp?

  /// A row that is to be sent.
  public init(number: Int, _ message: OutgoingMessage) {
    self.number = number
    to = message.to.e164
    body = message.body
    from = message.from
    scheduledAt = message.scheduledAt
    options = message.options
    status = .planned
  }

  /// A row that will never be sent; number and text as they were written.
  public init(number: Int, skipped error: MessageError, to: String, body: String) {
    self.number = number
    self.to = to
    self.body = body
    options = SendOptions()
    status = .skipped
    self.error = error
  }

  /// A row as it was stored.
  init(
    number: Int, to: String, body: String, from: String?, scheduledAt: Timestamp?, options: SendOptions,
    status: MessageStatus, error: MessageError?, leftAt: Timestamp?
  ) {
    self.number = number
    self.to = to
    self.body = body
    self.from = from
    self.scheduledAt = scheduledAt
    self.options = options
    self.status = status
    self.error = error
    self.leftAt = leftAt
  }

  /// The message to send; nil where `to` is no number.
  public var message: OutgoingMessage? {
    guard let number = try? PhoneNumber(parsing: to) else { return nil }
    return OutgoingMessage(to: number, body: body, from: from, scheduledAt: scheduledAt, options: options)
  }

  /// What is to be shown of the row while no provider has seen it.
  public var record: MessageRecord {
    var record: MessageRecord
    if let message { record = MessageRecord(message, status: status) } else { record = MessageRecord(status: status) }
    record.row = number
    record.to = to
    record.body = body
    record.error = error
    return record
  }
}
