import Ledger
import Messaging
import TextFormats

/// Where a dispatcher gets messages and records what happened to them.
public protocol MessageQueue: AnyObject {
  /// Returns up to `limit` planned messages after `row`, in order; none at the end.
  func planned(after row: Int, limit: Int) throws(LedgerError) -> [JobMessage]

  /// Records the changes of a turn, all or none.
  func apply(_ changes: RowChanges) throws(LedgerError)
}

extension LedgerJob: MessageQueue {}

/// A job that continues in memory if the ledger can't be written, as that is no reason not to send. If the ledger is
/// damaged, throws instead, as it is unknown what it contained.
public final class FallbackQueue: MessageQueue {
  private let makeJob: (Ledger) throws(LedgerError) -> LedgerJob
  private let now: () -> Timestamp
  private let warn: (LedgerError) -> Void
  private var job: LedgerJob
  /// Why the job is in memory; nil once `warn` has been called.
  private var failure: LedgerError?
  private var isInMemory = false
  /// The changes so far, which a job in memory starts with.
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

/// How fast messages are sent, and when to stop.
public struct DispatchOptions: Sendable {
  /// Requests in flight at the same time, 1 or more.
  public var concurrency = 8
  /// Nil: as fast as replies arrive.
  public var rate: SendRate?
  /// The maximum number of messages per request, 1 or more; nil: the provider's limit.
  public var batch: Int?
  /// Stop after this many failed or unknown messages; nil: never.
  public var maxFailures: Int?
  /// Name of the profile, for the message records.
  public var profile: String?

  public init() {}
}

/// What happened to the messages that a dispatcher sent.
public struct DispatchResult: Hashable, Sendable {
  /// Messages with an outcome.
  public var counts = JobCounts()
  /// Rows for which the provider's answer listed nothing to send.
  public var dropped: Set<Int> = []
  /// Why it ended before everything was sent, in chronological order; empty if it didn't.
  public var stops: [StopReason] = []
  /// The last error of requests that certainly were not processed and used up their retries, if the job continued.
  public var givenUp: ProviderError?
  /// The first error that left the outcome of messages unknown.
  public var firstDoubt: ProviderError?
  /// Messages whose outcome could not be recorded; each was reported.
  public var unrecorded: [MessageRecord] = []
  /// From the first request to the last reply, including pauses.
  public var duration: Duration = .zero

  public init() {}
}

/// Why no more requests were started.
public enum StopReason: Hashable, Sendable {
  /// The number of the signal: 2 for SIGINT, 15 for SIGTERM.
  case signal(Int32)
  /// The provider rejected the credentials, or is out of credit (`ProviderError.Kind`).
  case refused(ProviderError)
  /// The provider could not be reached, or kept asking for later retries.
  case unavailable(ProviderError)
  /// `DispatchOptions.maxFailures` was reached.
  case tooManyFailures
  /// The receiver of reports has gone away.
  case reportingEnded
  /// A request could not be signed, so it was not sent.
  case signing(Failure)
  /// The job could not be read or written.
  case ledger(LedgerError)
}

/// What the receiver of reports wants next.
public enum ReportVerdict: Sendable {
  case goOn
  /// Start no more requests. Those in flight are settled, but not reported.
  case stop
}
