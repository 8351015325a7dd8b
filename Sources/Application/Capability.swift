import Configuration
import Messaging
import TextFormats

/// A command that only some providers can do.
package struct Capability: Sendable {
  /// As it is typed, such as `ussd send`.
  package var command: String
  /// Whether a provider can; what it conforms to says so.
  package var isProvided: @Sendable (any Provider.Type) -> Bool

  package init(_ command: String, isProvided: @escaping @Sendable (any Provider.Type) -> Bool) {
    self.command = command
    self.isProvided = isProvided
  }

  /// Fails where the profile's provider lacks it.
  package func check(_ settings: Settings, _ context: Context) throws {
    guard isProvided(settings.provider) else { throw Failure.unsupported(self, settings, context) }
  }
}
