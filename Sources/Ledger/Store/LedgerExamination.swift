import CSQLite
import Platform

/// The result of examining a ledger.
public struct LedgerExamination: Hashable, Sendable {
  /// The version it was written by; 0 if it is still empty.
  public var schemaVersion: Int
  /// Whether it has a write-ahead log, with which readers never wait.
  public var usesWriteAheadLog: Bool
  /// Whether this user may write to it.
  public var isWritable: Bool
  /// SQLite's descriptions of the damage.
  public var damages: [String]
  /// What is wrong with single rows, if the database can be read.
  public var rowDamages: [String] = []
  /// Why runs don't trust the files although they can be read.
  public var distrust: LedgerError?
  /// Jobs that can be resumed. With distrust, all their rows may have been sent.
  public var unfinished: [UnfinishedJob]

  public init(
    schemaVersion: Int, usesWriteAheadLog: Bool, isWritable: Bool, damages: [String], distrust: LedgerError? = nil,
    unfinished: [UnfinishedJob] = []
  ) {
    self.schemaVersion = schemaVersion
    self.usesWriteAheadLog = usesWriteAheadLog
    self.isWritable = isWritable
    self.damages = damages
    self.distrust = distrust
    self.unfinished = unfinished
  }
}

/// A job with rows that remain to be sent, as far as the ledger knows.
public struct UnfinishedJob: Hashable, Sendable {
  public var name: String
  /// Rows that are planned or in flight.
  public var pending: Int

  public init(name: String, pending: Int) {
    self.name = name
    self.pending = pending
  }
}

extension Ledger {
  /// The path of the ledger in a directory.
  public static func path(in folder: String) -> String {
    // SQLite would read the name of such a directory as a URI, with parameters that can make it forget everything.
    (folder.hasPrefix("file:") ? "./" : "") + "\(folder)/ledger.db"
  }

  /// The ledger and the files that may exist next to it.
  public static func files(in folder: String) -> [String] {
    let path = path(in: folder)
    return [path, "\(path)-wal", "\(path)-shm", "\(folder)/ledger.lock"]
  }

  /// Examines a ledger without changing or creating anything.
  ///
  /// Reads all of it (`PRAGMA quick_check`). Throws if it can't be opened, was written by a newer version, isn't a
  /// database or belongs to another program, or is missing although its other files exist.
  public static func examine(folder: String) throws(LedgerError) -> LedgerExamination {
    let path = path(in: folder)
    do throws(LedgerError) {
      let locks = try? JobLocks(folder: folder, canWrite: false)
      let check = LedgerVerifier(path: path, locks: locks)
      try check.requireLedger()
      let hasLog = Files.status("\(path)-wal") != nil
      let database = try Database(path: path, .existing)
      if hasLog { database.keepLogOnClose(true) }
      let version = try database.requireOurs(path)
      var condition = try database.condition(version)
      do throws(LedgerError) {
        try check.check(database)
        guard version >= LedgerSchema.firstWithStamp else { return condition }
        condition.unfinished = try database.unfinished
        try database.requireHome(path, locks, condition.unfinished)
        try locks?.requireInForce(ledger: try database.stamp().id)
      } catch {
        condition.note(error)
      }
      guard condition.damages.isEmpty, version >= LedgerSchema.firstWithSums else { return condition }
      do throws(LedgerError) { condition.rowDamages = try database.rowDamages } catch { condition.note(error) }
      return condition
    } catch {
      throw error.inside(path)
    }
  }
}

extension LedgerExamination {
  fileprivate mutating func note(_ error: LedgerError) {
    if error.isOfSchema { damages.append(error.reason) } else { distrust = distrust ?? error }
  }
}

extension Database {
  fileprivate func condition(_ version: Int) throws(LedgerError) -> LedgerExamination {
    let findings = try texts("PRAGMA quick_check(3)")
    return LedgerExamination(
      schemaVersion: version, usesWriteAheadLog: try texts("PRAGMA journal_mode") == ["wal"], isWritable: isWritable,
      damages: findings == ["ok"] ? [] : findings)
  }

