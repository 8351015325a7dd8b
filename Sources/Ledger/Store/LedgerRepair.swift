import Messaging
import Platform
import TextFormats

extension Ledger {
  /// Believes a ledger as it is from now on, whatever was lost. The number of messages that may have been sent, and became
  /// `unknown`: what unfinished jobs still had to send, where writes are missing, and what damaged jobs had, which are
  /// closed. Damaged rows become `failed`.
  ///
  /// Fails where another process works on a job, where the database is damaged, and where there is none of ours.
  public static func repair(folder: String) throws(LedgerError) -> Int {
    let path = path(in: folder)
    do throws(LedgerError) {
      let locks: JobLocks
      do { locks = try JobLocks(folder: folder, canWrite: true) } catch { throw .unusable(error, folder: folder) }
      // A program that is just being started may have the folder's lock for a moment.
      guard JobLocks.tryPatiently({ locks.isFolderFree }) else { throw .lockReplaced(locks.path) }
      let record = locks.record()
      let mark = Files.mark(path)
      let database = try Database(path: path, .existing)
      // What could not be read again is not kept either.
      guard try database.requireOurs(path) > 0, try database.texts("PRAGMA quick_check(1)") == ["ok"] else {
        throw .beyondRepair(path)
      }
      let isWhole = LedgerGuard(path: path, locks: locks).believes(database)
      try database.execute(LedgerSchema.connection)
      var messages = 0
      try database.settle(locks, file: mark) { () throws(LedgerError) in
        // Damaged or not.
        let stamp = try database.stamp(LedgerSchema.firstWithStamp)
        let isInPlace = !stamp.isMoved(to: mark) && !locks.isCopy(ofLockOf: stamp.id)
        messages = try database.transaction { () throws(LedgerError) in
          let knowsAccounts = try database.isWhole(.ledger)
          try database.settleIn(writes: record?.writes ?? 0, mark)
          return try database.repair(doubtsUnfinished: !isWhole || !isInPlace, knowsAccounts: knowsAccounts)
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
  /// Whether it is about what is in the file, and not about who uses it. SQLITE_CONSTRAINT (19): two rows that must differ
  /// don't.
  fileprivate var leavesNothing: Bool {
    (isDamage || code & 0xFF == 19) && reason != LedgerError.lockReplaced("").reason
  }
}

extension Database {
  fileprivate func settleIn(writes: Int, _ mark: FileMark?) throws(LedgerError) {
    try run(
      DigestedTable.ledger.updating([("writes", "max(writes, :writes) + 1")]), [":writes": writes])
    try setFile(mark?.text)
  }

  /// Settles what is damaged, and believes all rows from then on; how many messages became `unknown`.
  fileprivate func repair(doubtsUnfinished: Bool, knowsAccounts: Bool) throws(LedgerError) -> Int {
    for table in DigestedTable.all where try !hasWholeIndexes(table) {
      try execute("REINDEX \(table.name)")
      guard try hasWholeIndexes(table) else { throw .damagedTable(table.name) }
    }
    try run(RepairSQL.restoreStatuses)
    try run(RepairSQL.fail)
    if !knowsAccounts { try run("DELETE FROM account") }
    try execute(RepairSQL.forgetDamaged)
    let damaged = try damagedJobs
    var unknown = 0
    for job in Set(damaged + (doubtsUnfinished ? try numbers(JobSQL.unfinished) : [])) {
      unknown += try run(JobSQL.doubt, [":job": job])
    }
    for job in try numbers(RepairSQL.jobs) { try recount(job) }
    for job in damaged { try run(RepairSQL.close, [":job": job]) }
    for table in [DigestedTable.job, .sendKey, .ledger] { try run(table.seal) }
    return unknown
  }

  /// Jobs that are damaged in more than their counts, which are made anew.
  private var damagedJobs: [Int] {
    get throws(LedgerError) {
      for job in try numbers(RepairSQL.damagedJobs) { try recount(job, RepairSQL.setCounts) }
      return try numbers(RepairSQL.damagedJobs)
    }
  }

  /// What doesn't say what was written, in words.
  var rowDamages: [String] {
    get throws(LedgerError) {
      var damages: [String] = []
      for table in DigestedTable.all where try !hasWholeIndexes(table) {
        damages.append(RowDamage.index(of: table.name))
      }
      damages += try texts(RepairSQL.namesOfDamagedJobs).map(RowDamage.job)
      damages += try numbers(RepairSQL.strays).filter { $0 > 0 }.map(RowDamage.strays)
      damages += try texts(RepairSQL.damagedKeys).map(RowDamage.key)
      damages += try texts(RepairSQL.damagedAccounts).map(RowDamage.account)
      damages += try numbers(RepairSQL.miscounted).map(RowDamage.miscounted)
      let rows = try prepare(RepairSQL.damagedRows)
      try rows.read { damages.append(LedgerError.damagedRow(rows.int("row") ?? 0, ofJob: rows.text("job")).reason) }
      return damages
    }
  }
}

/// What may be wrong with rows, in words.
package enum RowDamage {
  static func index(of table: String) -> String { "an index of the table '\(table)' has damaged or missing rows" }
  static func job(_ name: String) -> String { "job '\(name)' was changed; its messages may have been sent" }
  static func strays(_ count: Int) -> String { "\(counted(count, "message")) without a job" }
  static func key(_ key: String) -> String { "key '\(key)' was changed; its message may have been sent" }
  static func account(_ address: String) -> String {
    "the account at \(address) was changed; its jobs belong to no account"
  }
  static func miscounted(job: Int) -> String { "job \(job) has more or fewer rows than it counted" }

  package static var examples: [ExampleMessage] {
    [
      index(of: "send_key"), job("spring"), strays(2), key("backup-2026-11-30"), account("https://sms.vpixelpro.com"),
      miscounted(job: 3),
    ].map { .result($0) }
  }
}
