import Messaging

/// What Voximplant knows.
struct VoximplantState: Sendable {
  /// Own numbers, and whether SMS is enabled for them.
  var numbers = [SandboxAccount.voximplantSender: true]
  /// The message id of each is its place, counted from 1.
  var messages: [VoximplantMessage] = []

  /// Takes a message and returns its id.
  mutating func take(_ message: VoximplantMessage) -> Int {
    messages.append(message)
    return messages.count
  }
}

/// A message that was taken.
struct VoximplantMessage: Hashable, Sendable {
  var source: String
  var destination: String
  var text: String
  /// Whether the history may show the text.
  var isTextStored: Bool
  /// Whether it came by A2PSendSms, which has a history of its own.
  var isA2P: Bool
  var takenAt: Timestamp

  var lifecycle: Lifecycle { Lifecycle(to: destination, acceptedAt: takenAt, scheduledAt: nil) }
}