  fileprivate var unfinished: [UnfinishedJob] {
    get throws(LedgerError) {
      let select = try prepare(JobSQL.unfinishedCounts)
      var jobs: [UnfinishedJob] = []
      try select.read {
        jobs.append(UnfinishedJob(name: select.text("name") ?? "", pending: select.int("pending") ?? 0))
      }
      return jobs
    }
  }

  fileprivate func requireHome(
    _ path: String, _ locks: JobLocks?, _ unfinished: [UnfinishedJob]
  ) throws(LedgerError) {
    let stamp = try stamp()
    let isCopy = stamp.isMoved(to: Files.mark(path)) || locks?.isCopy(ofLockOf: stamp.id) == true
    if isCopy { throw .moved(path, job: unfinished.first?.name) }
  }
}

/// Why state files can't be trusted; each is SQLITE_CORRUPT (11), and `sms doctor` explains it.
extension LedgerError {
  /// Writes are missing.
  static func lostWrites(_ count: Int, _ path: String) -> LedgerError {
    let writes = count == 1 ? "the last write is" : "the last \(count) writes are"
    return damage(
      "\(writes) missing: the write-ahead log was damaged or removed, or an older copy was restored", path)
  }

  /// A write-ahead log has complete transactions after a damaged one.
  static func damagedLog(_ path: String) -> LedgerError {
    damage("damaged in the middle; everything written after that is lost", path)
  }

  /// The ledger is missing or empty, although there was one.
  static func missingLedger(_ path: String) -> LedgerError {
    damage("empty or missing, although the files next to it show that it was in use", path)
  }

  /// The file is shorter than its header says.
  static func cut(_ path: String) -> LedgerError { damage("truncated; part of it is lost", path) }

  /// The lock file is missing or unreadable, although there must be one.
  static func missingLock(_ path: String) -> LedgerError {
    damage("missing or damaged, so the last writes to the ledger may be lost", path)
  }

  /// There is another ledger in place of this one.
  static func otherLedger(_ path: String) -> LedgerError {
    damage("a different ledger: ledger.lock belongs to another one", path)
  }

  /// The file is a database of another program.
  static func foreign(_ path: String) -> LedgerError {
    damage("not an sms ledger (a database of another program)", path)
  }

  /// A file isn't the one that was opened.
  static func replaced(_ path: String) -> LedgerError {
    damage("removed, replaced, or truncated while in use", path)
  }

  /// The lock file isn't the one that other processes may hold locks on.
  static func lockReplaced(_ path: String) -> LedgerError {
    damage("removed or replaced while another run was active", path)
  }

  /// The ledger was copied, moved or restored, perhaps while a job was unfinished.
  static func moved(_ path: String, job: String?) -> LedgerError {
    let loss =
      job.map { " while job '\($0)' was unfinished; its messages may have been sent since" }
      ?? "; jobs and keys used since then may be missing"
    return damage("moved, copied, or restored\(loss)", path)
  }

  /// A job has missing rows, or rows with a different status than was counted.
  static func damagedStatus(job: Int) -> LedgerError {
    LedgerError(.read, code: 11, reason: "job \(job) has missing rows, or rows whose status was changed")
  }

  /// A table has a row that differs from what was written, or that an index lacks.
  static func damagedTable(_ name: String) -> LedgerError {
    LedgerError(.read, code: 11, reason: "the table '\(name)' has damaged or missing rows")
  }

  /// The file contains triggers or views, which a ledger never has.
  static let foreignParts = LedgerError(.read, code: 11, reason: "contains triggers or views of another program")

  /// A row of the table of keys or jobs can't be read.
  static let damagedKey = LedgerError(.read, code: 11, reason: "contains a damaged key")

  static let damagedJob = LedgerError(.read, code: 11, reason: "contains a damaged job")

  /// The rest of it can't be read, either.
  static func beyondRepair(_ path: String) -> LedgerError { damage("too damaged to read", path) }

  /// Whether the only remedy is a new ledger.
  public var isBeyondRepair: Bool { reason == LedgerError.beyondRepair("").reason }

  private static func damage(_ reason: String, _ path: String) -> LedgerError {
    LedgerError(.read, code: 11, reason: reason, path: path)
  }
}
