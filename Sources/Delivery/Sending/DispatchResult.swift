import Ledger
import Messaging
import TextFormats

/// How fast messages are sent, and when to stop.
public struct DispatchOptions: Sendable {
  /// Requests in flight at the same time, 1 or more.
  public var concurrency = 8
  /// Nil: as fast as replies come.
  public var rate: SendRate?
  /// The most messages of a request, 1 or more; nil: what the provider takes.
  public var batch: Int?
  /// Stop once this many messages have failed or are unknown; nil: never.
  public var maxFailures: Int?
  /// Name of the profile, for the records.
  public var profile: String?

  public init() {}
}

/// What became of the messages that a dispatcher sent.
public struct DispatchResult: Hashable, Sendable {
  /// Messages with an outcome.
  public var counts = JobCounts()
  /// Rows for which, as an answer said, there was nothing to send.
  public var dropped: Set<Int> = []
  /// Why it ended before all was sent, in the order in which it came about; empty when it did not.
  public var stops: [StopReason] = []
  /// The last error of requests that surely were not processed and used up their retries, if the job went on.
  public var givenUp: ProviderError?
  /// The first error after which the outcome of messages is unknown.
  public var firstDoubt: ProviderError?
  /// Outcomes that could not be noted; each was reported.
  public var unrecorded: [MessageRecord] = []
  /// From the first request to the last reply, pauses included.
  public var duration: Duration = .zero

  public init() {}
}

/// Why no further request was started.
public enum StopReason: Hashable, Sendable {
  /// The number of the signal: 2 for SIGINT, 15 for SIGTERM.
  case signal(Int32)
  /// The provider refused the credentials, or there is no credit left (`ProviderError.Kind`).
  case refused(ProviderError)
  /// The provider could not be reached, or kept asking to come back later.
  case unavailable(ProviderError)
  /// `DispatchOptions.maxFailures` was reached.
  case tooManyFailures
  /// Nobody takes reports any more.
  case reportingEnded
  /// A request could not be signed, and did not leave.
  case signing(Failure)
  /// The job could not be read or written.
  case ledger(LedgerError)
}

/// What the receiver of reports wants to happen next.
public enum ReportVerdict: Sendable {
  case goOn
  /// Start no further request. What is in flight is settled, but not reported.
  case stop
}
