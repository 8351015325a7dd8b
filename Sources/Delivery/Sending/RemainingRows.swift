import Ledger

/// The rows of a job that remain to be sent, with their current messages.
public final class RemainingRows: MessageQueue {
  private let job: LedgerJob
  private let messages: [JobMessage]

  /// `messages` are in row order.
  public init(_ job: LedgerJob, _ messages: [JobMessage]) {
    self.job = job
    self.messages = messages
  }

  public func planned(after row: Int, limit: Int) throws(LedgerError) -> [JobMessage] {
    Array(messages.drop { $0.row <= row }.prefix(limit))
  }

  public func apply(_ changes: RowChanges) throws(LedgerError) {
    try job.apply(changes)
  }
}
