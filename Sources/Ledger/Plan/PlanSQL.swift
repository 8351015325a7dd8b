/// The SQL of a plan. Its columns have the same names as those of the ledger.
enum PlanSQL {
  /// A temporary file is useless after a crash, so nothing waits for the disk. 8 MB of it are cached in memory.
  ///
  /// Planning is never rolled back, so it needs no journal either. Apple's SQLite would vacuum by default.
  static let connection = """
    PRAGMA auto_vacuum = NONE;
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA cache_size = -8192;
    """

  /// `page` has all rows (`PlanRow`), and `plan` only those that SQL must compare. `twin` is equal for rows with the
  /// same number and text.
  static let tables = """
    CREATE TABLE page (rows BLOB NOT NULL) STRICT;
    CREATE TABLE plan (
      row INTEGER PRIMARY KEY,
      recipient TEXT NOT NULL,
      body TEXT NOT NULL,
      sender TEXT,
      devices TEXT,
      twin INTEGER NOT NULL,
      error_message TEXT
    ) STRICT;
    CREATE TEMP TABLE suppressed (recipient TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    CREATE TEMP TABLE split (first INTEGER PRIMARY KEY, row INTEGER NOT NULL, count INTEGER NOT NULL) STRICT;
    """

  static let insertPage = "INSERT INTO page VALUES (:rows)"

  static let pages = "SELECT rows FROM page ORDER BY rowid"

  static let copy = "INSERT OR IGNORE INTO plan VALUES (:row, :recipient, :body, :sender, :devices, :twin, NULL)"

  static let noteSplit = "INSERT INTO split VALUES (:first, :row, :count)"

  static let suppress = "INSERT OR IGNORE INTO suppressed VALUES (:recipient)"

  static let isSuppressed = "SELECT 1 FROM suppressed WHERE recipient = :recipient"

  /// Notes rows with the `twin` of an earlier one, in row order, so that both are read page by page.
  static let findTwins = """
    CREATE TEMP TABLE later (row INTEGER PRIMARY KEY, earlier INTEGER NOT NULL) STRICT;
    INSERT INTO later
      SELECT row, earlier
      FROM (SELECT row, first_value(row) OVER (PARTITION BY twin ORDER BY row) AS earlier FROM plan)
      WHERE earlier < row ORDER BY row;
    """

  static let skipDuplicates = """
    \(setDuplicate)
    FROM later, plan AS earlier
    WHERE plan.row = later.row AND earlier.row = later.earlier AND \(isDuplicate)
    """

  /// If different rows have equal hashes, comparing with the first of them is not enough. Hardly ever needed.
  static let skipDuplicatesAfterCollisions = """
    \(setDuplicate)
    FROM later, later AS other, plan AS earlier
    WHERE plan.row = later.row AND plan.error_message IS NULL
      AND other.earlier = later.earlier AND other.row < later.row AND earlier.row = other.row AND \(isDuplicate)
    """

  private static let setDuplicate = """
    UPDATE plan SET error_message = 'same number and text as row ' || coalesce(
        (SELECT split.row + max(0, earlier.row - first - count + 1) FROM split WHERE first <= earlier.row
          ORDER BY first DESC LIMIT 1), earlier.row)
    """

  private static let isDuplicate = "earlier.recipient = plan.recipient AND earlier.body = plan.body"

  static let duplicates = "SELECT row, error_message FROM plan WHERE error_message IS NOT NULL ORDER BY row"
}
