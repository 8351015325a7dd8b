import Messaging

/// When a request is tried again: only what surely was not processed, ever more slowly, and not for ever.
struct RetryPolicy {
  /// What to do about a request that surely was not processed.
  enum Decision: Equatable {
    case again(after: Duration)
    /// Its retries are used up.
    case exhausted
    /// The provider asks for more patience than five minutes.
    case tooLate
  }

  static let longestPause: Duration = .seconds(300)
  private static let base: Duration = .milliseconds(500)
  private static let cap: Duration = .seconds(30)

  var retries: Int

  /// `attempts` were made, 1 or more; `random` is from 0 up to 1. Nil for an error after which nothing is tried again.
  func decision(after error: ProviderError, attempts: Int, random: Double) -> Decision? {
    switch error.kind {
    case .unreachable: decision(asked: .zero, attempts, random)
    case .busy(let seconds): decision(asked: .seconds(seconds ?? 0), attempts, random)
    default: nil
    }
  }

  private func decision(asked: Duration, _ attempts: Int, _ random: Double) -> Decision {
    if asked > Self.longestPause { return .tooLate }
    if attempts > retries { return .exhausted }
    return .again(after: max(asked, Self.backoff(attempts, random)))
  }

  /// Exponential backoff with full jitter: anything from nothing to a bound that doubles with each attempt.
  private static func backoff(_ attempts: Int, _ random: Double) -> Duration {
    let bound = attempts > 6 ? cap : min(cap, base * (1 << (attempts - 1)))
    return bound * random
  }
}
