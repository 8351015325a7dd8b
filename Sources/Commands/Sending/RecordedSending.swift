import Application
import Configuration
import Delivery
import Ledger
import Messaging

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
