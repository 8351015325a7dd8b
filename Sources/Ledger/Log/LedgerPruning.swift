import CSQLite
import Messaging

/// What was forgotten.
public struct Pruned: Hashable, Sendable {
  /// Runs, those of single sends included.
  public var jobs = 0
  public var messages = 0
  /// Bytes that the file has fewer now.
  public var freed = 0
}

extension Ledger {
  /// Rewriting the file takes time for what stays in it, so a part of it has to be free, and not a few pages only.
  private static let leastFree = (bytes: 1 << 20, share: 4)

  /// Forgets jobs that were finished before a time, with their messages, and gives the disk space back. What is
  /// unfinished stays, and what has messages of unknown outcome unless these are to go as well, and
  /// what was sent under a key that still holds.
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
          // A run that goes on with a job locks it before it writes.
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

  /// Rewrites the file without its free pages where there are many of them; how many bytes that gave back.
  ///
  /// Other processes read on, and wait to write until it is done. That there is no room for the copy is no error.
  private func giveBackSpace(_ database: Database) throws(LedgerError) -> Int {
    let (free, size) = (try database.freeBytes, try database.fileBytes)
    guard free >= Self.leastFree.bytes, free >= size / Self.leastFree.share else { return 0 }
    do throws(LedgerError) {
      try database.execute("VACUUM")
    } catch {
      guard [SQLITE_FULL, SQLITE_BUSY, SQLITE_CANTOPEN].contains(error.code & 0xFF) else { throw error }
      return 0
    }
    // What was rewritten is in the log, which is as long as the file until nobody reads it any more.
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
