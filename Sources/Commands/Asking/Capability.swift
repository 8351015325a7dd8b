import Messaging

/// A command that only some providers can do.
struct Capability: Sendable {
  /// As it is typed, such as `ussd send`.
  var command: String
  /// Whether a provider can; what it conforms to says so.
  var isProvided: @Sendable (any Provider.Type) -> Bool

  init(_ command: String, isProvided: @escaping @Sendable (any Provider.Type) -> Bool) {
    self.command = command
    self.isProvided = isProvided
  }
}
