import Platform

/// A ledger that was opened and is trusted: the parts of a `Ledger`.
struct OpenedLedger {
  let database: Database
  /// Nil if there is no lock file and none can be created.
  let locks: JobLocks?
  let stamp: LedgerMetadata
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
    let check = LedgerVerifier(path: path, locks: locks)
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
    _ locks: JobLocks, _ database: Database, _ stamp: inout LedgerMetadata?
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
    try LedgerVerifier(path: path, locks: locks, onlyReads: true).check(database)
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

/// The ledger's files at the time of opening: if one of them is replaced, further writes would be lost.
struct LedgerFiles {
  let path: String
  private let database: FileIdentity?
  private let log: FileIdentity?
  /// The index of the log, which all processes share. With separate indexes, they would overwrite each other's frames.
  private let index: FileIdentity?
  /// The minimum size of the index in bytes: it is mapped into memory, so the process would die (SIGBUS) if it shrank.
  private let indexSize: Int64
  /// The sizes of both, in bytes, after the last write.
  private var sizes: (database: Int64, log: Int64)

  /// Records which files they are; the write-ahead log exists once the database has been read.
  init(path: String) {
    self.path = path
    let (database, log) = (Files.identity(path), Files.identity("\(path)-wal"))
    let index = Files.identity("\(path)-shm")
    (self.database, self.log, self.index) = (database?.file, log?.file, index?.file)
    indexSize = index?.size ?? 0
    sizes = (database?.size ?? 0, log?.size ?? 0)
  }

  /// Throws if a path now leads to another file or none, or if a file was truncated.
  func requireInPlace() throws(LedgerError) {
    let (database, log) = (Files.identity(path), Files.identity("\(path)-wal"))
    guard database?.file == self.database else { throw .replaced(path) }
    guard self.log == nil || log?.file == self.log else { throw .replaced("\(path)-wal") }
    if let index {
      let now = Files.identity("\(path)-shm")
      guard now?.file == index, now?.size ?? 0 >= indexSize else { throw .replaced("\(path)-shm") }
    }
    // SQLite would remove the log of an empty database.
    guard database?.size ?? 0 > 0 || sizes.database == 0 else { throw .replaced(path) }
    if database?.size ?? 0 < sizes.database || log?.size ?? 0 < sizes.log { try requireReadable() }
  }

  /// Records the sizes of the files after a write.
  mutating func noteWrite() {
    sizes = (Files.identity(path)?.size ?? 0, Files.identity("\(path)-wal")?.size ?? 0)
  }

  /// Another program may have written the log back, or shrunk the database, without losing anything.
  private func requireReadable() throws(LedgerError) {
    do throws(LedgerError) {
      let database = try Database(path: path, .existing)
      database.keepLogOnClose(true)
      if try database.texts("PRAGMA quick_check(1)") == ["ok"] { return }
    } catch {}
    throw .replaced(path)
  }
}
