import Platform

/// Judges whether a ledger is what it was: by its lock file, which counts its writes, and by its write-ahead log.
///
/// SQLite drops a log from the first bad checksum on without a word, and so would forget what was sent.
struct LedgerGuard {
  let path: String
  /// Nil where there is no lock file, and none can be made.
  let locks: JobLocks?
  /// Whether the ledger is to be read only: then it may do without a lock file.
  var onlyReads = false

  /// To be asked before SQLite sees the files: it makes what is missing, and removes the log of an empty database.
  func requireLedger() throws(LedgerError) {
    guard Files.identity(path)?.size ?? 0 == 0 else { return }
    let hasLog = Files.identity("\(path)-wal")?.size ?? 0 > 0
    guard telling(locks?.record()) == nil, !hasLog else { throw .missingLedger(path) }
  }

  /// To be asked before anything is written. What the ledger says of itself; nil for one of version 1, or none yet.
  @discardableResult
  func check(_ database: Database) throws(LedgerError) -> LedgerStamp? {
    // In this order: whoever makes a ledger writes first the lock file, then the mark; and the ledger before the lock file.
    let isMarked = database.isMarked
    let lock = locks?.record()
    guard lock != nil || !isMarked || onlyReads else { throw .missingLock(lockPath) }
    try requireWhole(database)
    let record = telling(lock)
    let version = try database.requireOurs(path)
    let stamp = version >= LedgerSchema.firstWithStamp ? try database.stamp(version) : nil
    if let record {
      guard let stamp else { throw .lostWrites(record.writes, path) }
      guard record.ledger == stamp.id else { throw .otherLedger(path) }
      guard record.writes <= stamp.writes else { throw .lostWrites(record.writes - stamp.writes, path) }
      guard record.writes < stamp.writes else { return stamp }
    }
    try checkLog(database, hasRecord: record != nil)
    return stamp
  }

  func believes(_ database: Database) -> Bool {
    do throws(LedgerError) {
      try check(database)
      return true
    } catch {
      return false
    }
  }

  /// SQLite asks the log how long the file is, which says nothing of the file. A run that was killed while it wrote the log
  /// back leaves a file that is too short, too; then all that is missing is in the log.
  private func requireWhole(_ database: Database) throws(LedgerError) {
    guard let header = DatabaseHeader(of: database), header.size > Files.identity(path)?.size ?? 0 else { return }
    guard try database.texts("PRAGMA quick_check(1)") == ["ok"] else { throw .cut(path) }
  }

  /// One that counts nothing is of a ledger in which nothing was noted yet.
  private func telling(_ record: LockRecord?) -> LockRecord? { record.flatMap { $0.writes > 0 ? $0 : nil } }

  private var lockPath: String { locks?.path ?? "\(path.dropLast(3))lock" }

  /// Looks for transactions behind damage. Where the lock file is there, one of them may be what a power cut left of the
  /// last, of which nothing had come yet.
  private func checkLog(_ database: Database, hasRecord: Bool) throws(LedgerError) {
    let innocent = hasRecord ? 1 : 0
    guard WriteAheadLog.lostTransactions("\(path)-wal") > innocent else { return }
    // Somebody may have been writing it. Now nobody does.
    if database.isWritable { try database.execute("BEGIN IMMEDIATE") }
    defer { if database.isWritable { try? database.execute("ROLLBACK") } }
    guard WriteAheadLog.lostTransactions("\(path)-wal") <= innocent else { throw .damagedLog("\(path)-wal") }
  }
}

/// What a ledger says of itself.
struct LedgerStamp: Hashable {
  /// Its own random number, in hexadecimal.
  var id: String
  /// Writes to it so far.
  var writes: Int
  /// The mark that its file had when it was made, or when it was last believed; empty where it was seen elsewhere since.
  var file: String?

  /// Whether a file is another one than it was in.
  func isMoved(to mark: FileMark?) -> Bool { file.map { mark?.matches($0) != true } ?? false }
}

extension Database {
  /// Of a ledger of some version; throws where it is damaged.
  func stamp(_ version: Int = LedgerSchema.migrations.count) throws(LedgerError) -> LedgerStamp {
    let isWhole = version >= LedgerSchema.firstWithSums ? DigestedTable.ledger.isWhole() : "1"
    let select = try prepare("SELECT hex(id) AS id, writes, file, " + isWhole + " AS is_whole FROM ledger")
    guard try select.next(), select.int("is_whole") == 1, let id = select.text("id"), let writes = select.int("writes")
    else { throw .damagedTable(DigestedTable.ledger.name) }
    return LedgerStamp(id: id, writes: writes, file: select.text("file"))
  }

  /// The version of a ledger that this program can go on with, 0 for an empty file.
  ///
  /// By its header; files of version 1 have no mark there, but tables of these names.
  func requireOurs(_ path: String) throws(LedgerError) -> Int {
    if try number("PRAGMA application_id") == LedgerSchema.applicationID { return try knownVersion }
    try execute("BEGIN")
    defer { try? execute("COMMIT") }
    let mark = try number("PRAGMA application_id")
    if mark == LedgerSchema.applicationID { return try knownVersion }
    let version = try number("PRAGMA user_version")
    let tables = Set(try texts("SELECT name FROM sqlite_schema WHERE type = 'table'"))
    let isEmpty = version == 0 && tables.isEmpty
    guard mark == 0, isEmpty || version == 1 && tables.isSuperset(of: ["job", "message"]) else { throw .foreign(path) }
    return version
  }

  private var knownVersion: Int {
    get throws(LedgerError) {
      let version = try number("PRAGMA user_version")
      guard 1...LedgerSchema.migrations.count ~= version else { throw .otherSchema(version) }
      return version
    }
  }

  private func number(_ sql: String) throws(LedgerError) -> Int { try numbers(sql).first ?? 0 }
}
