import Ledger

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

  public init(_ plan: PlanCounts, _ result: DispatchResult) {
    rows = plan.rows
    accepted = result.tally.accepted
    failed = result.tally.failed
    unknown = result.tally.unknown
    skipped = plan.skipped
    pending = plan.planned - result.tally.settled
    duration = result.duration
  }
}
