import CSQLite

/// An open SQLite database, closed when the last statement of it is gone.
final class Database {
  /// How long to wait for another process that writes: planning a million rows into the ledger takes some seconds.
  private static let patience: Int32 = 60_000

  /// A name that lives as long as the process, registered once; nil where SQLite has none of its own.
  private static let fileSystem: StaticString? = {
    let name: StaticString = "sms-ledger"
    return csqlite_set_up(UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)) == SQLITE_OK
      ? name : nil
  }()

  private let handle: OpaquePointer

  /// Opens a database. An empty path is a temporary one on disk, `:memory:` one in memory; nobody else sees either, and
  /// both go when they are closed.
  ///
  /// Where it `mustExist`, none is made.
  init(path: String, mustExist: Bool = false) throws(LedgerError) {
    var opened: OpaquePointer?
    let create = mustExist ? 0 : SQLITE_OPEN_CREATE
    let flags = SQLITE_OPEN_READWRITE | create | SQLITE_OPEN_NOMUTEX
    let code = sqlite3_open_v2(path, &opened, flags, Self.fileSystem?.description)
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

  /// Leaves the write-ahead log for the next process to read when this one closes the database last, instead of writing
  /// it back.
  func keepLogOnClose() {
    // Where that can't be had, closing takes longer.
    _ = csqlite_keep_log_on_close(handle)
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

  /// Whether it was opened for writing; without the right to, SQLite opens it for reading.
  var isWritable: Bool { sqlite3_db_readonly(handle, "main") == 0 }

  /// The key of the row that was inserted last.
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

// MARK: - Statements that are run once

extension Database {
  /// Runs one or more statements that return nothing.
  func execute(_ sql: String) throws(LedgerError) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw error(.write) }
  }

  /// Runs one statement that returns nothing; how many rows it changed.
  @discardableResult
  func run(_ sql: String, _ parameters: KeyValuePairs<StaticString, Int?> = [:]) throws(LedgerError) -> Int {
    let statement = try prepare(sql)
    try statement.bind(parameters)
    try statement.run()
    return changes
  }

  /// All numbers that a query returns, row after row.
  func numbers(_ sql: String, _ parameters: KeyValuePairs<StaticString, Int?> = [:]) throws(LedgerError) -> [Int] {
    let statement = try prepare(sql)
    try statement.bind(parameters)
    var numbers: [Int] = []
    while try statement.next() { numbers += statement.numbers }
    return numbers
  }

  /// The texts in the first column of what a query returns.
  func texts(_ sql: String) throws(LedgerError) -> [String] {
    let statement = try prepare(sql)
    var texts: [String] = []
    while try statement.next() { texts.append(statement.text(0) ?? "") }
    return texts
  }

  /// Runs `body` so that what it writes is there as a whole, or not at all when it throws. Nobody else writes meanwhile.
  func transaction<Value>(_ body: () throws(LedgerError) -> Value) throws(LedgerError) -> Value {
    // A transaction that only later wants to write may fail where it can't be repeated.
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
}
