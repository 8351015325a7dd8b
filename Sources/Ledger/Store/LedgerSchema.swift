import CSQLite
import Platform

/// The SQL that creates a ledger, with a version for each change.
enum LedgerSchema {
  /// The steps from each version (`PRAGMA user_version`) to the next, beginning with an empty file. They must never
  /// be changed, only added to.
  static let migrations = [version1, version2, version3, version4]

  /// The first version in which the table `ledger` identifies the file.
  static let firstWithStamp = 2

  /// The first version in which all rows have a digest.
  static let firstWithDigests = 3

  /// A run is a row of `job`, for `bulk` as well as for other commands that send; only those of `bulk` have a name.
  /// Its counts are stored with it, in the same transactions as its messages.
  ///
  /// The key of a message is `job << 32 | row`, so the messages of a job are adjacent and in order. `left_at` is when
  /// its last request was about to leave.
  private static let version1 = """
    CREATE TABLE job (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      command TEXT NOT NULL,
      name TEXT UNIQUE,
      is_named INTEGER NOT NULL,
      provider TEXT NOT NULL,
      profile TEXT,
      input TEXT,
      options TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      finished_at INTEGER,
      planned INTEGER NOT NULL DEFAULT 0,
      sending INTEGER NOT NULL DEFAULT 0,
      accepted INTEGER NOT NULL DEFAULT 0,
      failed INTEGER NOT NULL DEFAULT 0,
      unknown INTEGER NOT NULL DEFAULT 0,
      skipped INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX job_input ON job (input) WHERE input IS NOT NULL;
    CREATE INDEX job_sending ON job (id) WHERE sending > 0;
    CREATE TABLE message (
      key INTEGER PRIMARY KEY,
      recipient TEXT,
      body TEXT,
      sender TEXT,
      scheduled_at INTEGER,
      devices TEXT,
      status TEXT NOT NULL,
      error_code TEXT,
      error_message TEXT,
      provider_id TEXT,
      group_id TEXT,
      provider_status TEXT,
      type TEXT,
      segments INTEGER,
      device TEXT,
      sim TEXT,
      price TEXT,
      currency TEXT,
      sent_at INTEGER,
      delivered_at INTEGER,
      left_at INTEGER
    ) STRICT;
    CREATE INDEX message_id ON message (provider_id) WHERE provider_id IS NOT NULL;
    """

  /// Identifies our files in their header (`PRAGMA application_id`): "smsl" in ASCII.
  static let applicationID = 0x736D_736C

  /// Jobs belong to accounts. `ledger` has one row: an id of this ledger, the secret for the fingerprints in it, the
  /// number of writes, and the mark of its file (`FileMark`). Jobs of version 1 have no account, so they share none
  /// with any other job.
  ///
  /// `printed` has, as JSON, what was first printed of messages with a `send_key` whose status has changed since.
  ///
  /// `file` is the name of a job's list on the command line. An abandoned job is finished, whatever the state of its
  /// rows, and stays so. The index is in the order in which messages left.
  ///
  /// `digest` of a message is computed differently from version 3 on. `parts` of a job is a `RowParts`, NULL if each
  /// row is one message.
  private static let version2 = """
    CREATE TABLE ledger (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      id BLOB NOT NULL,
      secret BLOB NOT NULL,
      writes INTEGER NOT NULL DEFAULT 0,
      file TEXT
    ) STRICT;
    INSERT INTO ledger (one, id, secret) VALUES (1, randomblob(16), randomblob(32));
    CREATE TABLE account (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      provider TEXT NOT NULL,
      base_url TEXT NOT NULL,
      fingerprint BLOB NOT NULL,
      UNIQUE (provider, base_url, fingerprint)
    ) STRICT;
    ALTER TABLE job ADD COLUMN account INTEGER;
    ALTER TABLE job ADD COLUMN file TEXT;
    ALTER TABLE job ADD COLUMN parts TEXT;
    ALTER TABLE job ADD COLUMN is_abandoned INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX message_left ON message (left_at) WHERE left_at IS NOT NULL;
    ALTER TABLE message ADD COLUMN digest INTEGER;
    CREATE TABLE send_key (
      key TEXT NOT NULL,
      account INTEGER NOT NULL,
      job INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      PRIMARY KEY (key, account)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX send_key_job ON send_key (job);
    CREATE TABLE printed (
      key INTEGER PRIMARY KEY,
      record TEXT NOT NULL
    ) STRICT;
    PRAGMA application_id = \(applicationID);
    """

  /// The digests (`DigestedTable`) of existing rows are computed once the newest version is reached.
  private static let version3 = """
    ALTER TABLE ledger ADD COLUMN digest INTEGER;
    ALTER TABLE account ADD COLUMN digest INTEGER;
    ALTER TABLE job ADD COLUMN digest INTEGER;
    ALTER TABLE send_key ADD COLUMN digest INTEGER;
    ALTER TABLE printed ADD COLUMN digest INTEGER;
    """

  /// The first version in which `ledger` has the sums of the digests in other tables (`DigestedTable.sum`).
  static let firstWithSums = 4

  /// `secret_digest` shows whether damage to the row is in `secret`. While the new columns are NULL, the digest of the
  /// row is unchanged.
  private static let version4 = """
    ALTER TABLE ledger ADD COLUMN job_sum INTEGER;
    ALTER TABLE ledger ADD COLUMN account_sum INTEGER;
    ALTER TABLE ledger ADD COLUMN send_key_sum INTEGER;
    ALTER TABLE ledger ADD COLUMN secret_digest INTEGER;
    """

