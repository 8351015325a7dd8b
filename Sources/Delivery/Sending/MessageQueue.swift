import Ledger
import Messaging

/// What a dispatcher takes messages from, and tells what became of them.
public protocol MessageQueue: AnyObject {
  /// Up to `limit` planned messages after the row numbered `row`, in order; none at the end.
  func planned(after row: Int, limit: Int) throws(LedgerError) -> [PlannedMessage]

  /// Notes what a turn changed, all of it or nothing.
  func apply(_ changes: RowChanges) throws(LedgerError)
}

/// A message that waits to be sent.
public struct PlannedMessage: Hashable, Sendable {
  /// Its place in the order, 1 or more.
  public var row: Int
  public var message: OutgoingMessage

  public init(row: Int, message: OutgoingMessage) {
    self.row = row
    self.message = message
  }
}

/// A few messages in memory, as `send` has them: rows 1, 2, 3…
public final class MessageList: MessageQueue {
  private let messages: [OutgoingMessage]

  public init(_ messages: [OutgoingMessage]) {
    self.messages = messages
  }

  public func planned(after row: Int, limit: Int) -> [PlannedMessage] {
    messages.indices.dropFirst(row).prefix(limit).map { PlannedMessage(row: $0 + 1, message: messages[$0]) }
  }

  /// Nothing is kept: the dispatcher reports all there is to know.
  public func apply(_ changes: RowChanges) {}
}

extension LedgerJob: MessageQueue {
  public func planned(after row: Int, limit: Int) throws(LedgerError) -> [PlannedMessage] {
    try rows(.planned, after: row, limit: limit).map { row throws(LedgerError) in
      guard let message = row.message else { throw .damagedRow(row.number) }
      return PlannedMessage(row: row.number, message: message)
    }
  }
}
