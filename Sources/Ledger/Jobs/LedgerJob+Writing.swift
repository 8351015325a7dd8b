import Messaging

extension LedgerJob {
  /// Writes the changes of a turn, all or none.
  public func apply(_ changes: RowChanges) throws(LedgerError) {
    var counts = counts
    if canBeResumed, !changes.claimed.isEmpty { try ledger.requireHome(job: name.isEmpty ? nil : name) }
    try transaction(claims: !changes.claimed.isEmpty) { () throws(LedgerError) in
      if let unbegun { try begin(unbegun.job, unbegun.rows) }
      for index in changes.settled.indices { try write(changes.settled[index], &counts) }
      if !changes.added.isEmpty { try add(changes.added, &counts) }
      if !changes.released.isEmpty { try release(changes.released, &counts) }
      for row in changes.dropped { try drop(row, &counts) }
      try claim(changes.claimed, &counts)
      try note(counts)
    }
    unbegun = nil
    self.counts = counts
  }

  private func transaction(
    claims: Bool = true, _ body: () throws(LedgerError) -> Void
  ) throws(LedgerError) {
    try ledger.access { (_) throws(LedgerError) in try ledger.transaction(claims: claims, body) }
  }

  private func begin(_ job: NewJob, _ rows: [MessageRecord]) throws(LedgerError) {
    id = try ledger.begin(job, rows, on: ledger.database)
  }

  private func add(_ records: [MessageRecord], _ counts: inout JobCounts) throws(LedgerError) {
    var insert = try inserter()
    try insert.statement.bind(":left_at", ledger.seconds)
    for record in records {
      try insert.write(record, key: key(record.row ?? 0))
      counts.count(record.status)
    }
  }

  private func inserter() throws(LedgerError) -> RecordWriter {
    RecordWriter(try ledger.database.prepare(JobSQL.insertMessage), .all)
  }

  private func write(_ record: MessageRecord, _ counts: inout JobCounts) throws(LedgerError) {
    try settle.write(record, key: key(record.row ?? 0))
    try requireChanged(record.row)
    counts.sending -= 1
    counts.count(record.status)
  }

  private func claim(_ rows: [Int], _ counts: inout JobCounts) throws(LedgerError) {
    var rest = rows[...]
    while let first = rest.first {
      // Most rows are claimed in order, so consecutive ones share a statement.
      let run = zip(first..., rest).prefix { $0 == $1 }.count
      rest = rest.dropFirst(run)
      try claim.bind([":first": key(first).rawValue, ":last": key(first + run - 1).rawValue, ":now": ledger.seconds])
      try claim.run()
      try requireChanged(first, count: run)
      (counts.planned, counts.sending) = (counts.planned - run, counts.sending + run)
    }
  }

  private func move(_ row: Int, by statement: Statement, _ from: inout Int, _ to: inout Int) throws(LedgerError) {
    try statement.bind(":key", key(row).rawValue)
    try statement.run()
    try requireChanged(row)
    (from, to) = (from - 1, to + 1)
  }

  private func release(_ rows: [Int], _ counts: inout JobCounts) throws(LedgerError) {
    let release = try ledger.database.prepare(JobSQL.release)
    for row in rows { try move(row, by: release, &counts.sending, &counts.planned) }
  }

  private func drop(_ row: Int, _ counts: inout JobCounts) throws(LedgerError) {
    try ledger.database.run(JobSQL.drop, [":key": key(row).rawValue])
    try requireChanged(row)
    counts.sending -= 1
  }

  /// A change to a row that is missing, or has another status, would be lost silently.
  private func requireChanged(_ row: Int?, count: Int = 1) throws(LedgerError) {
    guard ledger.database.changes == count else { throw .damagedRow(row ?? 0) }
  }

  private func note(_ new: JobCounts) throws(LedgerError) {
    try Self.add(new - counts, toJob: id, count)
    if new.pending == 0 { try ledger.database.run(JobSQL.finish, [":job": id, ":now": ledger.seconds]) }
  }

  static func add(_ counts: JobCounts, toJob id: Int, _ statement: Statement) throws(LedgerError) {
    try statement.bind([
      ":job": id, ":planned": counts.planned, ":sending": counts.sending, ":accepted": counts.accepted,
      ":failed": counts.failed, ":unknown": counts.unknown, ":skipped": counts.skipped,
    ])
    try statement.run()
  }

  func noteDeadRun() throws(LedgerError) {
    try transaction { () throws(LedgerError) in try ledger.noteDead(id) }
    // It may have been pruned between finding and locking it.
    counts = try ledger.entry(id).counts
  }
}

// MARK: - Rows whose outcome is unknown

extension LedgerJob {
  /// Plans all unknown rows again; returns how many.
  public func replanUnknown() throws(LedgerError) -> Int {
    var replanned = 0
    try transaction { () throws(LedgerError) in
      replanned = try ledger.database.run(JobSQL.replan, [":job": id])
      guard replanned > 0 else { return }
      try ledger.database.recount(id)
      try ledger.database.run(JobSQL.reopen, [":job": id])
    }
    counts.unknown -= replanned
    counts.planned += replanned
    return replanned
  }

