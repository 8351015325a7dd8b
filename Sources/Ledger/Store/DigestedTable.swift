/// A table whose rows each have a digest of what decides whether, and to whom, something is sent: a byte that changes on
/// the disk is noticed, and never taken for what was written.
///
/// The digest of a row is the XOR of the digests of its values. So a statement that changes some of them needs no others,
/// and a row that was damaged before stays damaged: its digest is wrong by as much as before.
struct DigestedTable {
  let name: String
  /// Tells a value from the same one in another column; what is NULL adds nothing to a digest.
  private let firstTag: Int
  private let columns: [String]

  private init(_ name: String, firstTag: Int, _ columns: [String]) {
    (self.name, self.firstTag, self.columns) = (name, firstTag, columns)
  }

  // The order is kept on disk: a new column goes to the end, and those of a table are at most 32.

  static let message = DigestedTable(
    "message", firstTag: 0,
    ["key", "recipient", "body", "sender", "scheduled_at", "devices", "status", "left_at", "provider_id"])
  static let job = DigestedTable(
    "job", firstTag: 32,
    [
      "id", "command", "name", "is_named", "account", "provider", "profile", "file", "parts", "input", "options",
      "created_at", "finished_at", "is_abandoned", "planned", "sending", "accepted", "failed", "unknown", "skipped",
    ])
  static let account = DigestedTable("account", firstTag: 64, ["id", "provider", "base_url", "fingerprint"])
  static let sendKey = DigestedTable("send_key", firstTag: 96, ["key", "account", "job", "created_at", "expires_at"])
  static let printed = DigestedTable("printed", firstTag: 128, ["key", "record"])
  static let ledger = DigestedTable("ledger", firstTag: 160, ["id", "secret", "writes", "file"])

  static let all = [message, job, account, sendKey, printed, ledger]
}

// MARK: - SQL

/// Put together piece by piece, as interpolation takes its time, and `send` needs a dozen of them.
extension DigestedTable {
  /// A column and the SQL of its value.
  typealias Value = (column: String, sql: String)

  /// Whether a row says what it said; `prefix`, such as `job.`, tells columns from those of other tables.
  func isWhole(_ prefix: String = "") -> String {
    prefix + "digest IS " + digest { prefix + $0 }
  }

  /// Inserts a row that `values`, and perhaps a FROM behind them, give: `INSERT INTO … SELECT …`.
  func inserting(_ values: [Value]) -> String {
    var (names, sources) = ("", "")
    for value in values {
      names += value.column + ", "
      sources += value.sql + ", "
    }
    let digest = digest { column in values.first { $0.column == column }?.sql ?? "NULL" }
    return "INSERT INTO " + name + " (" + names + "digest) SELECT " + sources + digest
  }

  /// The start of a statement that changes rows: `UPDATE … SET …`.
  func updating(_ values: [Value]) -> String {
    var (assignments, changes) = ("", "")
    for (column, sql) in values {
      assignments += (assignments.isEmpty ? "" : ", ") + column + " = " + sql
      guard let index = columns.firstIndex(of: column) else { continue }
      changes += ", " + String(firstTag + index) + ", " + column + ", " + sql
    }
    if !changes.isEmpty { assignments += ", digest = changed_digest(digest" + changes + ")" }
    return "UPDATE " + name + " SET " + assignments
  }

  /// What the digest of a row would be with another value in a column, next to its own.
  func digest(withoutChangeOf column: String, from sql: String) -> String {
    let tag = firstTag + (columns.firstIndex(of: column) ?? 0)
    return "changed_digest(digest, \(tag), \(sql), \(column))"
  }

  /// Believes all rows as they are.
  var seal: String { "UPDATE \(name) SET digest = \(digest) WHERE NOT \(isWhole())" }

  /// The digest of the row.
  var digest: String { digest { $0 } }

  private func digest(_ sql: (String) -> String) -> String {
    var call = "row_digest(" + String(firstTag)
    for column in columns { call += ", " + sql(column) }
    return call + ")"
  }
}

// MARK: - Rows

extension Database {
  /// The key of a row that is to be inserted: one that no row has, nor had (AUTOINCREMENT).
  func nextKey(of table: DigestedTable) throws(LedgerError) -> Int {
    let last = try numbers("SELECT seq FROM sqlite_sequence WHERE name = '" + table.name + "'")
    return (last.first ?? 0) + 1
  }
}

// MARK: - Checks

extension Database {
  /// Throws where a table holds what was never written there, or where one of its indexes doesn't have all rows: what
  /// isn't found in it may be there all the same.
  func requireWhole(_ table: DigestedTable) throws(LedgerError) {
    guard try isWhole(table) else { throw .damagedTable(table.name) }
  }

  func isWhole(_ table: DigestedTable) throws(LedgerError) -> Bool {
    guard try hasWholeIndexes(table) else { return false }
    return try numbers("SELECT EXISTS (SELECT 1 FROM \(table.name) WHERE NOT \(table.isWhole()))") == [0]
  }

  func hasWholeIndexes(_ table: DigestedTable) throws(LedgerError) -> Bool {
    try texts("PRAGMA integrity_check(\(table.name))") == ["ok"]
  }
}
