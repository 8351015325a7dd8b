import CSQLite
import Messaging
import Platform

/// What was sent and what is still to be sent, kept on disk for all runs: a database in the state directory.
///
/// Not to be shared between threads; any number of processes may have it open.
public final class Ledger {
  /// A write-ahead log of up to so many bytes is left as it is: reading it again takes less time than writing it back,
  /// for which `send` would wait for the disk as long as for all else that it does.
  private static let shortLog = 1 << 18

  let database: Database
  let now: () -> Timestamp
  /// The database file.
  public let path: String
  /// Nil for a ledger in memory.
  private let locks: JobLocks?

  /// Opens the ledger in a folder, creating both where they are missing, for this user only (0700, 0600).
  ///
  /// Messages that a run left `sending` when it died become `unknown`.
  public init(folder: String, now: @escaping () -> Timestamp) throws(LedgerError) {
    path = Self.path(in: folder)
    self.now = now
    do throws(SystemError) {
      try Files.makeFolders(folder)
      // SQLite gives the files beside it the mode of the database.
      try Files.keepPrivate(path)
      locks = try JobLocks(path: "\(folder)/ledger.lock")
    } catch {
      throw .unusable(error, folder: folder)
    }
    do throws(LedgerError) {
      database = try Database(path: path)
      try database.execute(LedgerSchema.connection)
      try database.migrate()
    } catch {
      throw error.at(path)
    }
    try noteDeadRuns()
  }

  /// A ledger in memory, for a run that is recorded nowhere else.
  public init(inMemory now: @escaping () -> Timestamp) throws(LedgerError) {
    (path, locks) = (":memory:", nil)
    self.now = now
    database = try Database(path: path)
    for migration in LedgerSchema.migrations { try database.execute(migration) }
  }

  /// Leaves a short write-ahead log as it is when this process ends, for the next to read.
  func leaveShortLog() {
    if let log = Files.status("\(path)-wal"), log.size <= Self.shortLog { database.keepLogOnClose() }
  }

  /// The time as it is kept.
  var seconds: Int { Int(now().unixSeconds) }

  /// Does something with the database; an error names it.
  func access<Value>(_ body: (Database) throws(LedgerError) -> Value) throws(LedgerError) -> Value {
    do throws(LedgerError) {
      return try body(database)
    } catch {
      throw error.path == nil ? error.at(path) : error
    }
  }

  /// Takes a job's lock; false where another process has it.
  func lock(_ job: Int) throws(LedgerError) -> Bool {
    do {
      return try locks?.take(job) ?? true
    } catch {
      throw .unusable(error, folder: path)
    }
  }

  func unlock(_ job: Int) { locks?.release(job) }

  /// Whether another process works on the job.
  func isHeldElsewhere(_ job: Int) -> Bool { locks?.isHeldElsewhere(job) ?? false }
}

extension Database {
  /// Brings the schema up to date, whoever else does so at the same time.
  fileprivate func migrate() throws(LedgerError) {
    let newest = LedgerSchema.migrations.count
    guard try isOlder(than: newest) else { return }
    try useWriteAheadLog()
    try transaction { () throws(LedgerError) in
      guard try isOlder(than: newest) else { return }
      for migration in LedgerSchema.migrations[try version...] { try execute(migration) }
      try execute("PRAGMA user_version = \(newest)")
    }
  }

  private var version: Int {
    get throws(LedgerError) { try numbers("PRAGMA user_version").first ?? 0 }
  }

  private func isOlder(than newest: Int) throws(LedgerError) -> Bool {
    let version = try version
    guard 0...newest ~= version else { throw .otherSchema(version) }
    return version < newest
  }

  /// Written once, it stays so. Of two processes that do so at once, one is told to come back.
  private func useWriteAheadLog() throws(LedgerError) {
    for _ in 0..<1000 {
      do {
        return try execute("PRAGMA journal_mode = WAL")
      } catch let error where error.code & 0xFF == SQLITE_BUSY {
        SystemClock.sleep(for: .milliseconds(10))
      }
    }
    try execute("PRAGMA journal_mode = WAL")
  }
}

extension Ledger {
  /// What runs that died had under way may have been taken or not.
  ///
  /// A process that works on a job locks it before it claims messages. So what is `sending` in a job that is not locked,
  /// while nobody else can write, is nobody's.
  private func noteDeadRuns() throws(LedgerError) {
    try access { (database) throws(LedgerError) in
      // Where there are none nothing is written, so that nobody waits for a process that was stopped while it wrote.
      guard try !deadJobs.isEmpty else { return }
      try database.transaction { () throws(LedgerError) in
        for job in try deadJobs { try noteDead(job) }
      }
    }
  }

  private var deadJobs: [Int] {
    get throws(LedgerError) { try database.numbers(JobSQL.sending).filter { !isHeldElsewhere($0) } }
  }

  /// Notes, within a transaction, that no process works on a job: what it has under way is `unknown`, and what nobody can
  /// go on with is forgotten.
  func noteDead(_ job: Int) throws(LedgerError) {
    try database.run(JobSQL.abandon, [":job": job])
    try database.run(JobSQL.forgetPlanned, [":job": job])
    try database.run(JobSQL.recount, [":job": job])
    try database.run(JobSQL.finish, [":job": job, ":now": seconds])
  }
}
