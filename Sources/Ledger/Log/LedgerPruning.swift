import CSQLite
import Messaging

/// What was deleted.
public struct Pruned: Hashable, Sendable {
  /// Runs, including those of single sends.
  public var jobs = 0
  public var messages = 0
  /// How many bytes the file shrank by.
  public var freed = 0
}

extension Ledger {
  /// Rewriting the file costs time for everything that stays, so it needs enough free space: in bytes, and as a
  /// fraction.
  private static let leastFree = (bytes: 1 << 20, share: 4)

  /// Deletes jobs finished before a time, with their messages, and frees the disk space. Unfinished jobs stay; so do
  /// those sent under a key that has not expired and, without `unknownToo`, those with messages of unknown outcome.
  ///
  /// Fails where anything is damaged: it may be what is to stay.
  public func prune(before time: Timestamp, unknownToo: Bool = false) throws(LedgerError) -> Pruned {
    try access { (database) throws(LedgerError) in
      if let damage = try database.rowDamages.first { throw LedgerError(.read, code: 11, reason: damage) }
    }
    try retireExpiredKeys()
    return try access { (database) throws(LedgerError) in
      var pruned = Pruned()
      for job in try database.jobs(finishedBefore: time, unknownToo) {
        try transaction(claims: false) { () throws(LedgerError) in
          // A run that resumes a job locks it before it writes.
          _ = try entry(job)
          guard !isHeldElsewhere(job), try !database.jobs(finishedBefore: time, unknownToo, job).isEmpty else { return }
          pruned.messages += try database.run(JobSQL.deleteMessages, [":job": job])
          pruned.jobs += try database.numbers(JobSQL.delete, [":job": job]).count
        }
      }
      pruned.freed = try giveBackSpace(database)
      return pruned
    }
  }

  /// Rewrites the file without its free pages if there are many; returns the number of bytes freed.
  ///
  /// Meanwhile other processes can read, but must wait to write. A lack of space for the copy is no error.
  private func giveBackSpace(_ database: Database) throws(LedgerError) -> Int {
    let (free, size) = (try database.freeBytes, try database.fileBytes)
    guard free >= Self.leastFree.bytes, free >= size / Self.leastFree.share else { return 0 }
    do throws(LedgerError) {
      try database.execute("VACUUM")
    } catch {
      guard [SQLITE_FULL, SQLITE_BUSY, SQLITE_CANTOPEN].contains(error.code & 0xFF) else { throw error }
      return 0
    }
    // What was rewritten is in the log, which is as long as the file until nobody reads it anymore.
    _ = try database.numbers("PRAGMA wal_checkpoint(TRUNCATE)")
    return max(0, size - (try database.fileBytes))
  }
}

extension Database {
  fileprivate func jobs(
    finishedBefore time: Timestamp, _ unknownToo: Bool, _ job: Int? = nil
  ) throws(LedgerError) -> [Int] {
    try numbers(
      JobSQL.finishedBefore, [":time": Int(time.unixSeconds), ":unknown_too": unknownToo ? 1 : 0, ":job": job])
  }

  fileprivate var freeBytes: Int {
    get throws(LedgerError) { try pragma("freelist_count") * pragma("page_size") }
  }

  fileprivate var fileBytes: Int {
    get throws(LedgerError) { try pragma("page_count") * pragma("page_size") }
  }

  private func pragma(_ name: String) throws(LedgerError) -> Int { try numbers("PRAGMA \(name)").first ?? 0 }
}
