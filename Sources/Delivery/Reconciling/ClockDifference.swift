import Messaging

/// How far a provider's clock is ahead of this machine's, as far as the `Date` headers of its replies tell.
public struct ClockDifference: Hashable, Sendable {
  /// Beyond this, in seconds, one of the two clocks is wrong.
  private static let tolerance: Int64 = 60

  /// In seconds; negative where the provider's clock is behind.
  public private(set) var seconds: ClosedRange<Int64>

  /// `date` is a reply's, and was written between the two moments of our clock. All three are cut to whole seconds.
  public init(date: Timestamp, between asked: Timestamp, and answered: Timestamp) {
    let (first, last) = (min(asked, answered).unixSeconds, max(asked, answered).unixSeconds)
    seconds = (date.unixSeconds - last - 1)...(date.unixSeconds - first + 1)
  }

  /// Takes in what another reply tells: its server may have a clock of its own.
  public mutating func widen(by other: ClockDifference) {
    seconds = min(seconds.lowerBound, other.seconds.lowerBound)...max(seconds.upperBound, other.seconds.upperBound)
  }

  /// Whether the two clocks agree.
  var isSmall: Bool { seconds.lowerBound >= -Self.tolerance && seconds.upperBound <= Self.tolerance }
}
