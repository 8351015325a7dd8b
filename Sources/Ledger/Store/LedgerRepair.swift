import Messaging
import Platform
import TextFormats

extension Ledger {
  /// Accepts a ledger as it is now, regardless of what was lost. Returns the number of messages that became `unknown`
  /// because they may have been sent: the pending ones of unfinished jobs, if writes are missing, and those of damaged
  /// jobs, which are closed. Damaged rows become `failed`.
  ///
  /// Throws if another process is working on a job, if the database is damaged, or if it isn't a ledger of this
  /// program.
  public static func repair(folder: String) throws(LedgerError) -> Int {
    let path = path(in: folder)
    do throws(LedgerError) {
      let locks: JobLocks
      do { locks = try JobLocks(folder: folder, canWrite: true) } catch { throw .unusable(error, folder: folder) }
      // A program that is just starting may briefly hold the directory's lock.
      guard JobLocks.tryPatiently({ locks.isFolderFree }) else { throw .lockReplaced(locks.path) }
      let record = locks.record()
      let mark = Files.mark(path)
      let database = try Database(path: path, .existing)
      // A ledger that could not be read later isn't kept.
      guard try database.requireOurs(path) > 0, try database.texts("PRAGMA quick_check(1)") == ["ok"] else {
        throw .beyondRepair(path)
      }
      let isWhole = LedgerVerifier(path: path, locks: locks).believes(database)
      try database.execute(LedgerSchema.connection)
      var messages = 0
      try database.settle(locks, file: mark) { () throws(LedgerError) in
        // Damaged or not, so without its digest.
        let stamp = try database.stamp(LedgerSchema.firstWithStamp)
        let isInPlace = !stamp.isMoved(to: mark) && !locks.isCopy(ofLockOf: stamp.id)
        messages = try database.transaction { () throws(LedgerError) in
          let unknown = try database.repair(doubtsUnfinished: !isWhole || !isInPlace)
          try database.settleIn(writes: record?.writes ?? 0, mark)
          return unknown
        }
        locks.adopt(ledger: stamp.id, writes: try database.stamp().writes)
      }
      return messages
    } catch {
      throw error.leavesNothing ? .beyondRepair(path) : error.inside(path)
    }
  }
}

extension LedgerError {
  /// Whether it is about the content of the file, not its use. SQLITE_CONSTRAINT (19): rows that must differ don't.
  fileprivate var leavesNothing: Bool {
    (isDamage || code & 0xFF == 19) && reason != LedgerError.lockReplaced("").reason
  }
}

extension Database {
  fileprivate func settleIn(writes: Int, _ mark: FileMark?) throws(LedgerError) {
    try run(
      DigestedTable.ledger.updating([("writes", "max(iif(writes < 1 << 53, writes, 0), :writes) + 1")]),
      [":writes": writes])
    try setFile(mark?.text)
  }

  /// Repairs what is damaged, and accepts all rows from then on; returns how many messages became `unknown`.
  fileprivate func repair(doubtsUnfinished: Bool) throws(LedgerError) -> Int {
    for drop in try texts(RepairSQL.dropForeignParts) { try execute(drop) }
    for table in DigestedTable.all where try !hasWholeIndexes(table) {
      try execute("REINDEX \(table.name)")
      guard try hasWholeIndexes(table) else { throw .damagedTable(table.name) }
    }
    // A job may be gone, or back in an earlier state.
    let lacksJobs = try !hasAllRows(.job)
    try run(RepairSQL.restoreStatuses)
    let miscounted = try miscounted
    for job in miscounted { try run(RepairSQL.failMissing, [":job": job]) }
    try run(RepairSQL.fail)
    if try !knowsSecret { try execute(RepairSQL.forgetAccounts) }
    try execute(RepairSQL.forgetDamaged)
    let damaged = try damagedJobs
    var unknown = 0
    for job in Set(damaged + miscounted + (doubtsUnfinished || lacksJobs ? try numbers(JobSQL.unfinished) : [])) {
      unknown += try run(JobSQL.doubt, [":job": job])
    }
    for job in try numbers(RepairSQL.jobs) { try recount(job) }
    for job in damaged { try run(RepairSQL.close, [":job": job]) }
    for table in [DigestedTable.job, .sendKey] { try run(table.seal) }
    try setSums()
    try run(Self.noteSecret)
    try run(DigestedTable.ledger.seal)
    return unknown
  }

