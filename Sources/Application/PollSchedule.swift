import CommandLineKit
import TextFormats

/// When to look again: after 1 s, then ever slower up to 30 s, until the time is over.
package struct PollSchedule: Hashable, Sendable {
  private static let longestPause = Duration.seconds(30)

  /// How long to wait altogether.
  package let patience: Duration
  private let end: Duration
  private var pause = Duration.seconds(1)

  /// `now` is the time on a clock that never goes back.
  package init(patience: Duration, now: Duration) {
    self.patience = patience
    end = now + patience
  }

  /// How long to pause before the next look; nil when the time is over.
  package mutating func next(now: Duration) -> Duration? {
    let rest = end - now
    guard rest > .zero else { return nil }
    defer { pause = min(pause * 2, Self.longestPause) }
    return min(pause, rest)
  }
}

extension ProviderSession {
  /// When to look again while waiting for that long from now on.
  package func schedule(_ patience: Duration) -> PollSchedule {
    PollSchedule(patience: patience, now: context.environment.clock())
  }

  /// Waits until it is time to look again; false when the time is over. Throws when the user wants to end.
  package func waits(_ schedule: inout PollSchedule) throws -> Bool {
    guard let duration = schedule.next(now: context.environment.clock()) else { return false }
    try pause(duration)
    return true
  }

  /// Polls once while waiting. A failure says nothing about what is waited for, so it doesn't end the wait, unless
  /// the credentials are refused; nil then.
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
  /// What was waited for did not come in that time; `state` is what is still so.
  package static func waitedTooLong(_ time: Duration, _ state: String, hint: String?) -> Failure {
    Failure("wait-timeout", .waitedTooLong, "\(state) after \(time.words)", hint: hint)
  }
}
