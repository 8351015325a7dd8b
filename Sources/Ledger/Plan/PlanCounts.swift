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
