import CSQLite

/// A table whose rows each have a digest of the values that decide whether, and to whom, something is sent: if a byte
/// changes on disk, that is noticed, and the row isn't trusted.
///
/// The digest of a row is the XOR of the digests of its values. So a statement that changes some values doesn't need
/// the others, and a damaged row stays damaged: its digest differs by as much as before.
struct DigestedTable {
  let name: String
  /// Distinguishes equal values in different columns; NULL adds nothing to a digest.
  private let firstTag: Int
  private let columns: [String]
  /// The column of `ledger` with the XOR of the digests of all rows, which reveals that a row is gone, or back in an
  /// earlier state. Nil for a table without such a sum.
  let sum: String?

  private init(_ name: String, firstTag: Int, _ columns: [String], sum: String? = nil) {
    (self.name, self.firstTag, self.columns, self.sum) = (name, firstTag, columns, sum)
  }

  // The order is stored on disk: new columns go at the end, and a table has at most 32.

  static let message = DigestedTable(
    "message", firstTag: 0,
    ["key", "recipient", "body", "sender", "scheduled_at", "devices", "status", "left_at", "provider_id"])
  static let job = DigestedTable(
    "job", firstTag: 32,
    [
      "id", "command", "name", "is_named", "account", "provider", "profile", "file", "parts", "input", "options",
      "created_at", "finished_at", "is_abandoned", "planned", "sending", "accepted", "failed", "unknown", "skipped",
    ], sum: "job_sum")
  static let account = DigestedTable(
    "account", firstTag: 64, ["id", "provider", "base_url", "fingerprint"], sum: "account_sum")
  static let sendKey = DigestedTable(
    "send_key", firstTag: 96, ["key", "account", "job", "created_at", "expires_at"], sum: "send_key_sum")
  static let printed = DigestedTable("printed", firstTag: 128, ["key", "record"])
  static let ledger = DigestedTable(
    "ledger", firstTag: 160,
    ["id", "secret", "writes", "file", "job_sum", "account_sum", "send_key_sum", "secret_digest"])

  static let all = [message, job, account, sendKey, printed, ledger]
  static let summed = [job, account, sendKey]
}

// MARK: - SQL

/// Concatenated, as string interpolation is slow, and `send` needs a dozen of these.
extension DigestedTable {
  /// A column and the SQL of its value.
  typealias Value = (column: String, sql: String)

  /// Whether a row matches its digest; `prefix`, such as `job.`, distinguishes its columns from those of other tables.
  func isWhole(_ prefix: String = "") -> String {
    prefix + "digest IS " + digest { prefix + $0 }
  }

  /// Inserts a row of these values, or the rows that they are in `source`, the FROM of a query. For a query SQLite would
  /// begin a savepoint, which takes nearly as long as to insert one row.
  func inserting(_ values: [Value], from source: String? = nil) -> String {
    var (names, sources) = ("", "")
    for value in values {
      names += value.column + ", "
      sources += value.sql + ", "
    }
    let digest = digest { column in values.first { $0.column == column }?.sql ?? "NULL" }
    let summed = summing("NULL", digest)
    let start = "INSERT INTO " + name + " (" + names + "digest) "
    guard let source else { return start + "VALUES (" + sources + summed + ")" }
    return start + "SELECT " + sources + summed + " FROM " + source
  }

  /// The start of a statement that updates rows: `UPDATE … SET …`.
  func updating(_ values: [Value]) -> String {
    var (assignments, changes) = ("", "")
    for (column, sql) in values {
      assignments += (assignments.isEmpty ? "" : ", ") + column + " = " + sql
      guard let index = columns.firstIndex(of: column) else { continue }
      changes += ", " + String(firstTag + index) + ", " + column + ", " + sql
    }
    if !changes.isEmpty {
      assignments += ", digest = " + summing("digest", "changed_digest(digest" + changes + ")")
    }
    return "UPDATE " + name + " SET " + assignments
  }

  /// Deletes rows of a table with a sum: `DELETE … RETURNING …`.
  func deleting(where condition: String) -> String {
    "DELETE FROM " + name + " WHERE " + condition + " RETURNING " + summing("digest", "NULL")
  }

  /// The new digest of a row, which replaces the old one in the sum.
  private func summing(_ old: String, _ new: String) -> String {
    sum == nil ? new : "summed_digest(" + String(firstTag) + ", " + old + ", " + new + ")"
  }

