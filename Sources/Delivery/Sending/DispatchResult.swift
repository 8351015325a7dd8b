import Ledger
import Messaging

/// What became of the messages that a dispatcher was to send.
public struct DispatchResult: Hashable, Sendable {
  public var tally = Tally()
  /// Why it ended before all was sent, in the order in which it came about; empty when it did not.
  public var stops: [StopReason] = []
  /// The last error of requests that surely were not processed and had their retries used up, if the job went on.
  public var givenUp: ProviderError?
  /// Outcomes that could not be noted; each was reported.
  public var unrecorded: [MessageRecord] = []
  public var duration: Duration = .zero

  public init() {}
}

/// Messages by what became of them.
public struct Tally: Hashable, Sendable {
  /// Taken by the provider.
  public var accepted = 0
  public var failed = 0
  public var unknown = 0

  public init(accepted: Int = 0, failed: Int = 0, unknown: Int = 0) {
    self.accepted = accepted
    self.failed = failed
    self.unknown = unknown
  }

  public var settled: Int { accepted + failed + unknown }

  /// Counts a message that was sent.
  public mutating func count(_ status: MessageStatus) {
    switch status {
    case .failed, .canceled: failed += 1
    case .unknown: unknown += 1
    default: accepted += 1
    }
  }
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
  case signing(SigningError)
  /// What was, or was to be, sent could not be noted or read.
  case ledger(LedgerError)
}

/// What whoever takes reports wants to happen next.
public enum ReportVerdict: Sendable {
  case goOn
  /// Start no further request; what is under way is settled, but not reported.
  case stop
}
