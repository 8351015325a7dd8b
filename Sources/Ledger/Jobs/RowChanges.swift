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
