import Application
import Configuration
import Delivery
import Ledger
import Messaging
import TextFormats

/// Asks the provider about a job's messages with an unknown outcome, and records the results.
///
/// `Reconciler` draws the conclusions. This type queries as often as necessary, and waits for requests that may
/// still arrive.
struct Reconciliation {
  static let capability = Capability("bulk --reconcile") { $0 is any HistoryKeeping.Type }
  /// How many messages are looked up at a time.
  private static let pageSize = 5000
  /// After this many readings, a history that keeps changing is no longer read.
  private static let mostReadings = 6

  private let session: ProviderSession
  private let job: LedgerJob
  private let settle: Duration
  /// Receives each message whose outcome the provider knows.
  private let report: ([MessageRecord]) -> Void
  private var reader: HistoryReader
  private var waited = Duration.zero
  private var summary: Summary

  /// `settle` is how long a request whose reply was lost may take to arrive; nil for the setting.
  init(
    _ session: ProviderSession, _ job: LedgerJob, settle: Duration? = nil, report: @escaping ([MessageRecord]) -> Void
  ) throws {
    self.session = session
    self.job = job
    self.settle = settle ?? session.settings.settle
    self.report = report
    summary = Summary(job.parts)
    try job.requireIndexes()
    let provider = try session.role { $0 as? any HistoryKeeping }
    reader = HistoryReader(session, provider, job, statuses: try job.providerStatuses())
  }

  /// Asks about all unknown messages; those that the provider doesn't have are planned again.
  mutating func run() throws {
    defer { for line in summary.lines(session.settings.descriptor.title) { session.context.note(line) } }
    var last = 0
    while true {
      let rows = try job.unknown(after: last, limit: Self.pageSize)
      guard let end = rows.last else { return }
      try reconcile(rows)
      last = end.row
    }
  }

  /// Asks about messages until each is resolved, or further queries wouldn't help.
  private mutating func reconcile(_ rows: [JobMessage]) throws {
    var open = rows
    var untraced: Set<Int> = []
    for reading in 1... {
      let conclusions = try conclusions(about: open, untraced)
      try note(open, conclusions)
      let unclear = zip(open, conclusions).compactMap { row, conclusion in
        if case .unclear(let reason) = conclusion { (row: row, reason: reason) } else { nil }
      }
      let passing = reading < Self.mostReadings ? unclear.filter(\.reason.isPassing) : []
      summary.count(unclear.filter { unclear in !passing.contains { $0.row.row == unclear.row.row } })
      if passing.isEmpty { return }
      try pause(for: passing.map(\.reason))
      open = passing.map(\.row)
      untraced = Set(passing.filter { $0.reason == .unconfirmed }.map(\.row.row))
    }
  }

  private mutating func conclusions(about rows: [JobMessage], _ untraced: Set<Int>) throws -> [Reconciler.Conclusion] {
    let history = try reader.history(of: rows, confirms: !untraced.isEmpty)
    // In this order: a message that another process settles meanwhile is no longer unknown, but then it has an owner.
    let mask = session.calls.mask
    let unknownElsewhere = try job.unknownElsewhere().map { (number: $0.number, body: mask.masking($0.body)) }
    let asked = Set(rows.map(\.row))
    let owners = try job.messages(named: Set(history.entries.compactMap(\.record.id)))
      .filter { owner in owner.row.map { !asked.contains($0) } ?? true }
    let circumstances = ReconciliationContext(
      settlingTime: settle.wholeSeconds, waited: waited.components.seconds, hasWindow: reader.hasWindow,
      reportsScheduled: reader.reportsScheduled, untraced: untraced)
    var reconciler = Reconciler(history, owners: owners, unknownElsewhere: unknownElsewhere, circumstances)
    return reconciler.conclusions(about: rows.map { UnresolvedMessage($0, hiding: mask) })
  }

