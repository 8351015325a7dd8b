import Ledger

/// The rows of a job that are left to be sent, with their messages as they are now.
public final class RemainingRows: MessageQueue {
  private let job: LedgerJob
  private let messages: [JobMessage]

  /// `messages` are in the order of their rows.
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
