/// The SQL of a plan. Its columns have the names of those of the ledger.
enum PlanSQL {
  /// Nobody looks into a temporary file after a crash, so nothing waits for the disk. 8 MB of it stay in memory.
  ///
  /// Planning needs no journal either, as it is never rolled back. Apple's SQLite would vacuum.
  static let connection = """
    PRAGMA auto_vacuum = NONE;
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA cache_size = -8192;
    """

  /// `typed_time` is what identifies the time of a row. `twin` is equal for rows with the same number and text, NULL where that doesn't matter.
  static let tables = """
    CREATE TABLE plan (
      row INTEGER PRIMARY KEY,
      recipient TEXT NOT NULL,
      body TEXT NOT NULL,
      sender TEXT,
      scheduled_at INTEGER,
      typed_time TEXT,
      devices TEXT,
      status TEXT NOT NULL,
      error_code TEXT,
      error_message TEXT,
      twin INTEGER
    ) STRICT;
    CREATE TEMP TABLE suppressed (recipient TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    CREATE TEMP TABLE split (first INTEGER PRIMARY KEY, row INTEGER NOT NULL, count INTEGER NOT NULL) STRICT;
    CREATE TEMP TABLE suspect (twin INTEGER PRIMARY KEY) STRICT;
    """

  static let add = """
    INSERT INTO plan (row, recipient, body, sender, scheduled_at, typed_time, devices, status, twin)
    VALUES (:row, :recipient, :body, :sender, :scheduled_at, :typed_time, :devices, 'planned', :twin)
    """

  static let skip = """
    INSERT INTO plan (row, recipient, body, status, error_code, error_message)
    VALUES (:row, :recipient, :body, 'skipped', :error_code, :error_message)
    """

  static let noteSplit = "INSERT INTO split VALUES (:first, :row, :count)"

  static let suppress = "INSERT OR IGNORE INTO suppressed VALUES (:recipient)"

  static let suspect = "INSERT OR IGNORE INTO suspect VALUES (:twin)"

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
      error_message = 'same number and text as row ' || coalesce(
        (SELECT split.row + max(0, earlier.row - first - count + 1) FROM split WHERE first <= earlier.row
          ORDER BY first DESC LIMIT 1), earlier.row)
    """

  private static let isDuplicate = "earlier.recipient = plan.recipient AND earlier.body = plan.body"

  static let records = "SELECT row, \(JobRowReader.columns) FROM plan ORDER BY row"

  static let recordsWithStatus = "SELECT row, \(JobRowReader.columns) FROM plan WHERE status = :status ORDER BY row"

  /// All that makes up the messages to be sent, in order.
  static let forDigest = """
    SELECT row, recipient, body, sender, coalesce(typed_time, scheduled_at), devices
    FROM plan WHERE status = 'planned' ORDER BY row
    """
}
