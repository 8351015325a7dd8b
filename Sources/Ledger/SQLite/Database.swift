import CSQLite

/// An open SQLite database, closed when the last statement of it is gone.
final class Database {
  /// What may be done with the file.
  enum Access {
    /// Read and written, and made where it is missing.
    case create
    /// Read and written.
    case existing
    /// Read.
    case readOnly
    /// Read with its write-ahead log although nothing can be made beside them, not even for locks: nobody else must write
    /// them meanwhile.
    case readOnlyUnlocked
    /// The same where there is no log.
    case immutable
  }

  /// How long to wait for another process that writes, in milliseconds: it may have been stopped.
  static let patience: Int32 = 5000

  /// A name that lives as long as the process, registered once; nil where SQLite has none of its own.
  private static let fileSystem: StaticString? = {
    let name: StaticString = "sms-ledger"
    return csqlite_set_up(UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)) == SQLITE_OK
      ? name : nil
  }()

  private let handle: OpaquePointer
  let sums = DigestSums()

  /// Opens a database. An empty path is a temporary one on disk, `:memory:` one in memory; nobody else sees either, and
  /// both go when they are closed.
  init(path: String, _ access: Access = .create) throws(LedgerError) {
    try SQLiteLibrary.check()
    var opened: OpaquePointer?
    let name = access == .immutable ? "file:\(path.percentEncoded)?immutable=1" : path
    let code = sqlite3_open_v2(name, &opened, access.flags | SQLITE_OPEN_NOMUTEX, Self.name(of: access))
    guard code == SQLITE_OK, let opened else {
      let error = LedgerError(.open, code: code, reason: Self.words(code, of: opened))
      sqlite3_close_v2(opened)
      throw error
    }
    handle = opened
    sqlite3_busy_timeout(handle, Self.patience)
    Self.addDigestFunctions(handle, sums)
    // Then the index of the write-ahead log is in memory.
    if access == .readOnlyUnlocked { try execute("PRAGMA locking_mode = EXCLUSIVE") }
  }

  private static func name(of access: Access) -> String? {
    access == .readOnlyUnlocked ? "unix-none" : fileSystem?.description
  }

  deinit {
    // Waits for statements that are still alive.
    sqlite3_close_v2(handle)
  }

  /// Whether to leave the write-ahead log for the next process to read when this one closes the database last, instead
  /// of writing it back.
  func keepLogOnClose(_ keeps: Bool) {
    // Where that can't be had, closing takes longer.
    _ = csqlite_keep_log_on_close(handle, keeps ? 1 : 0)
  }

  /// Reads the beginning of the file itself, whatever is in its write-ahead log; false where it is shorter.
  func readFile(into bytes: inout [UInt8]) -> Bool {
    bytes.withUnsafeMutableBytes { csqlite_read_file(handle, $0.baseAddress, Int32($0.count)) } == SQLITE_OK
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

  /// The error of the call just made.
  func error(_ action: LedgerError.Action) -> LedgerError {
    let code = sqlite3_extended_errcode(handle)
    return LedgerError(action, code: code, reason: Self.words(code, of: handle))
  }

  private static func words(_ code: Int32, of handle: OpaquePointer?) -> String {
    if code & 0xFF == SQLITE_BUSY { return LedgerError.busy.reason }
    let words = handle.map { sqlite3_errmsg($0) } ?? sqlite3_errstr(code)
    return words.map { String(cString: $0) } ?? ""
  }
}

extension Database.Access {
  fileprivate var flags: Int32 {
    switch self {
    case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    case .existing: SQLITE_OPEN_READWRITE
    case .readOnly, .readOnlyUnlocked: SQLITE_OPEN_READONLY
    case .immutable: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
    }
  }
}

extension String {
  /// Every byte as `%XX`, so that nothing in a path means anything in a URI.
  fileprivate var percentEncoded: String {
    utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
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
