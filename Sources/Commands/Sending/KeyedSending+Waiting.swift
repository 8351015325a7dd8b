import Application
import Ledger
import Messaging
import TextFormats

/// Watches another process that is sending with the same key.
struct PeerWatch {
  /// The time between two polls.
  static let interval: Duration = .milliseconds(20)

  private let patience: Duration
  private let clock: () -> Duration
  private var progress: (counts: JobCounts, deadline: Duration)?
  private var looks = 0

  init(patience: Duration, _ clock: @escaping () -> Duration) {
    (self.patience, self.clock) = (patience, clock)
  }

  /// Records the other process's progress; returns whether it made progress within `patience`.
  mutating func isWorthWaiting(_ counts: JobCounts) -> Bool {
    looks += 1
    if progress?.counts != counts { progress = (counts, clock() + patience) }
    return progress.map { clock() < $0.deadline } ?? false
  }

  /// True once, after a second.
  var isLong: Bool { looks == 50 }
}

extension InputError.Problem {
  static func usedForOther(_ key: SendKey, at time: Timestamp, until end: Timestamp) -> Self {
    Self(
      "key '\(key.text)' was used for a different message at \(time.rfc3339)",
      hint: "use another key; this one can be used again after \(end.rfc3339)")
  }
}

extension Failure {
  static func busy(_ key: SendKey) -> Failure {
    Failure(
      "busy", .busy, "another sms is still sending with key '\(key.text)'",
      hint: "run the same command again when that run has finished")
  }
}

extension Notes {
  static func waiting(forKey key: String) -> String { "another sms is sending with key '\(key)'; waiting for it" }

  static func keyUsed(_ key: String, at time: Timestamp) -> String {
    "key '\(key)' was first used for this message at \(time.rfc3339); only what wasn't sent then would be sent"
  }
}
