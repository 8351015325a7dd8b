import Configuration
import Messaging
import TextFormats

/// A command that only some providers can do.
package struct Capability: Sendable {
  /// The words of the command, such as `ussd send`.
  package var command: String
  /// Whether a provider supports it, judged by the protocols it conforms to.
  package var isProvided: @Sendable (any Provider.Type) -> Bool

  package init(_ command: String, isProvided: @escaping @Sendable (any Provider.Type) -> Bool) {
    self.command = command
    self.isProvided = isProvided
  }

  /// Throws if the profile's provider doesn't support it.
  package func check(_ settings: Settings, _ context: Context) throws {
    guard isProvided(settings.provider) else { throw Failure.unsupported(self, settings, context) }
  }
}
