/// How much load a provider takes, judged by requests that certainly were not processed (unreachable, "try later").
///
/// Each of these halves the number of requests in flight, and each reply adds one, as in TCP (RFC 5681). After
/// several in a row, only the first request in the queue is tried, one attempt at a time: a dead provider sees about
/// ten attempts rather than every row's retries.
struct ProviderHealth {
  private static let suspicious = 5
  private static let hopeless = 10

  private let limit: Int
  /// The most requests that may be in flight now.
  private(set) var slots: Int
  private var failuresInARow = 0

  /// `limit` is the most requests in flight that the user allows, 1 or more.
  init(limit: Int) {
    self.limit = limit
    slots = limit
  }

  /// Whether the provider may be down, so that only a single request is tried.
  var isProbing: Bool { failuresInARow >= Self.suspicious }

  /// Whether to give up once a request has used up its retries.
  var isHopeless: Bool { failuresInARow >= Self.hopeless }

  /// Notes a reply, whatever it says.
  mutating func noteReply() {
    failuresInARow = 0
    slots = min(limit, slots + 1)
  }

  /// Notes a request that certainly was not processed.
  mutating func noteFailure() {
    failuresInARow += 1
    slots = max(1, slots / 2)
  }
}

/// A number of messages per unit of time.
public struct SendRate: Hashable, Sendable {
  /// Time per message, above zero.
  let interval: Duration

  /// Nil unless both are above zero.
  public init?(count: Int, per time: Duration) {
    guard count > 0, time > .zero else { return nil }
    interval = max(time / count, .nanoseconds(1))
  }

  /// How many messages fit into a second, 1 or more; a request never carries more.
  var worthOfASecond: Int {
    max(1, Int(Duration.seconds(1) / interval))
  }
}

/// Spaces messages evenly: a token bucket, stored as the time the next message is due (GCRA, ITU-T I.371).
struct RateLimiter {
  /// How late a message may be without delaying those after it.
  private static let slack: Duration = .milliseconds(50)

  private let rate: SendRate
  private var due: Duration

  init(_ rate: SendRate, now: Duration) {
    self.rate = rate
    due = now
  }

  /// Time until the next request may leave; zero or less if it may leave now.
  func delay(at now: Duration) -> Duration {
    due - now
  }

  /// Notes that `count` messages are leaving.
  mutating func take(_ count: Int, at now: Duration) {
    due = max(due, now - Self.slack) + rate.interval * count
  }
}
