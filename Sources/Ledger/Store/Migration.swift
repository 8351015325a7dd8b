import CSQLite
import Platform

extension Database {
  /// Brings the schema of a ledger of ours up to date, whoever else does so at the same time.
  ///
  /// `inode` is that of its file; nil in memory.
  func migrate(inode: Int?) throws(LedgerError) {
    guard try version < LedgerSchema.migrations.count else { return }
    try useWriteAheadLog()
    try transaction { () throws(LedgerError) in
      let version = try version
      guard version < LedgerSchema.migrations.count else { return }
      for migration in LedgerSchema.migrations[version...] { try execute(migration) }
      if version < LedgerSchema.firstWithStamp { try run("UPDATE ledger SET inode = :inode", [":inode": inode]) }
      try execute("PRAGMA user_version = \(LedgerSchema.migrations.count)")
    }
  }

  private var version: Int {
    get throws(LedgerError) { try numbers("PRAGMA user_version").first ?? 0 }
  }

  /// Written once, it stays so. Of two processes that do so at once, one is told to come back.
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
