import CSQLite
import Messaging
import TextFormats

/// A compiled SQL statement: bind its parameters, then run it or step through its rows.
///
/// Parameters (`:name`) and columns are accessed by name. For many rows, resolve the name once with `position`.
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

  /// Runs a statement that returns no rows. It can then be bound and run again.
  func run() throws(LedgerError) {
    let code = sqlite3_step(handle)
    let failure = code == SQLITE_DONE ? nil : database.error(.write)
    sqlite3_reset(handle)
    if let failure { throw failure }
  }

  /// Advances to the next row; false after the last one, when it can be bound and read again.
  func next() throws(LedgerError) -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    let failure = code == SQLITE_DONE ? nil : database.error(.read)
    sqlite3_reset(handle)
    if let failure { throw failure }
    return false
  }

  /// Reads all rows, one after the other. It can then be bound and read again.
  func read(_ row: () throws(LedgerError) -> Void) throws(LedgerError) {
    defer { sqlite3_reset(handle) }
    while try next() { try row() }
  }

  private func check(_ code: Int32) throws(LedgerError) {
    guard code == SQLITE_OK else { throw database.error(.write) }
  }
}

// MARK: - Parameters

extension Statement {
  /// The position of a parameter, such as `:key`. SQLite rejects binding one that doesn't exist.
  func position(ofParameter name: String) -> Int32 { sqlite3_bind_parameter_index(handle, name) }

  func bind(_ parameter: StaticString, _ number: Int?) throws(LedgerError) {
    try bind(position(of: parameter), number)
  }

  func bind(_ parameter: StaticString, _ text: String?) throws(LedgerError) {
    try bind(position(of: parameter), text)
  }

  func bind(_ parameters: KeyValuePairs<StaticString, Int?>) throws(LedgerError) {
    for (parameter, number) in parameters { try bind(parameter, number) }
  }

  func bind(_ position: Int32, _ number: Int?) throws(LedgerError) {
    if let number {
      try check(sqlite3_bind_int64(handle, position, Int64(number)))
    } else {
      try check(sqlite3_bind_null(handle, position))
    }
  }

  func bind(_ position: Int32, _ text: String?) throws(LedgerError) {
    guard var text else { return try check(sqlite3_bind_null(handle, position)) }
    // With its length given, a text may contain NUL. SQLite copies it.
    let code = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        sqlite3_bind_text64(handle, position, $0.baseAddress, UInt64($0.count), copied, UInt8(SQLITE_UTF8))
      }
    }
    try check(code)
  }

  func bind(_ parameter: StaticString, _ bytes: [UInt8]) throws(LedgerError) {
    try check(
      sqlite3_bind_blob64(handle, position(of: parameter), bytes, UInt64(bytes.count), copied))
  }

  /// Times are stored as Unix seconds.
  func bind(_ position: Int32, _ value: FieldValue) throws(LedgerError) {
    switch value {
    case .null: try bind(position, nil as Int?)
    case .text(let text): try bind(position, text)
    case .integer(let number): try bind(position, number)
    case .flag(let flag): try bind(position, flag ? 1 : 0)
    case .time(let time): try bind(position, Int(time.unixSeconds))
    case .json(let value):
      var bytes: [UInt8] = []
      value.write(to: &bytes)
      try bind(position, String(decoding: bytes, as: UTF8.self))
    }
  }

  private func position(of parameter: StaticString) -> Int32 {
    parameter.withUTF8Buffer { name in
      name.withMemoryRebound(to: CChar.self) { sqlite3_bind_parameter_index(handle, $0.baseAddress) }
    }
  }
}

// MARK: - Columns of the current row

extension Statement {
  /// The position of a column. A missing one, as after damage to the names in the file, reads as NULL.
  func position(ofColumn name: String) -> Int32 {
    (0..<sqlite3_column_count(handle)).first { String(cString: sqlite3_column_name(handle, $0)) == name } ?? -1
  }

  /// Nil for NULL.
  func int(_ column: String) -> Int? { int(position(ofColumn: column)) }

  /// Nil for NULL.
  func text(_ column: String) -> String? { text(position(ofColumn: column)) }

  func int(_ position: Int32) -> Int? {
    sqlite3_column_type(handle, position) == SQLITE_NULL
      ? nil : Int(truncatingIfNeeded: sqlite3_column_int64(handle, position))
  }

  func text(_ position: Int32) -> String? {
    guard let start = sqlite3_column_text(handle, position) else { return nil }
    let bytes = UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, position)))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Empty for NULL.
  func bytes(_ column: String) -> [UInt8] {
    let position = position(ofColumn: column)
    let start = sqlite3_column_blob(handle, position)
    return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, position))))
  }

  /// The value of a column; times are numbers.
  func value(_ position: Int32) -> FieldValue {
    switch sqlite3_column_type(handle, position) {
    case SQLITE_NULL: .null
    case SQLITE_INTEGER: .integer(Int(truncatingIfNeeded: sqlite3_column_int64(handle, position)))
    default: text(position).map(FieldValue.text) ?? .null
    }
  }

  /// All columns of the row, as numbers.
  var numbers: [Int] { (0..<sqlite3_column_count(handle)).map { int($0) ?? 0 } }

  func timestamp(_ position: Int32) -> Timestamp? {
    int(position).map { Timestamp(unixSeconds: Int64($0)) }
  }
}

/// SQLITE_TRANSIENT, a cast that Swift does not import: SQLite copies the bytes it is given.
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
