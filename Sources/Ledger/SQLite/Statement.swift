import CSQLite

/// A compiled SQL statement: bind its parameters (counted from 1), then run it or step through its rows.
final class Statement {
  private let handle: OpaquePointer
  private let database: Database

  init(_ handle: OpaquePointer, of database: Database) {
    self.handle = handle
    self.database = database
  }

  deinit {
    sqlite3_finalize(handle)
  }

  func bind(_ index: Int32, _ number: Int?) throws(LedgerError) {
    if let number {
      try check(sqlite3_bind_int64(handle, index, Int64(number)))
    } else {
      try check(sqlite3_bind_null(handle, index))
    }
  }

  func bind(_ index: Int32, _ text: String?) throws(LedgerError) {
    guard var text else { return try check(sqlite3_bind_null(handle, index)) }
    // The length is given, so that a text may hold NUL; SQLite copies it.
    let code = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        sqlite3_bind_text64(handle, index, $0.baseAddress, UInt64($0.count), copied, UInt8(SQLITE_UTF8))
      }
    }
    try check(code)
  }

  /// Runs a statement that returns no rows; it can be bound and run again.
  func run() throws(LedgerError) {
    let code = sqlite3_step(handle)
    let failure = code == SQLITE_DONE ? nil : database.error(.write)
    sqlite3_reset(handle)
    if let failure { throw failure }
  }

  /// Reads the rows one after the other; it can be bound and read again.
  func read(_ row: () throws(LedgerError) -> Void) throws(LedgerError) {
    defer { sqlite3_reset(handle) }
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW: try row()
      case SQLITE_DONE: return
      default: throw database.error(.read)
      }
    }
  }

  /// A column of the current row, counted from 0; nil where it is NULL.
  func int(_ column: Int32) -> Int? {
    isNull(column) ? nil : Int(truncatingIfNeeded: sqlite3_column_int64(handle, column))
  }

  /// A column of the current row, counted from 0; nil where it is NULL.
  func text(_ column: Int32) -> String? {
    guard let start = sqlite3_column_text(handle, column) else { return nil }
    let bytes = UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The bytes of a column of the current row, counted from 0: those of its text, or of a number's digits; none for NULL.
  func withBytes<Value>(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
    let start = sqlite3_column_text(handle, column)
    return body(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
  }

  var columnCount: Int32 { sqlite3_column_count(handle) }

  private func isNull(_ column: Int32) -> Bool {
    sqlite3_column_type(handle, column) == SQLITE_NULL
  }

  private func check(_ code: Int32) throws(LedgerError) {
    guard code == SQLITE_OK else { throw database.error(.write) }
  }
}

/// SQLITE_TRANSIENT, a cast that Swift does not import: SQLite copies what it is given.
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
