import Messaging

/// What voip-communications.net knows.
struct VoipcommState: Sendable {
  var messages: [VoipcommMessage] = []
  var random: SplitMix64

  init(seed: UInt64) {
    random = SplitMix64(seed: seed ^ 2)
  }

  /// Such as `2017559ea27008c6b7122900621`: a year and hexadecimal digits.
  mutating func newID(at now: Timestamp) -> String {
    "\(CivilTime(now).year)" + random.text(of: "0123456789abcdef", count: 23)
  }
}

/// A message that was taken.
struct VoipcommMessage: Hashable, Sendable {
  var id: String
  /// Nil for bulk messages, which go out from a number of the provider's.
  var from: String?
  var to: String
  var text: String
  var takenAt: Timestamp
  var scheduledAt: Timestamp?

  var lifecycle: Lifecycle { Lifecycle(to: to, acceptedAt: takenAt, scheduledAt: scheduledAt) }
}
