import Platform

/// A ledger that was opened and is trusted: the parts of a `Ledger`.
struct LedgerOpening {
  let database: Database
  /// Nil if there is no lock file and none can be created.
  let locks: JobLocks?
  let stamp: LedgerStamp
  /// Why it can only be read; nil if it can be written.
  let readOnlyReason: LedgerError?

  /// Opens the ledger in a directory, creating both if missing; if they can't be written, for reading.
  init(folder: String) throws(LedgerError) {
    do throws(LedgerError) {
      try self.init(writing: folder)
    } catch let error where error.mayBeForReading {
      do throws(LedgerError) {
        try self.init(reading: folder, error)
      } catch let other {
        throw other.isDamage ? other : error
      }
    }
  }

  private init(writing folder: String) throws(LedgerError) {
    let path = Ledger.path(in: folder)
    let locks: JobLocks
    do throws(SystemError) {
      try Files.makeFolders(folder)
      locks = try JobLocks(folder: folder, canWrite: true)
    } catch {
      throw .unusable(error, folder: folder)
    }
    let check = LedgerGuard(path: path, locks: locks)
    try check.requireLedger()
    do {
      // SQLite gives the files next to it the mode of the database.
      try Files.keepPrivate(path)
    } catch {
      throw .unusable(error, folder: folder)
    }
    let database = try Database(path: path)
    // What is not trusted stays unchanged, and what is not yet marked stays in the log.
    database.keepLogOnClose(true)
    var stamp = try check.check(database)
    try database.execute(LedgerSchema.connection)
    try database.settle(locks, file: Files.mark(path)) { () throws(LedgerError) in
      try Self.adopt(locks, database, &stamp)
    }
    if locks.isInForce { database.keepLogOnClose(false) }
    self.stamp = if let stamp { stamp } else { try database.stamp() }
    (self.database, self.locks, readOnlyReason) = (database, locks, nil)
  }

  /// Makes the lock file valid. Records in the ledger that the file was a copy, as nothing will show that anymore.
  private static func adopt(
    _ locks: JobLocks, _ database: Database, _ stamp: inout LedgerStamp?
  ) throws(LedgerError) {
    var known = if let stamp { stamp } else { try database.stamp() }
    if locks.isCopy(ofLockOf: known.id) {
      try database.setFile("")
      known.file = ""
    }
    locks.adopt(ledger: known.id, writes: known.writes)
    stamp = known
  }

  private init(reading folder: String, _ reason: LedgerError) throws(LedgerError) {
    let path = Ledger.path(in: folder)
    guard Files.identity(path)?.size ?? 0 > 0 else { throw reason }
    locks = try? JobLocks(folder: folder, canWrite: false)
    database = try Self.readable(path)
    try LedgerGuard(path: path, locks: locks, onlyReads: true).check(database)
    stamp = try database.stamp()
    locks?.adopt(ledger: stamp.id, writes: stamp.writes)
    readOnlyReason = reason
  }

  /// Without permission to create files next to it, SQLite reads a database only if no process needs to be locked out.
  private static func readable(_ path: String) throws(LedgerError) -> Database {
    if let database = try? Database(path: path, .readOnly), (try? database.texts("PRAGMA schema_version")) != nil {
      return database
    }
    let hasLog = Files.identity("\(path)-wal")?.size ?? 0 > 0
    return try Database(path: path, hasLog ? .readOnlyUnlocked : .immutable)
  }
}

extension LedgerError {
  /// SQLITE_PERM, SQLITE_READONLY, SQLITE_CANTOPEN.
  fileprivate var mayBeForReading: Bool { [3, 8, 14].contains(code & 0xFF) }
}
