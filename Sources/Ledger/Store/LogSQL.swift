/// The SQL of the log: messages of all runs.
enum LogSQL {
  /// A page of messages whose keys lie between two, in their order or the newest first.
  static func select(inOrder: Bool) -> String {
    """
    SELECT key, status, error_code, error_message, provider_id, group_id, provider_status, type, segments, device, sim,
      price, currency, sent_at, delivered_at, recipient, body, sender, scheduled_at,
      job.name, job.provider, job.profile, left_at
    FROM message CROSS JOIN job ON job.id = key >> 32
    WHERE key > ?1 AND key < ?3
      AND (?4 IS NULL OR job.profile = ?4)
      AND (?5 IS NULL OR provider_id IN (SELECT value FROM json_each(?5)))
      AND (?6 IS NULL OR group_id = ?6)
      AND (?7 IS NULL OR recipient = ?7)
      AND (?8 IS NULL OR sender = ?8)
      AND (?9 IS NULL OR status = ?9)
      AND (?10 IS NULL OR lower(provider_status) = lower(?10))
      AND (?11 IS NULL OR device = ?11)
      AND (?12 IS NULL OR sim = ?12)
      AND (?13 IS NULL OR coalesce(left_at, job.created_at) >= ?13)
      AND (?14 IS NULL OR coalesce(left_at, job.created_at) <= ?14)
    ORDER BY key \(inOrder ? "ASC" : "DESC") LIMIT ?2
    """
  }

  static let isKnown = """
    SELECT 1 FROM message JOIN job ON job.id = key >> 32 WHERE provider_id = ?1 AND job.provider = ?2 LIMIT 1
    """

  /// Another message to a number that may have gone through the provider of the one with the key.
  static let hasOther = """
    SELECT 1 FROM message JOIN job ON job.id = key >> 32
    WHERE recipient = ?1 AND key <> ?2 AND status NOT IN ('planned', 'skipped', 'failed')
      AND job.provider = (SELECT provider FROM job WHERE id = ?2 >> 32)
    LIMIT 1
    """
}
