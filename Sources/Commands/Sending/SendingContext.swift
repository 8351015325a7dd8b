import Application
import Configuration
import Delivery
import Ledger
import Messaging
import TextFormats

/// What a command needs for sending: the profile's settings, and what all its messages have in common.
struct SendingContext {
  let context: Context
  let settings: Settings
  let template: MessageTemplate
  private let options: SendOptionSet

  /// Throws if the provider doesn't support an option. With `isPerhapsSent`, the time may be in the past: call
  /// `requireFuture` before sending.
  init(_ context: Context, _ settings: Settings, _ options: SendOptionSet, isPerhapsSent: Bool = false) throws {
    self.context = context
    self.settings = settings
    self.options = options
    for (feature, option) in options.requestedFeatures { try settings.require(feature, called: option, context) }
    template = try options.template(
      settings, now: context.environment.now(), localZone: { try context.localZone() }, isPerhapsSent: isPerhapsSent)
  }

  /// Throws if the time for all messages is in the past.
  func requireFuture() throws {
    try options.requireFuture(now: context.environment.now(), localZone: { try context.localZone() })
  }

  /// Throws if the provider wouldn't accept one of the messages.
  func check(_ messages: [OutgoingMessage]) throws {
    let provider = try settings.makeProvider(context.inputs)
    for message in messages {
      guard let objection = provider.objection(to: message) else { continue }
      throw InputError(
        .objection(objection, provider: settings.descriptor.title), at: .argument(objection.argument))
    }
  }

  /// The record of a message that hasn't been sent.
  func planned(_ message: OutgoingMessage) -> MessageRecord {
    settings.completed(MessageRecord(message))
  }
}

extension Settings {
  /// The options for sending, from the settings.
  var dispatchOptions: DispatchOptions {
    var options = DispatchOptions()
    options.concurrency = self[CommonSettings.concurrency]
    options.rate = rate.flatMap { SendRate(count: $0.count, per: $0.per) }
    options.profile = profile?.name
    return options
  }
}

extension Settings {
  /// Throws if the provider doesn't support a feature; `name` is what the user asked for.
  func require(_ feature: SendFeature, called name: String, _ context: Context) throws {
    guard !descriptor.features.contains(feature) else { return }
    throw Failure.unsupported(name, self, context) { $0.descriptor.features.contains(feature) }
  }
}

/// Sends the messages of a command other than `bulk`, as a job of the ledger. If the ledger can't be written, the
/// job is in memory, and a warning is printed once.
struct RecordedSending {
  private let context: Context
  private let settings: Settings
  private let command: String
  private let ledger: Result<Ledger, LedgerError>

  /// Opens the ledger while libcurl is loading. An error matters only when a message is sent.
  init(_ context: Context, _ settings: Settings, _ capability: Capability) {
    (self.context, self.settings, command) = (context, settings, capability.command)
    // No error here: the settings come from the same file, which was already read.
    let directory = (try? context.configuration.stateDirectory()) ?? nil
    ledger = Result { () throws(LedgerError) in try context.ledger(in: directory) }
  }

  /// Sends messages as rows 1, 2, 3…; calls `report` when each is settled.
  func send(
    _ messages: [OutgoingMessage], through session: ProviderSession, report: @escaping Dispatcher.Report
  ) throws -> DispatchResult {
    let queue = try queue { (ledger) throws(LedgerError) in
      try ledger.job(of: command, account: session.account, profile: settings.profile?.name, messages)
    }
    return session.dispatch(queue, settings.dispatchOptions, report: report)
  }

  /// Makes calls, one after the other. Each has a placeholder for the messages that only the reply names.
  func send(
    _ calls: [(call: APICall<[MessageRecord]>, placeholder: MessageRecord)], through session: ProviderSession,
    report: @escaping Dispatcher.Report
  ) throws -> DispatchResult {
    let queue = try queue { (ledger) throws(LedgerError) in
      try ledger.job(
        of: command, account: session.account, profile: settings.profile?.name,
        placeholders: calls.map(\.placeholder))
    }
    let orders = calls.enumerated().map { index, order in
      var placeholder = order.placeholder
      placeholder.row = index + 1
      return SendOrder(order.call, placeholder: placeholder)
    }
    var options = settings.dispatchOptions
    options.concurrency = 1
    return session.dispatch(queue, options, orders: orders, report: report)
  }

  private func queue(_ job: @escaping (Ledger) throws(LedgerError) -> LedgerJob) throws -> FallbackQueue {
    try FallbackQueue(
      ledger, now: context.environment.now, warn: { context.note(Notes.unrecorded($0)) }, job: job)
  }
}

extension Notes {
  static func unrecorded(_ error: LedgerError) -> String {
    "warning: these messages won't be in 'sms log': \(error.message)"
  }
}

extension SendingContext {
  /// Prints the requests for messages, for `--dry-run --verbose`. Makes no connection and reads no secrets: they
  /// are shown masked. `next` returns the messages, and nil at the end.
  func showRequests(
    _ options: DispatchOptions, next: @escaping () throws(LedgerError) -> JobMessage?
  ) throws {
    guard context.isVerbose else { return }
    let trace = ExchangeTrace(context, hiding: .none)
    var preview = RequestPreview(
      try settings.makeProvider(context.inputs), options, try settings.maskedCredentials(context.inputs), next: next)
    while let request = try preview.next() { trace.show(.request(request, attempt: 1)) }
  }

  /// Prints the request of a single call, with `--verbose`.
  func showRequest<Value>(_ call: APICall<Value>) throws {
    guard context.isVerbose else { return }
    let call = call.authorized(by: try settings.maskedCredentials(context.inputs))
    ExchangeTrace(context, hiding: .none).show(.request(call.request, attempt: 1))
  }
}
