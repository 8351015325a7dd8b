/// The SQL of jobs.
enum JobSQL {
  static let insert = """
    INSERT INTO job (command, name, is_named, provider, profile, input, options, created_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
    """

  private static let columns = """
    id, name, provider, profile, input, options, created_at, finished_at,
    planned, sending, accepted, failed, unknown, skipped
    """

  static let withName = "SELECT \(columns) FROM job WHERE name = ?1"

  /// Those of `bulk`, the newest first.
  static let all = """
    SELECT \(columns) FROM job
    WHERE name IS NOT NULL AND id < ?1 AND (?2 IS NULL OR name = ?2) AND (?3 IS NULL OR created_at >= ?3)
      AND (?4 IS NULL OR created_at <= ?4) AND (?5 IS NULL OR profile = ?5)
    ORDER BY id DESC LIMIT 256
    """

  /// The newest without a name of its own that is not over, or has messages of which nobody knows whether they left.
  static let openWithInput = """
    SELECT \(columns) FROM job
    WHERE input = ?1 AND NOT is_named AND (finished_at IS NULL OR unknown > 0) ORDER BY id DESC LIMIT 1
    """

  static let count = """
    UPDATE job SET planned = planned + ?2, sending = sending + ?3, accepted = accepted + ?4, failed = failed + ?5,
      unknown = unknown + ?6, skipped = skipped + ?7
    WHERE id = ?1
    """

  static let recount = """
    UPDATE job SET (planned, sending, accepted, failed, unknown, skipped) = (
      SELECT count(*) FILTER (WHERE status = 'planned'), count(*) FILTER (WHERE status = 'sending'),
        count(*) FILTER (WHERE status NOT IN ('planned', 'sending', 'failed', 'canceled', 'unknown', 'skipped')),
        count(*) FILTER (WHERE status IN ('failed', 'canceled')), count(*) FILTER (WHERE status = 'unknown'),
        count(*) FILTER (WHERE status = 'skipped')
      FROM message WHERE key >= ?1 << 32 AND key < ?1 + 1 << 32)
    WHERE id = ?1
    """

  /// Once each row has an outcome.
  static let finish = """
    UPDATE job SET finished_at = ?2 WHERE id = ?1 AND finished_at IS NULL AND planned = 0 AND sending = 0
    """

  static let reopen = "UPDATE job SET finished_at = NULL WHERE id = ?1"

  /// Finished before a time; what is not over stays, whatever its age.
  static let finishedBefore = "SELECT id FROM job WHERE finished_at < ?1"

  static let delete = "DELETE FROM job WHERE id = ?1"
}
