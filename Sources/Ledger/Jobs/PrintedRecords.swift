import Messaging

/// The printed records of messages with a key, stored once their status changes: a run with the same key prints the
/// same records, and has the same exit code. A run that waits prints the outcome, which replaces them.
extension LedgerJob {
  /// Returns all of its rows, in order, as they were printed.
  public func printedRecords() throws(LedgerError) -> [MessageRecord] {
    try ledger.access { (database) throws(LedgerError) in
      let select = try database.prepare(PrintedSQL.select)
      try select.bind(LogStretch.rows(ofJob: id))
      let reader = LogReader(select)
      var records: [MessageRecord] = []
      while try select.next() {
        let record = reader.record()
        // Rows that a repair found damaged are shown as such.
        guard select.int("is_whole") == 1 || record.errorCode == RepairSQL.damaged else {
          throw .damagedRow(record.row ?? 0)
        }
        records.append(record)
      }
      return records
    }
  }

  /// Notes that its rows have just been printed in their current state.
  public func notePrinted() throws(LedgerError) {
    _ = try ledger.access { (database) throws(LedgerError) in
      try ledger.transaction(claims: false) { () throws(LedgerError) in
        try database.run(PrintedSQL.delete, [":job": id])
      }
    }
  }
}

/// The SQL of printed records.
enum PrintedSQL {
  /// To be run before a row changes. Each row is stored once, and only with a key; an unknown one is not, as it may
  /// change.
  static let keep = DigestedTable.printed.inserting(
    [("key", "key"), ("record", "record")],
    from: """
      (
        SELECT key, json_object(\(columns.map { "'\($0)', \($0)" }.joined(separator: ", "))) AS record FROM message
        WHERE key = :key AND status <> 'unknown' AND :key >> 32 IN (SELECT job FROM send_key))
      WHERE key NOT IN (SELECT key FROM printed)
      """)

  static let delete = "DELETE FROM printed WHERE key >= :job << 32 AND key < :job + 1 << 32"

  fileprivate static let select = """
    SELECT message.key AS key, \(columns.map(printed).joined(separator: ", ")), left_at, job.name AS job,
      job.provider AS provider, job.profile AS profile, job.created_at AS created_at, 0 AS stays_unsent,
      job.parts AS parts, \(DigestedTable.message.isWhole("message."))
        AND (printed.key IS NULL OR \(DigestedTable.printed.isWhole("printed."))) AS is_whole
    FROM message CROSS JOIN job ON job.id = message.key >> 32 LEFT JOIN printed ON printed.key = message.key
    WHERE message.key > :after AND message.key < :before ORDER BY message.key
    """

  private static let columns = [MessageColumn].all.compactMap(\.column)

  private static func printed(_ column: String) -> String {
    "iif(printed.key IS NULL, message.\(column), json_extract(printed.record, '$.\(column)')) AS \(column)"
  }
}
