import CSQLite
import Platform

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
    // Of a row that is damaged, nobody knows whether this is the secret.
    try execute("\(Self.noteSecret) WHERE \(DigestedTable.ledger.isWhole())")
    if version > 0 { try setSums() }
  }

  static let noteSecret = DigestedTable.ledger.updating([
    ("secret_digest", DigestedTable.ledger.digest(of: "secret"))
  ])

  /// Believes that the rows that are there are all that were written.
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
