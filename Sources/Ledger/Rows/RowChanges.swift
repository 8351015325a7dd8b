import Messaging

/// What one turn of sending changes, written as a whole.
public struct RowChanges: Sendable {
  /// Outcomes; each has its `row`.
  public var settled: [MessageRecord] = []
  /// Rows whose request surely was not processed: planned again.
  public var released: [Int] = []
  /// Rows whose request is about to leave.
  public var claimed: [Int] = []

  public init() {}

  public var isEmpty: Bool { settled.isEmpty && released.isEmpty && claimed.isEmpty }
}

/// How many rows were read, and what is to become of them.
public struct PlanCounts: Hashable, Sendable {
  public var planned = 0
  public var invalid = 0
  public var suppressed = 0
  public var duplicates = 0

  public init() {}

  public var skipped: Int { invalid + suppressed + duplicates }
  public var rows: Int { planned + skipped }
}
