import Messaging

/// A job of the ledger that this process, and no other, works on until the object goes.
///
/// What a turn changes is written as a whole, and on the disk when the call returns.
public final class LedgerJob {
  public let name: String
  /// Whether it was begun by this run.
  public let isNew: Bool
  /// What became of its rows so far.
  public private(set) var counts: JobCounts

  private let ledger: Ledger
  private let id: Int
  private let options: SendOptions
  private let select: Statement
  private let claim: Statement
  private let release: Statement
  private let settle: Statement
  private let replan: Statement
  private let count: Statement

  /// Takes over a job whose lock is held.
  init(_ entry: JobEntry, of ledger: Ledger, isNew: Bool) throws(LedgerError) {
    self.ledger = ledger
    self.isNew = isNew
    (id, name, options, counts) = (entry.id, entry.name, entry.options, entry.counts)
    (select, claim, release, settle, replan, count) = try ledger.access { (database) throws(LedgerError) in
      (
        try database.prepare(MessageSQL.rows), try database.prepare(MessageSQL.claim),
        try database.prepare(MessageSQL.release), try database.prepare(MessageSQL.settle),
        try database.prepare(MessageSQL.replanOne), try database.prepare(JobSQL.count)
      )
    }
    if !isNew { try noteDeadRun() }
  }

  deinit {
    ledger.locks.release(id)
  }

  /// Up to `limit` rows with that status after the one numbered `row`, in order.
  public func rows(_ status: MessageStatus, after row: Int = 0, limit: Int = 256) throws(LedgerError) -> [JobRow] {
    try access { (_) throws(LedgerError) in
      try select.bind(1, key(row))
      try select.bind(2, key(0) + 1 << 32)
      try select.bind(3, status.rawValue)
      try select.bind(4, limit)
      var page: [JobRow] = []
      try select.read { page.append(JobRow(select, options)) }
      return page
    }
  }

  /// Writes what a turn changed, all of it or nothing.
  public func apply(_ changes: RowChanges) throws(LedgerError) {
    var counts = counts
    try transaction { () throws(LedgerError) in
      for record in changes.settled { try write(record, &counts) }
      for row in changes.released { try move(row, by: release, &counts.sending, &counts.planned) }
      for rows in changes.claimed.runs { try claim(rows, &counts) }
      try note(counts)
    }
    self.counts = counts
  }
}

// MARK: - Rows whose outcome is unknown

extension LedgerJob {
  /// Has all that is unknown be sent again; how many that is.
  public func replanUnknown() throws(LedgerError) -> Int {
    var replanned = 0
    try transaction { () throws(LedgerError) in
      try ledger.database.run(MessageSQL.replan, id)
      replanned = ledger.database.changes
      guard replanned > 0 else { return }
      try ledger.database.run(JobSQL.recount, id)
      try ledger.database.run(JobSQL.reopen, id)
    }
    counts.unknown -= replanned
    counts.planned += replanned
    return replanned
  }

  /// Notes what a provider said of unknown rows: outcomes, and rows that it surely does not have, to be sent again.
  public func reconcile(settled: [MessageRecord], missing: [Int]) throws(LedgerError) {
    var counts = counts
    try transaction { () throws(LedgerError) in
      counts.sending += settled.count
      counts.unknown -= settled.count
      for record in settled { try write(record, &counts) }
      for row in missing { try move(row, by: replan, &counts.unknown, &counts.planned) }
      if counts.planned > 0 { try ledger.database.run(JobSQL.reopen, id) }
      try note(counts)
    }
    self.counts = counts
  }
}

// MARK: - Writing

extension LedgerJob {
  func key(_ row: Int) -> Int { MessageKey(job: id, row: row).rawValue }

  private func access<Value>(_ body: (Database) throws(LedgerError) -> Value) throws(LedgerError) -> Value {
    try ledger.access(body)
  }

  private func transaction(_ body: () throws(LedgerError) -> Void) throws(LedgerError) {
    try access { (database) throws(LedgerError) in try database.transaction(body) }
  }

  private func write(_ record: MessageRecord, _ counts: inout JobCounts) throws(LedgerError) {
    try settle.bind(record, key: key(record.row ?? 0))
    try settle.run()
    try requireChanged(record.row)
    counts.sending -= 1
    counts.count(record.status)
  }

  private func claim(_ rows: ClosedRange<Int>, _ counts: inout JobCounts) throws(LedgerError) {
    try claim.bind(1, key(rows.lowerBound))
    try claim.bind(2, key(rows.upperBound))
    try claim.bind(3, ledger.seconds)
    try claim.run()
    try requireChanged(rows.lowerBound, count: rows.count)
    (counts.planned, counts.sending) = (counts.planned - rows.count, counts.sending + rows.count)
  }

  private func move(_ row: Int, by statement: Statement, _ from: inout Int, _ to: inout Int) throws(LedgerError) {
    try statement.bind(1, key(row))
    try statement.run()
    try requireChanged(row)
    (from, to) = (from - 1, to + 1)
  }

  /// What is noted about a row that is not there, or that stands elsewhere, would be lost in silence.
  private func requireChanged(_ row: Int?, count: Int = 1) throws(LedgerError) {
    guard ledger.database.changes == count else { throw .damagedRow(row ?? 0) }
  }

  private func note(_ new: JobCounts) throws(LedgerError) {
    try count.bind(1, id)
    try count.bind(2, new.planned - counts.planned)
    try count.bind(3, new.sending - counts.sending)
    try count.bind(4, new.accepted - counts.accepted)
    try count.bind(5, new.failed - counts.failed)
    try count.bind(6, new.unknown - counts.unknown)
    try count.bind(7, new.skipped - counts.skipped)
    try count.run()
    if new.pending == 0 { try ledger.database.run(JobSQL.finish, id, ledger.seconds) }
  }

  private func noteDeadRun() throws(LedgerError) {
    try transaction { () throws(LedgerError) in try ledger.noteDead(id) }
    // It may have been forgotten between its being found and its being locked.
    guard let entry = try ledger.entry(named: name) else { throw .forgotten(name) }
    counts = entry.counts
  }
}

extension [Int] {
  /// The rows as runs of one after the other: most are claimed in their order.
  fileprivate var runs: [ClosedRange<Int>] {
    reduce(into: []) { runs, row in
      if let last = runs.last, last.upperBound + 1 == row {
        runs[runs.count - 1] = last.lowerBound...row
      } else {
        runs.append(row...row)
      }
    }
  }
}

extension JobCounts {
  /// Counts a message that has its outcome.
  mutating func count(_ status: MessageStatus) {
    switch status {
    case .failed, .canceled: failed += 1
    case .unknown: unknown += 1
    default: accepted += 1
    }
  }
}
