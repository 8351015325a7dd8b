import Messaging

/// How far a provider's clock is ahead of this machine's, judging by the `Date` headers of its replies.
public struct ClockDifference: Hashable, Sendable {
  /// In seconds; beyond this, one of the two clocks is wrong.
  private static let tolerance: Int64 = 60

  /// In seconds; negative where the provider's clock is behind.
  public private(set) var seconds: ClosedRange<Int64>

  /// `date` is from a reply written between these two moments of our clock. All three are truncated to seconds.
  public init(date: Timestamp, between asked: Timestamp, and answered: Timestamp) {
    let (first, last) = (min(asked, answered).unixSeconds, max(asked, answered).unixSeconds)
    seconds = (date.unixSeconds - last - 1)...(date.unixSeconds - first + 1)
  }

  /// Includes what another reply shows: its server may have its own clock.
  public mutating func widen(by other: ClockDifference) {
    seconds = min(seconds.lowerBound, other.seconds.lowerBound)...max(seconds.upperBound, other.seconds.upperBound)
  }

  /// Whether the two clocks agree.
  var isSmall: Bool { seconds.lowerBound >= -Self.tolerance && seconds.upperBound <= Self.tolerance }
}
