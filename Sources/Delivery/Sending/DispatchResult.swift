import Ledger
import Messaging
import TextFormats

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
