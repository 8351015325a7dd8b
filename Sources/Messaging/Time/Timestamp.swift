/// A moment as whole seconds since 1970-01-01T00:00:00Z.
public struct Timestamp: Hashable, Comparable, Sendable {
  public var unixSeconds: Int64

  public init(unixSeconds: Int64) {
    self.unixSeconds = unixSeconds
  }

  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.unixSeconds < right.unixSeconds
  }

  /// The moment that many seconds later (earlier when negative).
  public func adding(seconds: Int64) -> Timestamp {
    Timestamp(unixSeconds: unixSeconds + seconds)
  }
}
