import Messaging

/// A job in numbers.
public struct DeliverySummary: Hashable, Sendable {
  public var rows: Int
  public var accepted: Int
  public var failed: Int
  public var unknown: Int
  public var skipped: Int
  /// Not sent yet.
  public var pending: Int
  /// From the first request to the last reply, pauses included.
  public var duration: Duration

  /// Messages that this run settled.
  public var settled: Int
  /// The job's name.
  public var job: String

  public init(_ counts: JobCounts, _ result: DispatchResult, job: String) {
    rows = counts.rows
    accepted = counts.accepted
    failed = counts.failed
    unknown = counts.unknown
    skipped = counts.skipped
    pending = counts.pending
    duration = result.duration
    settled = result.tally.settled
    self.job = job
  }
}
