import Configuration
import Delivery
import HTTPTransport
import Ledger
import Messaging
import Output
import Platform
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

extension ProviderSession {
  /// Prints the pages of a list as they arrive.
  ///
  /// If one of them fails, completes the document with what was already printed, and throws the error.
  package func print<Printed: Record>(
    _ pager: inout Pager<Printed>, to printer: RecordPrinter<Printed>
  ) throws {
    do {
      while let call = pager.next {
        for record in pager.take(try ask(call)) { try printer.print(record) }
      }
    } catch {
      try printer.finishIfStarted()
      throw error
    }
    try printer.finish()
  }
}

extension ProviderSession {
  /// Updates the ledger with the provider's statuses of messages sent from here, so that `sms log` shows them.
  ///
  /// The user gets the provider's answer anyway, so if the ledger can't be written, that is only a warning.
  package func keepStatuses(_ records: [MessageRecord]) {
    guard !records.isEmpty else { return }
    let failure = caught { _ = try context.existingLedger()?.update(records, of: account) }
    if let failure { context.note(Notes.unnoted(failure)) }
  }
}

extension Context {
  /// What provider calls need from outside: the transport, the stop signal, time limits, and notes about retries.
  package func calls(_ settings: Settings, _ credentials: Credentials) throws -> CallContext {
    let environment = environment
    let caFile = try settings.caFile(inputs)
    let stop = try environment.watchSignals()
    let options = transportOptions(settings, caFile: caFile)
    let transport = try environment.makeTransport(options)
    var calls = CallContext(
      transport: transport, credentials: credentials, signer: RequestSigner(), stop: stop,
      timeout: settings[CommonSettings.timeout], retries: settings[CommonSettings.retries])
    calls.noticeStop = { note(Notes.awaitingAnswer($0, of: settings.label)) }
    if globals[GlobalOptions.verbose] {
      calls.trace = { [self, calls] event in ExchangeTrace(self, hiding: calls.mask).show(event) }
    }
    let retries = RetryNotes(self)
    calls.noticeRetry = retries.note
    return calls
  }

  /// The CA certificates that the user configured with OpenSSL's variables, which `curl` reads too.
  package var namedCertificates: CertificatePaths? {
    CertificatePaths(file: inputs.variable("SSL_CERT_FILE"), folder: inputs.variable("SSL_CERT_DIR"))
  }

  /// How to connect to the profile's provider.
  package func transportOptions(_ settings: Settings, caFile: String?) -> TransportOptions {
    TransportOptions(
      caFile: caFile, certificates: namedCertificates, usesTLS: settings.baseURL.lowercased().hasPrefix("https:"),
      proxy: settings.string(CommonSettings.proxy.name), connectTimeout: settings[CommonSettings.connectTimeout],
      userAgent: "sms/\(Version.current)")
  }
}

/// Prints a note when a request is retried, but only one for requests that fail at the same time.
private final class RetryNotes {
  private static let shortestGap: Duration = .seconds(1)

  private let context: Context
  private var saidAt: Duration?

  init(_ context: Context) {
    self.context = context
  }

  func note(_ error: ProviderError, _ pause: Duration) {
    let now = context.environment.clock()
    if let saidAt, now - saidAt < Self.shortestGap { return }
    saidAt = now
    context.note(Notes.retrying(error, after: pause))
  }
}
