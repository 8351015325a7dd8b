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

  /// Fails where the profile's provider lacks it.
  func check(_ settings: Settings, _ context: Context) throws(CommandError) {
    guard isProvided(settings.provider) else { throw .unsupported(Unsupported(self, settings: settings, context)) }
  }
}
