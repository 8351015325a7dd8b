import Configuration
import Delivery
import Messaging
import Platform
import TextFormats

extension Context {
  /// Whether questions can be asked: standard input and error are terminals, and `--no-input` wasn't given.
  package var canAsk: Bool {
    let terminal = environment.terminal
    return terminal.inputIsTerminal && terminal.errorIsTerminal && !globals[GlobalOptions.noInput]
  }

  /// Asks on standard error, even with `--quiet`, and returns the line that was typed; nil after Ctrl-D. Ctrl-C
  /// throws. A secret isn't echoed.
  ///
  /// `stop` is the watched signals: an unwatched signal would end the process instead.
  package func ask(_ question: String, isSecret: Bool = false, stop: StopSignal) throws -> [UInt8]? {
    let streams = environment.streams
    streams.writeError(Array(environment.fitted(question.escapingControls).utf8))
    let answer = try streams.readTypedLine(isSecret, stop.descriptor)
    // The terminal shows no line break if none was typed.
    if answer == nil { streams.writeError([UInt8(ascii: "\n")]) }
    if let signal = stop.received() { throw Interruption(signal, "nothing was done") }
    return answer
  }
}

extension Environment {
  /// Wraps a text for the terminal of standard error, without splitting words or commands.
  package func fitted(_ text: String) -> String {
    guard let width = errorWidth() else { return text }
    return text.brokenAtWords(width: width)
  }
}

/// A call that a command is about to make to the profile's provider. It is checked before secrets are read: an
/// invalid command line has no effects.
package struct PreparedCall<Role> {
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
