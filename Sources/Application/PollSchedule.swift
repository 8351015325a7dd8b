import CommandLineKit
import TextFormats

/// When to poll: first after 1 s, then at growing intervals of up to 30 s, until the time is over.
package struct PollSchedule: Hashable, Sendable {
  private static let longestPause = Duration.seconds(30)

  /// How long to wait in total.
  package let patience: Duration
  private let end: Duration
  private var pause = Duration.seconds(1)

  /// `now` is the time of a monotonic clock.
  package init(patience: Duration, now: Duration) {
    self.patience = patience
    end = now + patience
  }

  /// How long to pause before the next poll; nil if the time is over.
  package mutating func next(now: Duration) -> Duration? {
    let rest = end - now
    guard rest > .zero else { return nil }
    defer { pause = min(pause * 2, Self.longestPause) }
    return min(pause, rest)
  }
}

extension ProviderSession {
  /// When to poll for the next `patience`.
  package func schedule(_ patience: Duration) -> PollSchedule {
    PollSchedule(patience: patience, now: context.environment.clock())
  }

  /// Waits for the next poll; false if the time is over. Throws if a signal was received.
  package func waits(_ schedule: inout PollSchedule) throws -> Bool {
    guard let duration = schedule.next(now: context.environment.clock()) else { return false }
    try pause(duration)
    return true
  }

  /// Polls once. Returns nil if the call fails, because that says nothing about what is being waited for. Throws only
  /// if the credentials are refused, or for errors that don't come from the provider.
  package func look<Value>(_ body: () throws -> Value) throws -> Value? {
    do {
      return try body()
    } catch {
      guard let failure = error as? ProviderFailure, failure.error.kind != .credentials else { throw error }
      return nil
    }
  }
}

extension Failure {
  /// What was waited for didn't happen in time; `state` is what is still the case.
  package static func waitedTooLong(_ time: Duration, _ state: String, hint: String?) -> Failure {
    Failure("wait-timeout", .waitedTooLong, "\(state) after \(time.words)", hint: hint)
  }
}
