/// The SQL of messages.
enum MessageSQL {
  /// Takes over a plan, which the same connection holds.
  static let keepPlan = """
    INSERT INTO message (
      key, recipient, body, sender, scheduled_at, devices, status, error_code, error_message)
    SELECT ?1 << 32 | row, recipient, body, sender, scheduled_at, devices, status, error_code, error_message
    FROM plan ORDER BY row
    """

  /// The message of a run that has no plan, as its record says it.
  static let insert = """
    INSERT OR REPLACE INTO message (
      key, status, error_code, error_message, provider_id, group_id, provider_status, type, segments, device, sim,
      price, currency, sent_at, delivered_at, left_at, recipient, body, sender, scheduled_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
    """

  static let settle = """
    UPDATE message SET status = ?2, error_code = ?3, error_message = ?4, provider_id = ?5, group_id = ?6,
      provider_status = ?7, type = ?8, segments = ?9, device = ?10, sim = ?11, price = ?12, currency = ?13,
      sent_at = ?14, delivered_at = ?15
    WHERE key = ?1 AND status IN ('sending', 'unknown')
    """

  /// Those from one key to another.
  static let claim = """
    UPDATE message SET status = 'sending', left_at = ?3 WHERE key BETWEEN ?1 AND ?2 AND status = 'planned'
    """

  static let release = "UPDATE message SET status = 'planned' WHERE key = ?1 AND status = 'sending'"

  static let delete = "DELETE FROM message WHERE key = ?1"

  /// `sending` of a process that died.
  static let abandon = """
    UPDATE message SET status = 'unknown', error_message = 'the run ended before an answer came'
    WHERE key >= ?1 << 32 AND key < ?1 + 1 << 32 AND status = 'sending'
    """

  /// Unknown ones are to be sent again.
  static let replan = """
    UPDATE message SET status = 'planned', error_code = NULL, error_message = NULL
    WHERE key >= ?1 << 32 AND key < ?1 + 1 << 32 AND status = 'unknown'
    """

  static let replanOne = """
    UPDATE message SET status = 'planned', error_code = NULL, error_message = NULL WHERE key = ?1 AND status = 'unknown'
    """

  /// A page of a job's rows with a status, as `JobRow` reads them.
  static let rows = """
    SELECT key & 0xFFFFFFFF, recipient, body, sender, scheduled_at, devices, status, error_code, error_message,
      left_at
    FROM message WHERE key > ?1 AND key < ?2 AND status = ?3 ORDER BY key LIMIT ?4
    """

  static let deleteJob = "DELETE FROM message WHERE key >= ?1 << 32 AND key < ?1 + 1 << 32"
}
