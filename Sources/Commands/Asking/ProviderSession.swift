import Delivery
import Messaging

/// A profile's provider, ready to be asked: single calls, one after the other, with retries.
struct ProviderSession {
  let context: Context
  let settings: Settings
  let provider: any Provider
  let capability: Capability
  private let runner: CallRunner
  private let stop: StopSignal

  /// Fails where the profile's provider can't do what the command is for, before any secret is fetched.
  init(_ context: Context, for capability: Capability) throws(CommandError) {
    self.context = context
    self.capability = capability
    settings = try context.settings()
    guard capability.isProvided(settings.provider) else {
      throw .unsupported(Unsupported(capability, settings: settings, context))
    }
    let environment = context.environment
    let settings = settings
    provider = try CommandError.wrap { () throws(ConfigurationError) in try settings.makeProvider(environment) }
    let calls = try context.calls(settings)
    stop = calls.stop
    runner = CallRunner(calls)
  }

  /// The provider in the role that the command needs; `cast` is `provider as? any …`.
  func role<Role>(_ cast: (any Provider) -> Role?) throws(CommandError) -> Role {
    guard let role = cast(provider) else { throw .unsupported(Unsupported(capability, settings: settings, context)) }
    return role
  }

  /// Fails where a call can't be made the way it was asked for; `operands` is what the command takes as operands.
  func check(_ objection: CallObjection?, operands: Set<CallParameter> = [.ids]) throws(CommandError) {
    if let objection { throw CommandError(objection, to: capability, settings, operands: operands) }
  }

  /// Asks a question: an answer that can't be trusted is an error like a refusal.
  func ask<Value>(_ call: APICall<Value>) throws(CommandError) -> Value {
    try run(call) { .provider($0, of: settings.descriptor.label) }
  }

  /// Gives an order that must not be given twice: without a trustworthy answer it may have been carried out.
  func order<Value>(_ call: APICall<Value>) throws(CommandError) -> Value {
    let label = settings.descriptor.label
    return try run(call) { $0.leavesOutcomeUnknown ? .outcomeUnknown($0, of: label) : .provider($0, of: label) }
  }

  private func run<Value>(
    _ call: APICall<Value>, failure: (ProviderError) -> CommandError
  ) throws(CommandError) -> Value {
    do {
      return try runner.run(call)
    } catch {
      if let signal = stop.received() { throw .interrupted(signal: signal) }
      switch error {
      case .provider(let error): throw failure(error)
      case .signing(let error): throw .signing(error)
      }
    }
  }

  /// Waits that long, or until the user wants to end: then it throws.
  func pause(_ duration: Duration) throws(CommandError) {
    if stop.received() == nil { context.environment.pause(duration, stop.descriptor) }
    if let signal = stop.received() { throw .interrupted(signal: signal) }
  }
}

extension Unsupported {
  /// A command that the profile's provider lacks.
  init(_ capability: Capability, settings: Settings, _ context: Context) {
    self.init(
      what: capability.command, provider: settings.descriptor.title, context, can: capability.isProvided)
  }
}