  /// Updates the sums with the changes that this connection has made since the last update.
  static let updatingSums: [Value] = summed.compactMap { table in table.sum.map { ($0, table.currentSum) } }

  private var currentSum: String { "current_sum(" + String(firstTag) + ", " + (sum ?? "NULL") + ")" }

  /// The sum and the digests whose XOR it is, in one query, so that no other process can write between the two.
  fileprivate func sumAndDigests(_ condition: String) -> String {
    "SELECT " + currentSum + " FROM ledger UNION ALL SELECT digest FROM " + name + " WHERE " + condition
  }

  /// The digest that a row would have if a column had another value.
  func digest(withoutChangeOf column: String, from sql: String) -> String {
    let tag = firstTag + (columns.firstIndex(of: column) ?? 0)
    return "changed_digest(digest, \(tag), \(sql), \(column))"
  }

  /// Accepts all rows as they are.
  var seal: String { "UPDATE \(name) SET digest = \(digest) WHERE NOT \(isWhole())" }

  /// The digest of the row.
  var digest: String { digest { $0 } }

  /// The digest of the value in one column.
  func digest(of column: String) -> String {
    "row_digest(\(firstTag + (columns.firstIndex(of: column) ?? 0)), \(column))"
  }

  private func digest(_ sql: (String) -> String) -> String {
    var call = "row_digest(" + String(firstTag)
    for column in columns { call += ", " + sql(column) }
    return call + ")"
  }
}

// MARK: - Rows

extension Database {
  /// Returns the key for a row about to be inserted: one that no row has or ever had (AUTOINCREMENT).
  ///
  /// At most `Int32.max`, as half of a message's key is the number of its job.
  func nextKey(of table: DigestedTable) throws(LedgerError) -> Int {
    let keys = try numbers(
      "SELECT max(id), (SELECT seq FROM sqlite_sequence WHERE name = '" + table.name + "') FROM " + table.name)
    guard 0 <= keys[0], keys[0] <= keys[1], keys[1] < Int32.max else { throw .damagedTable("sqlite_sequence") }
    return keys[1] + 1
  }
}

// MARK: - Checks

extension Database {
  /// Throws if a table contains something that was never written there, or if one of its indexes lacks rows, as a row
  /// not found in an index may still exist.
  func requireWhole(_ table: DigestedTable) throws(LedgerError) {
    guard try isWhole(table) else { throw .damagedTable(table.name) }
    guard try foreignParts.isEmpty else { throw .foreignParts }
  }

  func isWhole(_ table: DigestedTable) throws(LedgerError) -> Bool {
    guard try hasWholeIndexes(table) else { return false }
    guard table.sum == nil else { return try hasAllRows(table, table.isWhole()) }
    return try numbers("SELECT EXISTS (SELECT 1 FROM \(table.name) WHERE NOT \(table.isWhole()))") == [0]
  }

  /// Whether the rows that match a condition are all those that were written to a table with a sum.
  func hasAllRows(_ table: DigestedTable, _ condition: String = "TRUE") throws(LedgerError) -> Bool {
    try numbers(table.sumAndDigests(condition)).reduce(0, ^) == 0
  }

  /// The names of triggers and views, which only other programs can have added to the file.
  var foreignParts: [String] {
    get throws(LedgerError) { try texts("SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')") }
  }

  func hasWholeIndexes(_ table: DigestedTable) throws(LedgerError) -> Bool {
    try texts("PRAGMA integrity_check(\(table.name))") == ["ok"]
  }
}

/// A 64-bit checksum of fields, FNV-1a over 8-byte words; it detects damage, not forgery.
///
/// Each step is a bijection, so no change within one word goes unnoticed.
struct FieldDigest {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  init() {}

  /// Starts with a tag, so that equal fields under different tags give different digests.
  init(tag: UInt64) { mix(tag) }

  mutating func add(_ number: Int?) {
    mix(number == nil ? 0 : 1)
    mix(UInt64(truncatingIfNeeded: number ?? 0))
  }

  mutating func add(_ text: String?) {
    guard var text else { return mix(.max) }
    text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
  }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    mix(UInt64(bytes.count))
    let end = bytes.count & ~7
    for offset in stride(from: 0, to: end, by: 8) {
      mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
    }
    if end < bytes.count { mix(bytes[end...].reduce(0) { $0 << 8 | UInt64($1) }) }
  }

  private mutating func mix(_ word: UInt64) {
    value = (value ^ word) &* 0x100_0000_01B3
    value ^= value >> 29
  }
}

