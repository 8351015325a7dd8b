import Ledger
import Messaging

/// Where a dispatcher gets messages and records what happened to them.
public protocol MessageQueue: AnyObject {
  /// Returns up to `limit` planned messages after `row`, in order; none at the end.
  func planned(after row: Int, limit: Int) throws(LedgerError) -> [JobMessage]

  /// Records the changes of a turn, all or none.
  func apply(_ changes: RowChanges) throws(LedgerError)
}

extension LedgerJob: MessageQueue {}

/// A job that continues in memory if the ledger can't be written, as that is no reason not to send. A damaged ledger
/// is: what it would have said is unknown.
public final class FallbackQueue: MessageQueue {
  private let makeJob: (Ledger) throws(LedgerError) -> LedgerJob
  private let now: () -> Timestamp
  private let warn: (LedgerError) -> Void
  private var job: LedgerJob
  /// Why the job is in memory; nil once `warn` has been called.
  private var failure: LedgerError?
  private var isInMemory = false
  /// What a job in memory starts with.
  private var applied: [RowChanges] = []

  /// Calls `warn` at most once, no earlier than when the first message is about to leave.
  public init(
    _ ledger: Result<Ledger, LedgerError>, now: @escaping () -> Timestamp, warn: @escaping (LedgerError) -> Void,
    job makeJob: @escaping (Ledger) throws(LedgerError) -> LedgerJob
  ) throws(LedgerError) {
    (self.makeJob, self.now, self.warn) = (makeJob, now, warn)
    do throws(LedgerError) {
      job = try makeJob(try ledger.get())
    } catch {
      if error.isDamage { throw error }
      failure = error
      isInMemory = true
      job = try makeJob(try Ledger(inMemory: now))
    }
  }

  public func planned(after row: Int, limit: Int) throws(LedgerError) -> [JobMessage] {
    try job.planned(after: row, limit: limit)
  }

  public func apply(_ changes: RowChanges) throws(LedgerError) {
    if let failure { warn(failure) }
    failure = nil
    guard !isInMemory else { return try job.apply(changes) }
    applied.append(changes)
    do throws(LedgerError) {
      try job.apply(changes)
    } catch {
      if error.isDamage { throw error }
      warn(error)
      isInMemory = true
      job = try makeJob(try Ledger(inMemory: now))
      for changes in applied { try job.apply(changes) }
    }
  }
}