  /// At how many pages SQLite writes the write-ahead log back on its own.
  static let pagesBeforeCheckpoint = 1000

  /// Every commit waits for the disk (on macOS, only `fullfsync` does), and readers never wait for a writer. The rest
  /// is SQLite's default, except that Apple's version would truncate files.
  static let connection = """
    PRAGMA auto_vacuum = NONE;
    PRAGMA journal_size_limit = -1;
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    """

  /// The same for a connection with the ledger attached as `ledger`.
  static let attachedConnection = """
    PRAGMA ledger.journal_size_limit = -1;
    PRAGMA ledger.synchronous = FULL;
    PRAGMA fullfsync = ON;
    """
}

extension Database {
  /// Updates the schema of a ledger, even if other processes do so at the same time.
  ///
  /// `file` is the mark of its file.
  func migrate(file: FileMark?) throws(LedgerError) {
    guard try version < LedgerSchema.migrations.count else { return }
    try useWriteAheadLog()
    try transaction { () throws(LedgerError) in
      let version = try version
      guard version < LedgerSchema.migrations.count else { return }
      try makeTables(from: version)
      if version < LedgerSchema.firstWithStamp { try setFile(file?.text) }
      try execute("PRAGMA user_version = \(LedgerSchema.migrations.count)")
    }
  }

  /// Creates what a version of the schema lacks.
  func makeTables(from version: Int) throws(LedgerError) {
    for migration in LedgerSchema.migrations[version...] { try execute(migration) }
    if version < LedgerSchema.firstWithDigests {
      for table in DigestedTable.all { try execute(table.seal) }
    }
    // If the row is damaged, the secret may be, too.
    try execute("\(Self.noteSecret) WHERE \(DigestedTable.ledger.isWhole())")
    if version > 0 { try setSums() }
  }

  static let noteSecret = DigestedTable.ledger.updating([
    ("secret_digest", DigestedTable.ledger.digest(of: "secret"))
  ])

  /// Makes the sums from the current rows, assuming that none is missing.
  func setSums() throws(LedgerError) {
    for table in DigestedTable.summed {
      let sum = try numbers("SELECT digest FROM \(table.name)").reduce(0, ^)
      try run(DigestedTable.ledger.updating([(table.sum ?? "", ":sum")]), [":sum": sum])
    }
  }

  /// Records which file the ledger is in.
  func setFile(_ mark: String?) throws(LedgerError) {
    let update = try prepare(DigestedTable.ledger.updating([("file", ":file")]))
    try update.bind(":file", mark)
    try update.run()
  }

  /// Updates a ledger and makes its lock file valid with `adopt`. Then marks the file itself as a ledger, not only
  /// its log, which may get lost. From then on, it needs its lock file.
  func settle(
    _ locks: JobLocks, file: FileMark?, adopt: () throws(LedgerError) -> Void
  ) throws(LedgerError) {
    let isMarked = isMarked
    if !isMarked { try execute("PRAGMA wal_autocheckpoint = 0") }
    try migrate(file: file)
    try adopt()
    guard !isMarked, locks.isInForce else { return }
    try locks.synchronize()
    try markFile()
    try execute("PRAGMA wal_autocheckpoint = \(LedgerSchema.pagesBeforeCheckpoint)")
  }

  private func markFile() throws(LedgerError) {
    let start = MonotonicInstant.now
    while !isMarked {
      _ = try numbers("PRAGMA wal_checkpoint(PASSIVE)")
      if isMarked { return }
      // A process is still reading the previous state, or doing the same.
      guard start.elapsed < .milliseconds(Int(Self.patience)) else { throw .busy }
      SystemClock.sleep(for: .milliseconds(10))
    }
  }

  /// Whether the file itself is marked as a ledger, by the application id in its header.
  var isMarked: Bool { DatabaseHeader(of: self)?.applicationID == LedgerSchema.applicationID }

  private var version: Int {
    get throws(LedgerError) { try numbers("PRAGMA user_version").first ?? 0 }
  }

  /// The setting is stored in the file. If two processes do this at once, one has to retry.
  private func useWriteAheadLog() throws(LedgerError) {
    let start = MonotonicInstant.now
    while start.elapsed < .milliseconds(Int(Self.patience)) {
      do {
        return try execute("PRAGMA journal_mode = WAL")
      } catch let error where error.code & 0xFF == SQLITE_BUSY {
        SystemClock.sleep(for: .milliseconds(10))
      }
    }
    try execute("PRAGMA journal_mode = WAL")
  }
}

/// What the file itself says, regardless of its write-ahead log ("The Database Header" in
/// https://www.sqlite.org/fileformat2.html).
struct DatabaseHeader {
  private static let length = 100

  let applicationID: Int
  /// The minimum size of the file in bytes, once all of its log is written back.
  let size: Int

  /// Nil for a file without a header.
  init?(of database: Database) {
    var bytes = [UInt8](repeating: 0, count: Self.length)
    guard database.readFile(into: &bytes) else { return nil }
    applicationID = Self.number(bytes[68..<72])
    let pageSize = Self.number(bytes[16..<18])
    size = Self.number(bytes[28..<32]) * (pageSize == 1 ? 65_536 : pageSize)
  }

  /// Numbers are big-endian.
  private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
