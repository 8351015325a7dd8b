import Application
import Configuration
import Delivery
import Ledger
import Messaging

/// Asks the provider about the messages of a job whose outcome is unknown, and notes what it says.
struct Reconciliation {
  static let capability = Capability("bulk --reconcile") { $0 is any HistoryKeeping.Type }
  /// Messages that are asked about at a time.
  private static let pageSize = 5000
  /// How far the provider's clock may be behind ours, in seconds.
  private static let clockTolerance: Int64 = 3600
  /// A request that was under way when its run died gets that long to arrive.
  private static let settlingTime: Int64 = 5

  let session: ProviderSession
  let provider: any HistoryKeeping
  let ledger: Ledger
  let job: LedgerJob
  /// Sees each message of which the provider knows what became.
  let report: ([MessageRecord]) -> Void
  private var counts = (taken: 0, missing: 0, unclear: 0)

  init(
    _ session: ProviderSession, _ ledger: Ledger, _ job: LedgerJob, report: @escaping ([MessageRecord]) -> Void
  ) throws {
    self.session = session
    self.ledger = ledger
    self.job = job
    self.report = report
    provider = try session.role { $0 as? any HistoryKeeping }
  }

  /// Asks about all of them; what the provider surely does not have is planned again.
  mutating func run() throws {
    var last = 0
    while true {
      let rows = try job.unknown(after: last, limit: Self.pageSize)
      guard let end = rows.last else { break }
      try letArrive(rows)
      try reconcile(rows)
      last = end.row
    }
    session.context.note(words)
  }

  private func letArrive(_ rows: [JobMessage]) throws {
    let latest = rows.compactMap(\.leftAt).max()?.unixSeconds ?? 0
    let rest = latest + Self.settlingTime - session.context.environment.now().unixSeconds
    if rest > 0 { try session.pause(.seconds(min(rest, Self.settlingTime))) }
  }

  private mutating func reconcile(_ rows: [JobMessage]) throws {
    var match = try HistoryMatch(try history(of: rows), in: ledger, of: session.account)
    var (settled, missing): ([MessageRecord], [Int]) = ([], [])
    for (row, finding) in zip(rows, try findings(of: rows, in: &match)) {
      switch finding {
      case .taken(let record): settled.append(row.settled(by: record))
      case .missing: missing.append(row.row)
      case .unclear: counts.unclear += 1
      }
    }
    try job.reconcile(settled: settled, missing: missing)
    report(settled.map { session.settings.completed($0) })
    counts.taken += settled.count
    counts.missing += missing.count
  }

  private func findings(
    of rows: [JobMessage], in match: inout HistoryMatch
  ) throws -> [HistoryMatch.Finding] {
    let sought = try rows.map { row in
      let isOnlyOne = try !job.hasOtherMessage(to: row.message.to, than: row.row)
      return HistoryMatch.Sought(number: row.message.to, body: row.message.body, isOnlyOne: isOnlyOne)
    }
    return match.findings(of: sought)
  }

  /// All that the provider knows of the time since shortly before the first of them left.
  private func history(of rows: [JobMessage]) throws -> [MessageRecord] {
    // A time that is still to come is from a clock that was set back since.
    let now = session.context.environment.now()
    let first = min(rows.compactMap(\.leftAt).min() ?? Timestamp(unixSeconds: Self.clockTolerance), now)
    let numbers = Set(rows.map(\.message.to))
    let questions = provider.historyQuestions(
      about: numbers.sorted { $0.e164 < $1.e164 }, since: first.adding(seconds: -Self.clockTolerance))
    var records: [MessageRecord] = []
    for question in questions { records += try answer(to: question) }
    return records
  }

  private func answer(to question: HistoryQuestion) throws -> [MessageRecord] {
    var attempts = 0
    while true {
      attempts += 1
      do {
        var reader = MessageReader(session, provider)
        return try reader.records(question.query)
      } catch {
        guard let failure = (error as? ProviderFailure)?.error else { throw error }
        if question.refusalMeansNone, failure.kind == .refused { return [] }
        // A question, unlike a message, can be put again when no whole answer came.
        guard failure.leavesOutcomeUnknown, attempts <= session.settings.retries else { throw error }
        try session.pause(.milliseconds(250 * attempts))
      }
    }
  }

  private var words: String {
    let parts = [
      "\(counts.taken) found with \(session.settings.descriptor.title)", "\(counts.missing) not there, to be sent",
      "\(counts.unclear) still unknown",
    ]
    return "unknown messages: " + parts.joined(separator: ", ")
  }
}

extension HistoryMatch {
  fileprivate init(_ history: [MessageRecord], in ledger: Ledger, of account: Account) throws {
    let known = try ledger.known(Set(history.compactMap(\.id)), of: account)
    self.init(history) { known.contains($0) }
  }
}

extension JobMessage {
  /// The row's message with what the provider's history says of it.
  fileprivate func settled(by record: MessageRecord) -> MessageRecord {
    var settled = record
    (settled.row, settled.to, settled.body) = (row, message.to.e164, message.body)
    // It is there: that the provider knows no more of it does not make it a message that may have to be sent again.
    if settled.status == .unknown { settled.status = .accepted }
    return settled
  }
}
