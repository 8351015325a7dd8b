import Messaging

/// The SQL that finds damaged rows and repairs what can be trusted.
enum RepairSQL {
  /// The error code of a message whose row a repair found damaged.
  static let damaged = "damaged"

  private static let isDamaged = "NOT \(DigestedTable.message.isWhole()) AND error_code IS NOT '\(damaged)'"

  // MARK: Messages

  /// If another status matches the digest, the row had that one.
  static let restoreStatuses = """
    UPDATE message SET status = word FROM (\(words))
    WHERE \(isDamaged)
      AND \(DigestedTable.message.digest(withoutChangeOf: "status", from: "word")) IS \(DigestedTable.message.digest)
    """

  private static let words = MessageStatus.allCases.map { "SELECT '\($0.rawValue)' AS word" }
    .joined(separator: " UNION ALL ")

  /// Marks as failed what certainly must not be sent as it is.
  static let fail = """
    UPDATE message SET status = 'failed', error_code = '\(damaged)',
      error_message = 'its row in the ledger was damaged; it may have been sent'
    WHERE \(isDamaged)
    """

  /// Adds failed rows for those that a job has counted but that are gone, with the first numbers that no row has.
  static let failMissing = """
    WITH RECURSIVE job_row (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM job_row WHERE number < 1 << 31)
    \(DigestedTable.message.inserting(
      [
        ("key", ":job << 32 | number"), ("status", "'failed'"), ("error_code", "'\(damaged)'"),
        ("error_message", "'its row in the ledger was missing; it may have been sent'"),
      ], from: "job_row"))
    WHERE (:job << 32 | number) NOT IN (SELECT key FROM message)
    LIMIT max(0, (SELECT planned + sending + accepted + failed + unknown + skipped FROM job WHERE id = :job)
      - (SELECT count(*) FROM message WHERE \(JobSQL.isOfJob)))
    """

  static let damagedRows = """
    SELECT key & 0xFFFFFFFF AS row, (SELECT name FROM job WHERE id = key >> 32) AS job FROM message WHERE \(isDamaged)
    """

  // MARK: Jobs

  static let jobs = "SELECT id FROM job"

  static let damagedJobs = "SELECT id FROM job WHERE NOT \(DigestedTable.job.isWhole())"

  static let namesOfDamagedJobs = "\(names) WHERE NOT \(DigestedTable.job.isWhole())"

  static func name(ofJob job: Int) -> String { "\(names) WHERE id = \(job)" }

  private static let names = "SELECT coalesce(name, (SELECT key FROM send_key WHERE job = job.id), id) FROM job"

  static let wholeJobs = "SELECT id FROM job WHERE \(DigestedTable.job.isWhole())"

  /// Leaves the digest unchanged: it matches again if only the counts were damaged.
  static let setCounts = """
    UPDATE job SET planned = :planned, sending = :sending, accepted = :accepted, failed = :failed, unknown = :unknown,
      skipped = :skipped
    WHERE id = :job
    """

  static let close = "UPDATE job SET is_abandoned = 1, finished_at = coalesce(finished_at, created_at) WHERE id = :job"

  // MARK: Keys and accounts

  static let damagedKeys = """
    SELECT key FROM send_key WHERE NOT \(DigestedTable.sendKey.isWhole()) OR job NOT IN (SELECT id FROM job)
    """

  static let strays = "SELECT count(*) FROM message WHERE key >> 32 NOT IN (SELECT id FROM job)"

  static let damagedAccounts = "SELECT base_url FROM account WHERE NOT \(DigestedTable.account.isWhole())"

  /// Without the secret, accounts can't be recognized.
  static let forgetAccounts = """
    DELETE FROM account;
    UPDATE ledger SET secret = randomblob(32);
    """

  static let dropForeignParts = """
    SELECT 'DROP ' || type || ' IF EXISTS "' || replace(name, '"', '""') || '"' FROM sqlite_schema
    WHERE type IN ('trigger', 'view')
    """

  /// A job whose account is gone gets none, so it shares none with any other job. If the last number isn't known,
  /// numbers continue from the largest one.
  static let forgetDamaged = """
    DELETE FROM job WHERE id NOT BETWEEN 1 AND \(Int32.max);
    DELETE FROM message WHERE key >> 32 NOT IN (SELECT id FROM job);
    DELETE FROM send_key WHERE job NOT IN (SELECT id FROM job);
    DELETE FROM printed WHERE NOT \(DigestedTable.printed.isWhole());
    DELETE FROM account WHERE NOT \(DigestedTable.account.isWhole());
    DELETE FROM account WHERE id NOT BETWEEN 1 AND \(Int32.max);
    \(DigestedTable.job.updating([("account", "NULL")])) WHERE account NOT IN (SELECT id FROM account);
    DELETE FROM send_key WHERE account NOT IN (SELECT id FROM account);
    \(numberAnew(.job))
    \(numberAnew(.account))
    """

  private static func numberAnew(_ table: DigestedTable) -> String {
    let largest = "(SELECT coalesce(max(id), 0) FROM \(table.name))"
    return """
      DELETE FROM sqlite_sequence WHERE name = '\(table.name)' AND seq NOT BETWEEN \(largest) AND \(Int32.max - 1);
      INSERT INTO sqlite_sequence (name, seq) SELECT '\(table.name)', \(largest)
      WHERE '\(table.name)' NOT IN (SELECT name FROM sqlite_sequence);
      """
  }
}