  /// Whether the fingerprints of accounts were made with the current secret.
  private var knowsSecret: Bool {
    get throws(LedgerError) {
      try numbers("SELECT secret_digest IS \(DigestedTable.ledger.digest(of: "secret")) FROM ledger") == [1]
    }
  }

  /// Jobs that are undamaged, but whose rows don't match their counts.
  private var miscounted: [Int] {
    get throws(LedgerError) { try miscounted(of: try numbers(RepairSQL.wholeJobs)) }
  }

  /// Jobs with damage beyond their counts, which are computed again.
  private var damagedJobs: [Int] {
    get throws(LedgerError) {
      for job in try numbers(RepairSQL.damagedJobs) { try recount(job, RepairSQL.setCounts) }
      return try numbers(RepairSQL.damagedJobs)
    }
  }

  /// Descriptions of the rows that differ from what was written.
  var rowDamages: [String] {
    get throws(LedgerError) {
      // No other process can write between two of these queries.
      try execute("BEGIN")
      defer { try? execute("COMMIT") }
      return try tableDamages + contentDamages
    }
  }

  private var tableDamages: [String] {
    get throws(LedgerError) {
      var damages = try knowsSecret ? [] : [RowDamage.secret]
      damages += try foreignParts.map(RowDamage.foreign)
      for table in DigestedTable.summed where try !hasAllRows(table) {
        damages.append(RowDamage.gone(from: table.name))
      }
      for table in [DigestedTable.job, .account] where (try? nextKey(of: table)) == nil {
        damages.append(RowDamage.sequence(of: table.name))
      }
      for table in DigestedTable.all where try !hasWholeIndexes(table) {
        damages.append(RowDamage.index(of: table.name))
      }
      return damages
    }
  }

  private var contentDamages: [String] {
    get throws(LedgerError) {
      var damages: [String] = []
      damages += try texts(RepairSQL.namesOfDamagedJobs).map(RowDamage.job)
      damages += try numbers(RepairSQL.strays).filter { $0 > 0 }.map(RowDamage.strays)
      damages += try texts(RepairSQL.damagedKeys).map(RowDamage.key)
      damages += try texts(RepairSQL.damagedAccounts).map(RowDamage.account)
      for job in try miscounted { damages += try texts(RepairSQL.name(ofJob: job)).map(RowDamage.miscounted) }
      let rows = try prepare(RepairSQL.damagedRows)
      try rows.read { damages.append(LedgerError.damagedRow(rows.int("row") ?? 0, ofJob: rows.text("job")).reason) }
      return damages
    }
  }
}

/// Descriptions of damage to rows.
package enum RowDamage {
  static let secret = """
    the secret that accounts are recognized by was changed; after a repair, lists and keys used before count as new
    """
  static func foreign(_ name: String) -> String { "'\(name)' is a trigger or view of another program" }
  static func gone(from table: String) -> String {
    """
    rows of the table '\(table)' are missing, or as they were earlier; after a repair, lists and keys used before may \
    count as new
    """
  }
  static func sequence(of table: String) -> String { "the next number for the table '\(table)' was changed" }
  static func index(of table: String) -> String { "an index of the table '\(table)' has damaged or missing rows" }
  static func job(_ name: String) -> String { "job '\(name)' was changed; its messages may have been sent" }
  static func strays(_ count: Int) -> String { "\(counted(count, "message")) without a job" }
  static func key(_ key: String) -> String { "key '\(key)' was changed; its message may have been sent" }
  static func account(_ address: String) -> String {
    "the account at \(address) was changed; after a repair, its lists and keys count as new"
  }
  static func miscounted(_ job: String) -> String {
    "job '\(job)' has missing rows, or rows as they were earlier; its messages may have been sent"
  }

  package static var examples: [ExampleMessage] {
    [
      secret, foreign("audit"), gone(from: "job"), sequence(of: "job"), index(of: "send_key"), job("spring"), strays(2),
      key("backup-2026-11-30"), account("https://sms.vpixelpro.com"),
      miscounted("spring"),
    ].map { .result($0) }
  }
}
