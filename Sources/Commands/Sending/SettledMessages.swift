import Application
import Configuration
import Delivery
import Messaging
import TextFormats

/// The messages of a command that sends: printed as they are settled, or, with `--wait`, once it is known what became
/// of them.
final class SettledMessages {
  /// The rows that were settled.
  private(set) var rows: Set<Int> = []
  /// The group that they were sent as, where there is one.
  private(set) var groupID: String?
  private let session: ProviderSession
  private let printer: SettlementPrinter
  private let patience: Duration?
  private let startedAt: Timestamp
  private var awaited: [MessageRecord] = []

  /// `patience` is how long to wait; nil for not at all.
  init(_ session: ProviderSession, _ printer: SettlementPrinter, patience: Duration?) {
    self.session = session
    self.printer = printer
    self.patience = patience
    startedAt = session.context.environment.now()
  }

  /// Takes settled messages; no further ones are to be started when they can't be printed.
  func report(_ records: [MessageRecord]) -> ReportVerdict {
    rows.formUnion(records.compactMap(\.row))
    groupID = records.last { $0.groupID != nil }?.groupID ?? groupID
    guard patience != nil else { return printer.report(records) }
    awaited += records
    return .goOn
  }

  /// Waits if that is wanted, prints what is left, and throws when not all that was asked for was done.
  func finish(_ result: DispatchResult, unsent: [MessageRecord]) throws {
    var result = result
    let ending = wait(&result)
    printer.print(unsent)
    var output = caught { try printer.finish() }
    if case Ending.outputClosed? = output, !unsent.isEmpty { output = Ending.outputClosedEarly }
    let report = DeliveryReport(
      result: result, messages: result.tally.settled + unsent.count, firstRefusal: printer.firstRefusal,
      provider: session.settings.descriptor.label)
    let shortfall = caught { try report.check() }
    if let error = worst(of: [shortfall, ending, output]) { throw error }
  }

  /// Waits and prints; the tally of `result` becomes that of what the messages came to. Returns why the waiting ended
  /// early.
  private func wait(_ result: inout DispatchResult) -> (any UserError)? {
    guard let patience, let provider = session.provider as? any MessageReading else { return nil }
    // The provider's clock may differ from ours.
    let since = startedAt.adding(seconds: -86_400)
    var watch = MessageWatch(awaited.inOrder, session, provider, since: since)
    let isCutShort = !result.stops.isEmpty
    let ending = isCutShort ? nil : caught { try watch.wait(patience) }
    result.tally = Tally()
    for record in watch.records {
      result.tally.count(record.isKnownToProvider && record.status == .unknown ? .accepted : record.status)
    }
    _ = printer.report(watch.records)
    return ending
  }
}

extension [MessageRecord] {
  /// By row; those without one as they are.
  fileprivate var inOrder: [MessageRecord] {
    enumerated().sorted { ($0.element.row ?? 0, $0.offset) < ($1.element.row ?? 0, $1.offset) }.map(\.element)
  }
}
