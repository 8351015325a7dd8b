/// So many messages in so much time.
public struct SendRate: Hashable, Sendable {
  /// Time for one message; over zero.
  let interval: Duration

  /// Nil unless both are over zero.
  public init?(count: Int, per time: Duration) {
    guard count > 0, time > .zero else { return nil }
    interval = max(time / count, .nanoseconds(1))
  }

  /// How many messages a second is worth, 1 or more: more than that never leave at once.
  var worthOfASecond: Int {
    max(1, Int(Duration.seconds(1) / interval))
  }
}

/// Spaces messages out evenly: a token bucket, kept as the time at which the next message is due (GCRA, ITU-T I.371).
struct RateLimiter {
  /// How late a message may be without those after it being late as well.
  private static let slack: Duration = .milliseconds(50)

  private let rate: SendRate
  private var due: Duration

  init(_ rate: SendRate, now: Duration) {
    self.rate = rate
    due = now
  }

  /// Time until the next request may leave; zero or less when it may now.
  func delay(at now: Duration) -> Duration {
    due - now
  }

  /// Notes that `count` messages leave.
  mutating func take(_ count: Int, at now: Duration) {
    due = max(due, now - Self.slack) + rate.interval * count
  }
}
