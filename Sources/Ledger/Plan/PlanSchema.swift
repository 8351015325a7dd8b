/// The SQL of a plan.
enum PlanSchema {
  /// Nobody looks into a temporary file after a crash, so nothing waits for the disk. 8 MB of it stay in memory.
  ///
  /// Planning needs no journal either, as it is never rolled back.
  static let planning = """
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA cache_size = -8192;
    """

  /// `twin` is equal for rows with the same number and text; NULL where that does not matter.
  static let tables = """
    CREATE TABLE plan (
      row INTEGER PRIMARY KEY,
      recipient TEXT NOT NULL,
      body TEXT NOT NULL,
      sender TEXT,
      scheduled_at INTEGER,
      devices TEXT,
      status TEXT NOT NULL,
      error_code TEXT,
      error_message TEXT,
      twin INTEGER
    ) STRICT;
    CREATE TEMP TABLE suppressed (recipient TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    CREATE TEMP TABLE suspect (twin INTEGER PRIMARY KEY) STRICT;
    """

  static let insert = "INSERT INTO plan VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"

  static let insertSuppressed = "INSERT OR IGNORE INTO suppressed VALUES (?1)"

  static let insertSuspect = "INSERT OR IGNORE INTO suspect VALUES (?1)"

  static let skipSuppressed = """
    UPDATE plan SET status = 'skipped', error_code = 'suppressed',
      error_message = 'on the suppression list', twin = NULL
    WHERE status = 'planned' AND recipient IN suppressed
    """

  /// Notes rows whose twin came before, in the order of their numbers: so both are read page after page.
  ///
  /// Among the suspects alone, or among all rows where there are so many that looking each up takes longer.
  static func findTwins(amongSuspects: Bool) -> String {
    """
    CREATE TEMP TABLE later (row INTEGER PRIMARY KEY, earlier INTEGER NOT NULL) STRICT;
    INSERT INTO later
      SELECT row, earlier
      FROM (
        SELECT row, first_value(row) OVER (PARTITION BY twin ORDER BY row) AS earlier
        FROM plan WHERE twin \(amongSuspects ? "IN suspect" : "IS NOT NULL"))
      WHERE earlier < row ORDER BY row;
    """
  }

  static let skipDuplicates = """
    \(setDuplicate)
    FROM later, plan AS earlier
    WHERE plan.row = later.row AND earlier.row = later.earlier AND \(isDuplicate)
    """

  /// Where rows that differ have equal hashes, the first of them is not the only one to compare with. Hardly ever any.
  static let skipDuplicatesAfterCollisions = """
    \(setDuplicate)
    FROM later, later AS other, plan AS earlier
    WHERE plan.row = later.row AND plan.status = 'planned'
      AND other.earlier = later.earlier AND other.row < later.row AND earlier.row = other.row AND \(isDuplicate)
    """

  private static let setDuplicate = """
    UPDATE plan SET status = 'skipped', error_code = 'duplicate',
      error_message = 'same number and text as row ' || earlier.row
    """

  private static let isDuplicate = "earlier.recipient = plan.recipient AND earlier.body = plan.body"

  private static let columns = """
    SELECT row, recipient, body, sender, scheduled_at, devices, status, error_code, error_message, NULL FROM plan
    """

  static let select = "\(columns) WHERE row > ?1 ORDER BY row LIMIT ?2"

  static let selectWithStatus = "\(columns) WHERE row > ?1 AND status = ?3 ORDER BY row LIMIT ?2"

  /// All that makes up the messages to be sent, in order; `timeColumn` is the place of `scheduled_at`.
  static let selectForDigest = """
    SELECT row, recipient, body, sender, scheduled_at, devices FROM plan WHERE status = 'planned' ORDER BY row
    """
  static let timeColumn: Int32 = 4
}
