import CSQLite

/// An open SQLite database, closed when the last statement of it is gone.
final class Database {
  /// How long to wait for another process that writes; planning a million rows into the ledger takes some seconds.
  private static let patience: Int32 = 60_000

  private let handle: OpaquePointer

  /// Opens a database; an empty path is a temporary one on disk, which nobody else sees and which goes when it is closed.
  ///
  /// Where it `mustExist`, none is made.
  init(path: String, mustExist: Bool = false) throws(LedgerError) {
    var opened: OpaquePointer?
    let create = mustExist ? 0 : SQLITE_OPEN_CREATE
    let code = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READWRITE | create | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let opened else {
      let error = LedgerError(.open, code: code, reason: Self.words(code, of: opened))
      sqlite3_close_v2(opened)
      throw error
    }
    handle = opened
    sqlite3_busy_timeout(handle, Self.patience)
  }

  deinit {
    // Waits for statements that are still alive.
    sqlite3_close_v2(handle)
  }

  /// Has whoever closes the database last leave its write-ahead log, for the next to read, instead of writing it back.
  func keepLogOnClose() {
    // Where that can't be had, closing takes longer.
    _ = csqlite_keep_log_on_close(handle)
  }

  /// Runs one or more statements that return nothing.
  func execute(_ sql: String) throws(LedgerError) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw error(.write) }
  }

  /// Runs `body` so that what it writes is there as a whole, or not at all when it throws; nobody else writes meanwhile.
  func transaction<Value>(_ body: () throws(LedgerError) -> Value) throws(LedgerError) -> Value {
    // A transaction that only later wants to write may fail where it cannot be repeated.
    try execute("BEGIN IMMEDIATE")
    do {
      let value = try body()
      try execute("COMMIT")
      return value
    } catch {
      // Some errors, such as a full disk, have ended it already.
      if sqlite3_get_autocommit(handle) == 0 { try? execute("ROLLBACK") }
      throw error
    }
  }

  /// Compiles one statement, to be run many times.
  func prepare(_ sql: String) throws(LedgerError) -> Statement {
    var compiled: OpaquePointer?
    let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &compiled, nil)
    guard code == SQLITE_OK, let compiled else { throw error(.prepare) }
    return Statement(compiled, of: self)
  }

  /// Rows that the last statement changed.
  var changes: Int { Int(sqlite3_changes64(handle)) }

  /// Whether it was opened to be written; without the right to, SQLite opens it to be read.
  var isWritable: Bool { sqlite3_db_readonly(handle, "main") == 0 }

  /// Key of the row that was inserted last.
  var lastInsertedKey: Int { Int(sqlite3_last_insert_rowid(handle)) }

  /// The error of the call just made.
  func error(_ action: LedgerError.Action) -> LedgerError {
    let code = sqlite3_extended_errcode(handle)
    return LedgerError(action, code: code, reason: Self.words(code, of: handle))
  }

  private static func words(_ code: Int32, of handle: OpaquePointer?) -> String {
    let words = handle.map { sqlite3_errmsg($0) } ?? sqlite3_errstr(code)
    return words.map { String(cString: $0) } ?? ""
  }
}

extension Database {
  /// The numbers that a query returns in its one row; none without a row.
  func numbers(_ sql: String, _ parameters: Int...) throws(LedgerError) -> [Int] {
    let statement = try prepare(sql)
    for (index, parameter) in parameters.enumerated() { try statement.bind(Int32(index + 1), parameter) }
    var numbers: [Int] = []
    try statement.read { numbers = (0..<statement.columnCount).map { statement.int($0) ?? 0 } }
    return numbers
  }

  /// Runs one statement that returns nothing.
  func run(_ sql: String, _ parameters: Int?...) throws(LedgerError) {
    let statement = try prepare(sql)
    for (index, parameter) in parameters.enumerated() { try statement.bind(Int32(index + 1), parameter) }
    try statement.run()
  }
}
