import Messaging
import Platform

/// What was sent and what remains to be sent, stored for all runs in a database in the state directory.
///
/// Not thread-safe; any number of processes may have it open.
public final class Ledger {
  /// In bytes. A write-ahead log up to this size is left in place: reading it again is faster than writing it back,
  /// when `send` would wait for the disk as long as for everything else it does.
  private static let shortLog = 1 << 18

  let database: Database
  let now: () -> Timestamp
  /// The database file.
  public let path: String
  /// Nil for a ledger in memory.
  private let locks: JobLocks?
  private let readOnlyReason: LedgerError?
  private let id: String
  /// Whether the file is a copy of the one that was last trusted.
  let isMoved: Bool
  private var files: LedgerFiles?
  private lazy var writeCounter = Result { () throws(LedgerError) in try WriteCounter(database) }

  /// Opens the ledger in a directory. Creates both if missing, for this user only (0700, 0600). If it can't be
  /// written, it can be read, and writing fails with the reason.
  ///
  /// Messages that a dead run left as `sending` become `unknown`. Throws if state files are damaged or inconsistent.
  public init(folder: String, now: @escaping () -> Timestamp) throws(LedgerError) {
    path = Self.path(in: folder)
    self.now = now
    do throws(LedgerError) {
      let opening = try OpenedLedger(folder: folder)
      (database, locks, readOnlyReason) = (opening.database, opening.locks, opening.readOnlyReason)
      id = opening.stamp.id
      files = LedgerFiles(path: path)
      isMoved = opening.stamp.isMoved(to: Files.mark(path))
    } catch {
      throw error.inside(path)
    }
    guard readOnlyReason == nil else { return }
    try noteDeadRuns()
  }

  /// A ledger in memory, for a run that is not recorded anywhere.
  public init(inMemory now: @escaping () -> Timestamp) throws(LedgerError) {
    (path, locks, readOnlyReason, id, isMoved) = (":memory:", nil, nil, "", false)
    self.now = now
    database = try Database(path: path)
    try database.makeTables(from: 0)
  }

  /// Leaves a short write-ahead log for the next process to read, instead of writing it back at exit.
  func leaveShortLog() {
    if let log = Files.status("\(path)-wal"), log.size <= Self.shortLog { database.keepLogOnClose(true) }
  }

  /// The current time as it is stored.
  var seconds: Int { Int(now().unixSeconds) }

  /// Runs `body` with the database; an error names its file.
  func access<Value>(_ body: (Database) throws(LedgerError) -> Value) throws(LedgerError) -> Value {
    do throws(LedgerError) {
      return try body(database)
    } catch {
      throw error.inside(path)
    }
  }

  /// Takes a job's lock; false if another process has it.
  func lock(_ job: Int) throws(LedgerError) -> Bool {
    if let readOnlyReason { throw readOnlyReason }
    return try locks?.take(job) ?? true
  }

  func unlock(_ job: Int) { locks?.release(job) }

  /// Whether another process is working on the job.
  func isHeldElsewhere(_ job: Int) -> Bool { locks?.isHeldElsewhere(job) ?? false }
}

// MARK: - Writing

extension Ledger {
  /// Writes the changes of `body` together, or none of them if it throws; meanwhile, no other process can write. Then
  /// counts the write in `ledger.lock`, so that its loss would be noticed.
  ///
  /// `other` is a connection with this ledger attached. With `claims`, messages are about to leave; anything else may
  /// be recorded even if the lock file has been replaced.
  @discardableResult
  func transaction<Value>(
    on other: Database? = nil, claims: Bool = true, _ body: () throws(LedgerError) -> Value
  ) throws(LedgerError) -> Value {
    if let readOnlyReason { throw readOnlyReason }
    try requireInPlace()
    if claims { try locks?.requireInPlace() }
    var writes = 0
    let database = other ?? database
    defer { database.sums.reset() }
    let value = try database.transaction { () throws(LedgerError) in
      let counter = try counter(on: other)
      writes = try counter.next
      try requireWrites(before: writes)
      let value = try body()
      try counter.count()
      return value
    }
    try noteWrites(writes, isRequired: claims)
    return value
  }

  /// Throws if one of the files isn't the one that was opened; nothing more is done with any of them then.
  func requireInPlace() throws(LedgerError) {
    do throws(LedgerError) {
      try files?.requireInPlace()
    } catch {
      database.keepLogOnClose(true)
      throw error
    }
  }

  private func counter(on other: Database?) throws(LedgerError) -> WriteCounter {
    guard let other else { return try writeCounter.get() }
    return try WriteCounter(other)
  }

  /// Called while no other process can write, so the lock file can't be ahead of the ledger unless writes were lost.
  private func requireWrites(before writes: Int) throws(LedgerError) {
    guard let record = locks?.record(), record.ledger == id, record.writes >= writes else { return }
    throw .lostWrites(record.writes - writes + 1, path)
  }

  private func noteWrites(_ writes: Int, isRequired: Bool) throws(LedgerError) {
    files?.noteWrite()
    do {
      try locks?.note(ledger: id, writes: writes)
    } catch  where isRequired {
      throw .unusable(error, folder: path)
    } catch {
      // What was written still counts.
    }
  }
}

