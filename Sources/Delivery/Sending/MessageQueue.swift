import Ledger
import Messaging

/// What a dispatcher takes messages from, and where it notes what became of them.
public protocol MessageQueue: AnyObject {
  /// Up to `limit` planned messages after the row numbered `row`, in order; none at the end.
  func planned(after row: Int, limit: Int) throws(LedgerError) -> [JobMessage]

  /// Notes what a turn changed, all of it or nothing.
  func apply(_ changes: RowChanges) throws(LedgerError)
}

extension LedgerJob: MessageQueue {}

/// A job that goes on in memory when the ledger can't be written: that keeps no message from being sent. A damaged ledger
/// does: nobody can tell what it would have said.
public final class FallbackQueue: MessageQueue {
  private let makeJob: (Ledger) throws(LedgerError) -> LedgerJob
  private let now: () -> Timestamp
  private let warn: (LedgerError) -> Void
  private var job: LedgerJob
  /// Why the job is in memory, as long as that has not been said.
  private var failure: LedgerError?
  private var isInMemory = false
  /// What the job in memory starts from.
  private var applied: [RowChanges] = []

  /// `warn` is called at most once, when the first message is about to leave or later.
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