  /// Plans all failed rows again; returns how many.
  public func replanFailed() throws(LedgerError) -> Int {
    var replanned = 0
    try transaction { () throws(LedgerError) in
      replanned = try ledger.database.run(JobSQL.replanFailed, [":job": id])
      guard replanned > 0 else { return }
      try ledger.database.recount(id)
      try ledger.database.run(JobSQL.reopen, [":job": id])
    }
    counts.failed -= replanned
    counts.planned += replanned
    return replanned
  }

  /// Records what a provider said of unknown rows: outcomes, and rows it certainly lacks, which are planned again.
  public func reconcile(settled: [MessageRecord], missing: [Int]) throws(LedgerError) {
    var counts = counts
    try transaction { () throws(LedgerError) in
      counts.sending += settled.count
      counts.unknown -= settled.count
      for record in settled { try write(record, &counts) }
      let replan = try ledger.database.prepare(JobSQL.replanOne)
      for row in missing { try move(row, by: replan, &counts.unknown, &counts.planned) }
      if counts.planned > 0 { try ledger.database.run(JobSQL.reopen, [":job": id]) }
      try note(counts)
    }
    self.counts = counts
  }
}

/// The changes of one turn of sending, written together.
public struct RowChanges: Sendable {
  /// Outcomes; each has its `row`.
  public var settled: [MessageRecord] = []
  /// Outcomes of messages in an answer beyond those requested; each has a new `row`.
  public var added: [MessageRecord] = []
  /// Rows whose request certainly was not processed, to be planned again.
  public var released: [Int] = []
  /// Rows for which the provider's answer listed nothing to send.
  public var dropped: [Int] = []
  /// Rows whose request is about to leave.
  public var claimed: [Int] = []

  public init() {}

  public var isEmpty: Bool {
    settled.isEmpty && added.isEmpty && released.isEmpty && dropped.isEmpty && claimed.isEmpty
  }
}

extension JobCounts {
  /// Rows with an outcome.
  public var settled: Int { accepted + failed + unknown }

  /// Counts a message that got an outcome or, with -1, lost it.
  public mutating func count(_ status: MessageStatus, by number: Int = 1) {
    switch status {
    case .failed, .canceled: failed += number
    case .unknown: unknown += number
    default: accepted += number
    }
  }

  static func - (new: Self, old: Self) -> Self {
    var difference = new
    difference.planned -= old.planned
    difference.sending -= old.sending
    difference.accepted -= old.accepted
    difference.failed -= old.failed
    difference.unknown -= old.unknown
    difference.skipped -= old.skipped
    return difference
  }
}

/// The printed records of messages with a key, stored once their status changes: a run with the same key prints the
/// same records, and has the same exit code. A run that waits prints the outcome, which replaces them.
extension LedgerJob {
  /// Returns all of its rows, in order, as they were printed.
  public func printedRecords() throws(LedgerError) -> [MessageRecord] {
    try ledger.access { (database) throws(LedgerError) in
      let select = try database.prepare(PrintedSQL.select)
      try select.bind(LogRange.rows(ofJob: id))
      let reader = LogReader(select)
      var records: [MessageRecord] = []
      while try select.next() {
        let record = reader.record()
        // Rows that a repair found damaged are shown as such.
        guard select.int("is_whole") == 1 || record.errorCode == RepairSQL.damaged else {
          throw .damagedRow(record.row ?? 0)
        }
        records.append(record)
      }
      return records
    }
  }

  /// Notes that its rows have just been printed in their current state.
  public func notePrinted() throws(LedgerError) {
    _ = try ledger.access { (database) throws(LedgerError) in
      try ledger.transaction(claims: false) { () throws(LedgerError) in
        try database.run(PrintedSQL.delete, [":job": id])
      }
    }
  }
}

/// The SQL of printed records.
enum PrintedSQL {
  /// Must be run before a row changes. Each row is stored once, and only with a key; an unknown one is not, as it may
  /// change.
  static let keep = DigestedTable.printed.inserting(
    [("key", "key"), ("record", "record")],
    from: """
      (
        SELECT key, json_object(\(columns.map { "'\($0)', \($0)" }.joined(separator: ", "))) AS record FROM message
        WHERE key = :key AND status <> 'unknown' AND :key >> 32 IN (SELECT job FROM send_key))
      WHERE key NOT IN (SELECT key FROM printed)
      """)

  static let delete = "DELETE FROM printed WHERE key >= :job << 32 AND key < :job + 1 << 32"

  fileprivate static let select = """
    SELECT message.key AS key, \(columns.map(printed).joined(separator: ", ")), left_at, job.name AS job,
      job.provider AS provider, job.profile AS profile, job.created_at AS created_at, 0 AS stays_unsent,
      job.parts AS parts, \(DigestedTable.message.isWhole("message."))
        AND (printed.key IS NULL OR \(DigestedTable.printed.isWhole("printed."))) AS is_whole
    FROM message CROSS JOIN job ON job.id = message.key >> 32 LEFT JOIN printed ON printed.key = message.key
    WHERE message.key > :after AND message.key < :before ORDER BY message.key
    """

  private static let columns = [MessageColumn].all.compactMap(\.column)

  private static func printed(_ column: String) -> String {
    "iif(printed.key IS NULL, message.\(column), json_extract(printed.record, '$.\(column)')) AS \(column)"
  }
}
