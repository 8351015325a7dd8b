import CSQLite

/// An open SQLite database, closed when its last statement is released.
final class Database {
  /// What may be done with the file.
  enum Access {
    /// Read and write; create the file if it is missing.
    case create
    /// Read and write.
    case existing
    /// Read only.
    case readOnly
    /// Read, with the write-ahead log, if no files can be created, not even for locks; no process may write meanwhile.
    case readOnlyUnlocked
    /// The same without a log.
    case immutable
  }

  /// How long to wait for another process to finish writing, in milliseconds: it may be suspended.
  static let patience: Int32 = 5000

  /// The name, valid for the life of the process, of the VFS registered once; nil if SQLite's own is used.
  private static let fileSystem: StaticString? = {
    let name: StaticString = "sms-ledger"
    return csqlite_set_up(UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)) == SQLITE_OK
      ? name : nil
  }()

  private let handle: OpaquePointer
  let sums = DigestSums()

  /// Opens a database. An empty path means a temporary one on disk, `:memory:` one in memory; both are private, and
  /// deleted when closed.
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
    // This keeps the index of the write-ahead log in memory.
    if access == .readOnlyUnlocked { try execute("PRAGMA locking_mode = EXCLUSIVE") }
  }

  private static func name(of access: Access) -> String? {
    access == .readOnlyUnlocked ? "unix-none" : fileSystem?.description
  }

  deinit {
    // Takes effect once no statements are left.
    sqlite3_close_v2(handle)
  }

  /// Whether this process, if it is the last to close the database, leaves the write-ahead log for the next one to
  /// read instead of writing it back.
  func keepLogOnClose(_ keeps: Bool) {
    // If this fails, closing merely takes longer.
    _ = csqlite_keep_log_on_close(handle, keeps ? 1 : 0)
  }

  /// Reads the beginning of the file itself, ignoring its write-ahead log; false if the file is shorter.
  func readFile(into bytes: inout [UInt8]) -> Bool {
    bytes.withUnsafeMutableBytes { csqlite_read_file(handle, $0.baseAddress, Int32($0.count)) } == SQLITE_OK
  }

  /// Compiles a statement to be run many times.
  func prepare(_ sql: String) throws(LedgerError) -> Statement {
    var compiled: OpaquePointer?
    let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &compiled, nil)
    guard code == SQLITE_OK, let compiled else { throw error(.prepare) }
    return Statement(compiled, of: self)
  }

  /// The number of rows changed by the last statement.
  var changes: Int { Int(sqlite3_changes64(handle)) }

  /// Whether it is open for writing; without permission to write, SQLite opens a file for reading.
  var isWritable: Bool { sqlite3_db_readonly(handle, "main") == 0 }

  /// The error of the previous call.
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
  /// Every byte as `%XX`, so that nothing in the path has a meaning in a URI.
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

  /// Runs a statement that returns nothing; returns how many rows it changed.
  @discardableResult
  func run(_ sql: String, _ parameters: KeyValuePairs<StaticString, Int?> = [:]) throws(LedgerError) -> Int {
    let statement = try prepare(sql)
    try statement.bind(parameters)
    try statement.run()
    return changes
  }

  /// Returns all numbers that a query returns, row by row.
  func numbers(_ sql: String, _ parameters: KeyValuePairs<StaticString, Int?> = [:]) throws(LedgerError) -> [Int] {
    let statement = try prepare(sql)
    try statement.bind(parameters)
    var numbers: [Int] = []
    while try statement.next() { numbers += statement.numbers }
    return numbers
  }

  /// Returns the texts in the first column of a query.
  func texts(_ sql: String) throws(LedgerError) -> [String] {
    let statement = try prepare(sql)
    var texts: [String] = []
    while try statement.next() { texts.append(statement.text(0) ?? "") }
    return texts
  }

  /// Runs `body` in a transaction: its writes take effect together, or not at all if it throws. No other process can
  /// write until it ends.
  func transaction<Value>(_ body: () throws(LedgerError) -> Value) throws(LedgerError) -> Value {
    // A transaction that becomes a writer later may fail at a point where it can't be retried.
    try execute("BEGIN IMMEDIATE")
    do {
      let value = try body()
      try execute("COMMIT")
      return value
    } catch {
      // Some errors, such as a full disk, have already ended it.
      if sqlite3_get_autocommit(handle) == 0 { try? execute("ROLLBACK") }
      throw error
    }
  }
}

/// The SQLite that is built in, or that was found on this machine.
public enum SQLiteLibrary {
  /// The oldest version with all features used (3.37), as an `sqlite3_libversion_number`.
  static let oldest: Int32 = 3_037_000

  /// Such as `3.40.1`.
  public static var version: String { String(cString: sqlite3_libversion()) }

  /// Why it can't be used; nil unless it is too old.
  public static var problem: LedgerError? {
    do throws(LedgerError) {
      try check()
      return nil
    } catch {
      return error
    }
  }

  /// Throws if it is too old.
  static func check(_ number: Int32 = sqlite3_libversion_number()) throws(LedgerError) {
    if number < oldest { throw tooOld(number) }
  }

  static func tooOld(_ number: Int32) -> LedgerError {
    let needed = "\(oldest / 1_000_000).\(oldest / 1000 % 1000)"
    let found = "\(number / 1_000_000).\(number / 1000 % 1000).\(number % 1000)"
    // SQLITE_MISMATCH
    return LedgerError(.open, code: 20, reason: "SQLite \(found) is too old: \(needed) or later is needed")
  }
}
