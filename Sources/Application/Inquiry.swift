import Configuration
import Messaging
import TextFormats

/// A call that a command is about to make to the profile's provider. It is checked before secrets are read: an
/// invalid command line has no effects.
package struct Inquiry<Role> {
  package let context: Context
  package let settings: Settings
  /// The provider in the role that the command needs; it checks the request before secrets are read.
  package let adapter: Role
  private let capability: Capability

  /// Throws if the profile's provider doesn't support the command; `cast` is `{ $0 as? any … }`.
  package init(
    _ context: Context, for capability: Capability, as cast: (any Provider) -> Role?
  ) throws {
    let settings = try context.settings()
    try capability.check(settings, context)
    let provider = try settings.makeProvider(context.inputs)
    guard let adapter = cast(provider) else { throw Failure.unsupported(capability, settings, context) }
    (self.context, self.settings, self.adapter, self.capability) = (context, settings, adapter, capability)
  }

  /// Throws if the call can't be made as requested; `operands` are the parameters given as operands.
  package func check(_ objection: CallObjection?, operands: Set<CallParameter> = [.ids]) throws {
    if let objection { throw capability.error(for: objection, settings, operands: operands) }
  }

  /// Reads the secrets and returns a session that can make calls.
  package func open() throws -> (ProviderSession, Role) {
    (try ProviderSession(context, settings, for: capability), adapter)
  }
}
