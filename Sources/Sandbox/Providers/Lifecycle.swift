import Messaging

/// How a message gets on once a provider has taken it. Nothing has to happen for that: its stage follows from the time.
struct Lifecycle: Hashable, Sendable {
  enum Stage: Hashable, Sendable {
    case scheduled, pending, sent, delivered, failed
  }

  /// When it starts on its way.
  var startsAt: Timestamp
  /// Whether it ends in failure.
  var fails: Bool

  /// A message to a number, taken now and perhaps scheduled; a time that has passed means now.
  init(to number: String, acceptedAt now: Timestamp, scheduledAt: Timestamp?) {
    startsAt = max(now, scheduledAt ?? now)
    fails = number.isUnreachable
  }

  /// Pending for a second, then failed, or sent for a second and delivered.
  func stage(at now: Timestamp) -> Stage {
    if now < startsAt { return .scheduled }
    if now < startsAt.adding(seconds: 1) { return .pending }
    if fails { return .failed }
    return now < deliveredAt ? .sent : .delivered
  }

  /// When it arrives, unless it fails.
  var deliveredAt: Timestamp { startsAt.adding(seconds: 2) }
}

extension String {
  /// Whether it is a number to which no message gets through.
  var isUnreachable: Bool { hasSuffix(SandboxAccount.failingEnding) }

  /// Whether it is an international number as most of these APIs want it: 7 to 15 digits, the first not 0, no `+`.
  var isInternationalDigits: Bool {
    (7...15).contains(utf8.count) && utf8.allSatisfy(\.isDigit) && utf8.first != UInt8(ascii: "0")
  }
}