/// Counts each write to a ledger as part of it, and updates the sums (`DigestedTable.sum`).
private struct WriteCounter {
  private let updating: Statement
  private let select: Statement

  init(_ database: Database) throws(LedgerError) {
    updating = try database.prepare(StampSQL.countWrite)
    select = try database.prepare(StampSQL.nextWrite)
  }

  /// Returns the number of this write.
  var next: Int {
    get throws(LedgerError) {
      var writes = 0
      try select.read { writes = select.numbers[0] }
      return writes
    }
  }

  /// Must be called at the end of the write.
  func count() throws(LedgerError) { try updating.run() }
}

private enum StampSQL {
  static let countWrite = DigestedTable.ledger.updating([("writes", "writes + 1")] + DigestedTable.updatingSums)
  static let nextWrite = "SELECT writes + 1 FROM ledger"
}

// MARK: - Dead runs

extension Ledger {
  /// Marks messages that dead runs left `sending` as unknown, as they may have been accepted or not.
  ///
  /// A process locks a job before it claims messages of it. So while no other process can write, `sending` messages in
  /// an unlocked job belong to no process.
  private func noteDeadRuns() throws(LedgerError) {
    try access { (database) throws(LedgerError) in
      // If there are none, nothing is written, so as not to wait for a process that was suspended while writing.
      guard try !deadJobs.isEmpty else { return }
      try transaction { () throws(LedgerError) in
        for job in try deadJobs { try noteDead(job) }
      }
    }
  }

  private var deadJobs: [Int] {
    get throws(LedgerError) { try database.numbers(JobSQL.sending).filter { !isHeldElsewhere($0) } }
  }

  /// Throws if this is a copy, as it is unknown what was begun with the original since the copy was made.
  func requireHome(job: String? = nil) throws(LedgerError) {
    if isMoved { throw .moved(path, job: job) }
  }

  /// Records, within a transaction, that no process is working on a job: its `sending` messages become `unknown`, and
  /// planned ones are deleted if it can't be resumed.
  func noteDead(_ job: Int) throws(LedgerError) {
    guard try database.hasRowsAsCounted(ofJob: job) else { throw .damagedStatus(job: job) }
    try database.run(JobSQL.abandon, [":job": job])
    try database.run(JobSQL.forgetPlanned, [":job": job])
    try database.recount(job)
    try database.run(JobSQL.finish, [":job": job, ":now": seconds])
  }
}

extension Database {
  /// Counts a job's rows again, within a transaction.
  func recount(_ job: Int, _ sql: String = JobSQL.setCounts) throws(LedgerError) {
    let counts = try rowCounts(ofJob: job)
    let update = try prepare(sql)
    try update.bind(counts.numbers)
    try update.bind([":job": job])
    try update.run()
  }

  /// Whether a job has the rows it has counted. Rows with an invalid status aren't counted, and damage may hide rows.
  func hasRowsAsCounted(ofJob job: Int) throws(LedgerError) -> Bool { try miscounted(of: [job]).isEmpty }

  /// Returns the jobs among these whose rows don't match their counts.
  func miscounted(of jobs: [Int]) throws(LedgerError) -> [Int] {
    let (found, noted) = (try prepare(JobSQL.rowCounts), try prepare(JobSQL.notedCounts))
    var miscounted: [Int] = []
    for job in jobs where try !isCounted(job, found, noted) { miscounted.append(job) }
    return miscounted
  }

  private func isCounted(_ job: Int, _ rows: Statement, _ noted: Statement) throws(LedgerError) -> Bool {
    var (found, expected): (RowTally?, RowTally?)
    try rows.bind([":job": job])
    try rows.read { found = RowTally(rows) }
    try noted.bind([":job": job])
    try noted.read {
      expected = RowTally(noted)
      // The planned rows of a job that can't be resumed are counted as `sending`.
      guard noted.int("is_final") == 1 else { return }
      found?.mergePlanned()
      expected?.mergePlanned()
    }
    guard expected != nil else { throw .damagedJob }
    return found == expected
  }

  private func rowCounts(ofJob job: Int) throws(LedgerError) -> RowTally {
    let select = try prepare(JobSQL.rowCounts)
    try select.bind([":job": job])
    return try select.next() ? RowTally(select) : RowTally()
  }
}

/// The counted rows of a job.
private struct RowTally: Equatable {
  var counts = JobCounts()
  /// Rows with any status.
  var all = 0

  init() {}

  init(_ row: Statement) {
    counts = JobCounts(row)
    all = row.int("rows") ?? 0
  }

  mutating func mergePlanned() {
    // Damaged counts can be any numbers, so their sum may overflow.
    (counts.planned, counts.sending) = (0, counts.planned &+ counts.sending)
  }

  var numbers: KeyValuePairs<StaticString, Int?> {
    [
      ":planned": counts.planned, ":sending": counts.sending, ":accepted": counts.accepted, ":failed": counts.failed,
      ":unknown": counts.unknown, ":skipped": counts.skipped,
    ]
  }
}
