import Configuration
import Messaging
import TextFormats

/// What a command is about to ask of the profile's provider, before any secret is fetched: a command line that is
/// wrong costs nothing.
package struct Inquiry<Role> {
  package let context: Context
  package let settings: Settings
  /// The provider, as the command uses it; it checks the request before a secret is fetched.
  package let adapter: Role
  private let capability: Capability

  /// Fails where the profile's provider can't do what the command is for; `cast` is `{ $0 as? any … }`.
  package init(
    _ context: Context, for capability: Capability, as cast: (any Provider) -> Role?
  ) throws {
    let settings = try context.settings()
    try capability.check(settings, context)
    let provider = try settings.makeProvider(context.inputs)
    guard let adapter = cast(provider) else { throw Failure.unsupported(capability, settings, context) }
    (self.context, self.settings, self.adapter, self.capability) = (context, settings, adapter, capability)
  }

  /// Fails where a call can't be made the way it was asked for; `operands` is what the command takes as operands.
  package func check(_ objection: CallObjection?, operands: Set<CallParameter> = [.ids]) throws {
    if let objection { throw capability.error(for: objection, settings, operands: operands) }
  }

  /// Fetches the secrets; what is returned can be asked.
  package func open() throws -> (ProviderSession, Role) {
    (try ProviderSession(context, settings, for: capability), adapter)
  }
}