/// The functions that the ledger's SQL calls to compute digests (`DigestedTable`).
extension Database {
  /// Registers the functions with a connection.
  ///
  /// - `row_digest(tag, value, …)`: the digest of values with consecutive tags, beginning with `tag`.
  /// - `changed_digest(digest, tag, old, new, …)`: the digest of a row after replacing some of its values.
  /// - `summed_digest(tag, old, new)`: the new digest of a row; notes the change in `sums`.
  /// - `current_sum(tag, sum)`: a sum of digests, updated with the changes in `sums`.
  ///
  /// The connection must not outlive `sums`.
  static func addDigestFunctions(_ handle: OpaquePointer, _ sums: DigestSums) {
    add("row_digest", handle) { context, count, values in
      guard let values, count > 0 else { return }
      let tag = sqlite3_value_int64(values[0])
      var digest: UInt64 = 0
      for index in 1..<max(1, Int(count)) { digest ^= FieldDigest.of(values[index], tag: tag + Int64(index) - 1) }
      sqlite3_result_int64(context, Int64(bitPattern: digest))
    }
    add("changed_digest", handle) { context, count, values in
      // Without an old digest, there is no new one.
      guard let values, count > 0, sqlite3_value_type(values[0]) == SQLITE_INTEGER else { return }
      var digest = UInt64(bitPattern: sqlite3_value_int64(values[0]))
      for index in stride(from: 1, to: Int(count) - 2, by: 3) {
        let tag = sqlite3_value_int64(values[index])
        digest ^= FieldDigest.of(values[index + 1], tag: tag) ^ FieldDigest.of(values[index + 2], tag: tag)
      }
      sqlite3_result_int64(context, Int64(bitPattern: digest))
    }
    add("summed_digest", handle, sums) { context, count, values in
      guard let values, count == 3 else { return }
      DigestSums.of(context)?[tag: sqlite3_value_int64(values[0])] ^=
        sqlite3_value_int64(values[1]) ^ sqlite3_value_int64(values[2])
      sqlite3_result_value(context, values[2])
    }
    add("current_sum", handle, sums) { context, count, values in
      guard let values, count == 2 else { return }
      let change = DigestSums.of(context)?[tag: sqlite3_value_int64(values[0])] ?? 0
      sqlite3_result_int64(context, sqlite3_value_int64(values[1]) ^ change)
    }
  }

  private typealias Function =
    @convention(c) (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Void

  private static func add(
    _ name: String, _ handle: OpaquePointer, _ sums: DigestSums? = nil, _ function: Function
  ) {
    let flags = SQLITE_UTF8 | SQLITE_INNOCUOUS | (sums == nil ? SQLITE_DETERMINISTIC : 0)
    let context = sums.map { Unmanaged.passUnretained($0).toOpaque() }
    // If this fails, every statement that calls the function fails.
    sqlite3_create_function_v2(handle, name, -1, flags, context, function, nil, nil, nil)
  }
}

/// What a connection has changed in tables with a sum (`DigestedTable.sum`): of each, the XOR of the digests that rows had,
/// and of those that they have now.
final class DigestSums {
  /// No dictionary, as its first use takes as long as ten statements.
  private var changes = SIMD4<Int64>()

  func reset() { changes = SIMD4() }

  /// Of the table with a first tag, of which there is one in 32.
  fileprivate subscript(tag tag: Int64) -> Int64 {
    get { changes[Int(tag / 32 & 3)] }
    set { changes[Int(tag / 32 & 3)] = newValue }
  }

  fileprivate static func of(_ context: OpaquePointer?) -> DigestSums? {
    sqlite3_user_data(context).map { Unmanaged<DigestSums>.fromOpaque($0).takeUnretainedValue() }
  }
}

extension FieldDigest {
  /// The digest of a value in the column with a tag; 0 for NULL.
  fileprivate static func of(_ value: OpaquePointer?, tag: Int64) -> UInt64 {
    var digest = FieldDigest(tag: UInt64(bitPattern: tag))
    switch sqlite3_value_type(value) {
    case SQLITE_NULL: return 0
    case SQLITE_INTEGER: digest.add(Int(truncatingIfNeeded: sqlite3_value_int64(value)))
    default:
      // For text, too: requesting text would make SQLite copy it to append a zero byte.
      let start = sqlite3_value_blob(value)
      digest.add(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value))))
    }
    return digest.value
  }
}
