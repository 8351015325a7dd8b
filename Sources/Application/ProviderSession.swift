import Configuration
import Delivery
import Messaging
import TextFormats

/// A profile's provider, ready for calls: one after the other, with retries.
package struct ProviderSession {
  package let context: Context
  package let settings: Settings
  package let provider: any Provider
  package let capability: Capability
  /// What calls need from outside.
  package let calls: CallContext

  /// Throws if the profile's provider doesn't support the command, before any secret is read.
  package init(_ context: Context, _ settings: Settings, for capability: Capability) throws {
    self.context = context
    self.capability = capability
    self.settings = settings
    try capability.check(settings, context)
    provider = try settings.makeProvider(context.inputs)
    calls = try context.calls(settings, try settings.credentials(context.inputs))
  }

  /// The account that the session uses.
  package var account: Account { settings.account(calls.credentials) }

  /// The provider in the role that the command needs; `cast` is `provider as? any …`.
  package func role<Role>(_ cast: (any Provider) -> Role?) throws -> Role {
    guard let role = cast(provider) else { throw Failure.unsupported(capability, settings, context) }
    return role
  }

  /// Makes a call that changes nothing. Throws if it is refused or the reply can't be trusted.
  package func ask<Value>(_ call: APICall<Value>) throws -> Value {
    try run(call) { ProviderFailure($0, of: settings.label) }
  }

  /// Makes a call that must not be repeated. Without a trustworthy reply, it may have been carried out; `command`
  /// shows whether it was.
  package func order<Value>(_ call: APICall<Value>, shownBy command: [String]) throws -> Value {
    try run(call) {
      var failure = ProviderFailure($0, of: settings.label, leavesOutcomeUnknown: $0.leavesOutcomeUnknown)
      failure.check = ProviderFailure.check(context.command(command))
      return failure
    }
  }

  private func run<Value>(_ call: APICall<Value>, failure: (ProviderError) -> ProviderFailure) throws -> Value {
    try endIfStopped()
    let descriptor = settings.descriptor
    leaveLastWords(Failure.endedAtOnce(ProviderLabel(name: descriptor.name, title: descriptor.title)))
    defer { context.environment.leaveLastWords(nil) }
    do {
      return try CallRunner(calls).run(call)
    } catch {
      let failure = (error as? ProviderError).map(failure) ?? userError(error)
      guard let signal = stop.received() else { throw failure }
      throw Interruption(signal, failure)
    }
  }

  private var stop: StopSignal { calls.stop }

  /// Waits for `duration`, or until a signal is received. Throws in the latter case.
  package func pause(_ duration: Duration) throws {
    if stop.received() == nil { context.environment.pause(duration, stop.descriptor) }
    try endIfStopped()
  }
}

extension ProviderSession {
  /// Sends the messages of a queue; `orders`, if given, are its rows. Calls `report` when a message is settled;
  /// hides `progress` while notes are printed.
  package func dispatch(
    _ queue: any MessageQueue, _ options: DispatchOptions, orders: [SendOrder]? = nil, job: JobLabel? = nil,
    progress: ProgressBar? = nil, report: @escaping Dispatcher.Report
  ) -> DispatchResult {
    leaveLastWords(Failure.endedAtOnce(job))
    defer { context.environment.leaveLastWords(nil) }
    var calls = calls
    let noticeRetry = calls.noticeRetry
    calls.noticeRetry = { error, pause in
      progress?.hide()
      noticeRetry?(error, pause)
    }
    var dispatcher = Dispatcher(
      calls, provider: provider, options: options, queue: queue, orders: orders, report: report)
    dispatcher.noticeSignal = { signal, requests in
      progress?.hide()
      context.note(Notes.windingUp(signal, underWay: requests))
    }
    return dispatcher.run()
  }
}