  /// Records the settled messages, and plans the missing ones again.
  private mutating func note(_ rows: [JobMessage], _ conclusions: [Reconciler.Conclusion]) throws {
    var (settled, missing): ([MessageRecord], [Int]) = ([], [])
    for (row, conclusion) in zip(rows, conclusions) {
      switch conclusion {
      case .found(let record): settled.append(row.settled(by: record))
      case .missing: missing.append(row.row)
      case .unclear: continue
      }
    }
    if settled.isEmpty, missing.isEmpty { return }
    try job.reconcile(settled: settled, missing: missing)
    summary.found += settled.count
    summary.missing += missing.count
    report(settled.map { session.settings.completed($0) })
  }

  /// Waits for requests to arrive, or for the history to change.
  private mutating func pause(for reasons: [UnresolvedReason]) throws {
    let seconds = reasons.compactMap { if case .mayStillArrive(let seconds) = $0 { seconds } else { nil } }.max()
    guard let seconds else { return try session.pause(.seconds(1)) }
    session.context.note(Notes.settling(.seconds(seconds), reasons.count))
    try session.pause(.seconds(seconds))
    waited += .seconds(seconds)
  }
}

extension Duration {
  /// Whole seconds, rounded up.
  fileprivate var wholeSeconds: Int64 { components.seconds + (components.attoseconds > 0 ? 1 : 0) }
}

extension JobMessage {
  /// The row's message, with what the provider's history says about it.
  fileprivate func settled(by record: MessageRecord) -> MessageRecord {
    var settled = record
    (settled.row, settled.to, settled.body) = (row, message.to.e164, message.body)
    // The provider has the message. Even if it doesn't know the status, the message must not be sent again.
    if settled.status == .unknown { settled.status = .accepted }
    return settled
  }
}

/// The results of a reconciliation, as counts and reasons.
private struct Summary {
  var found = 0
  var missing = 0
  /// Rows that stay unknown, by the reason.
  private var unclear: [UnresolvedReason: [Int]] = [:]

  let parts: RowParts

  init(_ parts: RowParts) {
    self.parts = parts
  }

  mutating func count(_ rows: [(row: JobMessage, reason: UnresolvedReason)]) {
    for (row, reason) in rows { count(rows: [parts.origin(of: row.row).row], reason) }
  }

  mutating func count(rows: [Int], _ reason: UnresolvedReason) { unclear[reason, default: []] += rows }

  func lines(_ provider: String) -> [String] {
    let count = unclear.values.reduce(0) { $0 + $1.count }
    // If it was interrupted before any conclusion, there is nothing to report.
    guard found + missing + count > 0 else { return [] }
    let counts =
      "checked \(counted(found + missing + count, "unknown message")) with \(provider): \(found) found, \(missing) missing (to be sent), \(count) still unknown"
    let reasons = unclear.sorted { $0.value[0] < $1.value[0] }
    return [counts] + reasons.map { "\(Self.rows($0.value)) unknown: \($0.key.words)" }
  }

  private static func rows(_ rows: [Int]) -> String {
    let shown = rows.prefix(5).map(String.init).joined(separator: ", ")
    let rest = rows.count > 5 ? " and \(rows.count - 5) more" : ""
    return rows.count == 1 ? "row \(shown) stays" : "rows \(shown)\(rest) stay"
  }
}

extension Notes {
  fileprivate static func settling(_ time: Duration, _ messages: Int) -> String {
    "waiting \(time.words) before resending \(counted(messages, "message")): a late request may still arrive (--settle)"
  }
}

extension Reconciliation {
  /// The notes during and after a reconciliation.
  static var examples: [String] {
    var summary = Summary(RowParts())
    (summary.found, summary.missing) = (3, 2)
    for (index, reason) in UnresolvedReason.examples.enumerated() { summary.count(rows: [index + 1], reason) }
    summary.count(rows: Array(40...46), .otherText)
    return [Notes.settling(.seconds(90), 2)] + summary.lines("Sendapp")
  }
}
