import Messaging
import TextFormats

/// A column of the table `message`, and the record field that it holds. `MessageRecord.columns` lists all of them:
/// every statement about records is generated from it.
typealias MessageColumn = RecordField<MessageRecord.Fields>

extension [MessageColumn] {
  static let all = MessageRecord.columns
  /// The columns with the outcome of a message, as opposed to its content.
  static let outcome = all.filter { !["recipient", "body", "sender", "scheduled_at"].contains($0.column) }

  private var columns: [String] { compactMap(\.column) }
  /// Such as `status, error_code`.
  var names: String { columns.joined(separator: ", ") }
  /// Each column with a parameter of its name, such as `:status`.
  var parameters: [DigestedTable.Value] { columns.map { ($0, ":\($0)") } }
  /// Each column with NULL, except the status.
  var cleared: [DigestedTable.Value] { columns.filter { $0 != "status" }.map { ($0, "NULL") } }
}

/// A statement that writes records; the names of its columns are resolved once, and what stays is bound once.
struct RecordWriter {
  let statement: Statement
  private let key: Int32
  private let columns: [(read: FieldReader, position: Int32)]
  private var bound: [FieldValue]

  /// The statement has the parameter `:key`, and one named after each column.
  init(_ statement: Statement, _ columns: [MessageColumn]) {
    self.statement = statement
    key = statement.position(ofParameter: ":key")
    self.columns = columns.map { ($0.read, statement.position(ofParameter: ":\($0.column ?? "")")) }
    bound = columns.map { _ in .null }
  }

  mutating func write(_ record: MessageRecord, key: MessageKey) throws(LedgerError) {
    try statement.bind(self.key, key.rawValue)
    var outcome = Result<Void, LedgerError>.success(())
    record.read { fields in
      outcome = Result { () throws(LedgerError) in
        // By index, as a loop over the columns would copy each.
        for index in columns.indices { try bind(columns[index].read(fields), at: index) }
      }
    }
    try outcome.get()
    try statement.run()
  }

  private mutating func bind(_ value: FieldValue, at index: Int) throws(LedgerError) {
    if value.isSame(as: bound[index]) { return }
    try statement.bind(columns[index].position, value)
    bound[index] = value
  }
}

extension FieldValue {
  /// Whether it is surely the same, to the byte.
  fileprivate func isSame(as other: FieldValue) -> Bool {
    switch (self, other) {
    case (.null, .null): true
    case (.text(let one), .text(let other)): one.hasBytes(of: other)
    default: false
    }
  }
}

/// A query that returns records; column names are resolved once.
struct RecordReader {
  let statement: Statement
  private let columns: [(column: MessageColumn, position: Int32)]

  init(_ statement: Statement, _ columns: [MessageColumn]) {
    self.statement = statement
    self.columns = columns.map { ($0, statement.position(ofColumn: $0.column ?? "")) }
  }

  /// Returns the current row.
  func record() -> MessageRecord {
    var record = MessageRecord(status: .unknown)
    for index in columns.indices {
      let value = statement.value(columns[index].position)
      if value != .null { record[field: columns[index].column] = value }
    }
    return record
  }
}

/// The key of a message, made of its job and row. The messages of a job are adjacent and in order.
struct MessageKey {
  private static let rowBits = 32

  var rawValue: Int

  init(job: Int, row: Int) {
    rawValue = job << Self.rowBits | row
  }

  init(rawValue: Int) {
    self.rawValue = rawValue
  }

  var job: Int { rawValue >> Self.rowBits }
  var row: Int { rawValue & (1 << Self.rowBits - 1) }
}
