import Messaging

/// The SQL that finds damaged rows, and makes of them what can be believed.
enum RepairSQL {
  /// The error code of a message that a repair found damaged.
  static let damaged = "damaged"

  private static let isDamaged = "NOT \(DigestedTable.message.isWhole()) AND error_code IS NOT '\(damaged)'"

  // MARK: Messages

  /// Where another status fits the digest, it is what the row had.
  static let restoreStatuses = """
    UPDATE message SET status = word FROM (\(words))
    WHERE \(isDamaged)
      AND \(DigestedTable.message.digest(withoutChangeOf: "status", from: "word")) IS \(DigestedTable.message.digest)
    """

  private static let words = MessageStatus.allCases.map { "SELECT '\($0.rawValue)' AS word" }
    .joined(separator: " UNION ALL ")

  /// What surely isn't to be sent as it is.
  static let fail = """
    UPDATE message SET status = 'failed', error_code = '\(damaged)',
      error_message = 'its row in the ledger was damaged; it may have been sent'
    WHERE \(isDamaged)
    """

  static let damagedRows = """
    SELECT key & 0xFFFFFFFF AS row, (SELECT name FROM job WHERE id = key >> 32) AS job FROM message WHERE \(isDamaged)
    """

  // MARK: Jobs

  static let jobs = "SELECT id FROM job"

  static let damagedJobs = "SELECT id FROM job WHERE NOT \(DigestedTable.job.isWhole())"

  static let namesOfDamagedJobs = """
    SELECT coalesce(name, (SELECT key FROM send_key WHERE job = job.id), id) FROM job
    WHERE NOT \(DigestedTable.job.isWhole())
    """

  /// Jobs that have counted more rows than there are, or fewer.
  static let miscounted = """
    SELECT id FROM job WHERE planned + sending + accepted + failed + unknown + skipped
        <> (SELECT count(*) FROM message WHERE key >= job.id << 32 AND key < job.id + 1 << 32)
      AND \(DigestedTable.job.isWhole())
    """

  /// Leaves the digest as it was: it fits again if nothing but the counts was damaged.
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

  /// A job of an account that nobody knows is none's that any other job has.
  static let forgetDamaged = """
    DELETE FROM message WHERE key >> 32 NOT IN (SELECT id FROM job);
    DELETE FROM send_key WHERE job NOT IN (SELECT id FROM job);
    DELETE FROM printed WHERE NOT \(DigestedTable.printed.isWhole());
    DELETE FROM account WHERE NOT \(DigestedTable.account.isWhole());
    \(DigestedTable.job.updating([("account", "NULL")])) WHERE account NOT IN (SELECT id FROM account);
    """
}
