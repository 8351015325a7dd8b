import Messaging
import Platform

extension Ledger {
  /// Believes a ledger as it is from now on, whatever was lost. The number of messages that may have been sent, and became
  /// `unknown`: what unfinished jobs still had to send, where writes are missing; and rows with a damaged status. Other
  /// damaged rows that were to be sent become `failed`.
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
      let isWhole = (try? LedgerGuard(path: path, locks: locks).check(database)) != nil
      try database.execute(LedgerSchema.connection)
      var messages = 0
      try database.settle(locks, file: mark) { () throws(LedgerError) in
        let stamp = try database.stamp()
        let isInPlace = !stamp.isMoved(to: mark) && !locks.isCopy(ofLockOf: stamp.id)
        messages = try database.transaction { () throws(LedgerError) in
          try database.settleIn(writes: record?.writes ?? 0, mark)
          return try database.doubt(unfinished: !isWhole || !isInPlace)
        }
        locks.adopt(ledger: stamp.id, writes: try database.stamp().writes)
      }
      return messages
    } catch {
      throw error.inside(path)
    }
  }
}

extension Database {
  fileprivate func settleIn(writes: Int, _ mark: FileMark?) throws(LedgerError) {
    try run("UPDATE ledger SET writes = max(writes, :writes) + 1", [":writes": writes])
    try setFile(mark?.text)
  }

  fileprivate func doubt(unfinished: Bool) throws(LedgerError) -> Int {
    var messages = try run(JobSQL.doubtStrangers)
    for row in try damagedRows { try run(JobSQL.fail, [":key": row.key]) }
    for job in unfinished ? try numbers(JobSQL.unfinished) : [] { messages += try run(JobSQL.doubt, [":job": job]) }
    for job in try numbers(JobSQL.allNumbers) { try run(JobSQL.recount, [":job": job]) }
    return messages
  }
}

/// Rows that don't say what they said.
extension Database {
  /// Rows to be sent, or to be asked about, that are not what was planned.
  var damagedRows: [(key: Int, row: Int, job: String)] {
    get throws(LedgerError) {
      var damaged: [(key: Int, row: Int, job: String)] = []
      let jobs = try prepare(JobSQL.optionsOfAll)
      let rows = try prepare(JobSQL.toBeTrusted)
      try jobs.read { () throws(LedgerError) in
        guard let options = jobs.text("options").flatMap(SendOptions.init(json:)) else { throw .damagedJob }
        try rows.bind([":job": jobs.int("id")])
        let reader = JobRowReader(rows, options)
        while try rows.next() {
          guard (try? reader.message()) == nil else { continue }
          damaged.append((rows.int("key") ?? 0, rows.int("row") ?? 0, jobs.text("name") ?? ""))
        }
      }
      return damaged
    }
  }

  /// What is wrong with rows, in words.
  var rowDamages: [String] {
    get throws(LedgerError) {
      let strangers = try numbers(JobSQL.countStrangers).first ?? 0
      return (strangers > 0 ? ["\(strangers) messages have a status that sms doesn't write"] : [])
        + (try numbers(JobSQL.miscounted).map { "job \($0) has more or fewer rows than it counted" })
        + (try damagedRows.map { LedgerError.damagedRow($0.row, ofJob: $0.job).reason })
    }
  }
}
