/// How much load a provider takes, judged by requests that surely were not processed ("come back later", or not reached).
///
/// Each of them halves the number of requests in flight and each reply adds one, as TCP does (RFC 5681). Several in a
/// row, and only the first request in the queue is tried, one attempt after the other: a dead provider sees about ten
/// attempts and not every row's retries.
struct ProviderHealth {
  private static let suspicious = 5
  private static let hopeless = 10

  private let limit: Int
  /// The most requests that may be in flight now.
  private(set) var slots: Int
  private var failuresInARow = 0

  /// `limit` is the most requests in flight that the user wants, 1 or more.
  init(limit: Int) {
    self.limit = limit
    slots = limit
  }

  /// Whether the provider may be gone, so that a single request finds out.
  var isProbing: Bool { failuresInARow >= Self.suspicious }

  /// Whether there is no hope left once a request has used up its retries.
  var isHopeless: Bool { failuresInARow >= Self.hopeless }

  /// A reply came, whatever it says.
  mutating func noteReply() {
    failuresInARow = 0
    slots = min(limit, slots + 1)
  }

  /// A request surely was not processed.
  mutating func noteFailure() {
    failuresInARow += 1
    slots = max(1, slots / 2)
  }
}

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
