import CSQLite
import Messaging

/// The result of closing a job.
public enum CloseJobResult: Hashable, Sendable {
  /// The rest of it will never be sent.
  case closed(JobRecord)
  /// There was nothing to close: it is done or already closed.
  case over(JobRecord)
  /// Another process is working on it.
  case busy
  /// There is no job with that name.
  case missing
}

extension Ledger {
  /// Closes a job with unsent or unknown rows. Its rows stay, but it no longer prevents a new job.
  public func close(_ name: String) throws(LedgerError) -> CloseJobResult {
    guard let id = try entry(named: name)?.id else { return .missing }
    guard try lock(id) else { return .busy }
    defer { unlock(id) }
    // It may have been resumed or pruned before it was locked.
    guard let entry = try entry(named: name) else { return .missing }
    let record = entry.record(isHeld: false)
    guard record.state != .done, record.state != .abandoned else { return .over(record) }
    try access { (database) throws(LedgerError) in
      try transaction(claims: false) { () throws(LedgerError) in try database.close(id, at: seconds) }
    }
    return try self.entry(named: name).map { .closed($0.record(isHeld: false)) } ?? .missing
  }

  /// Returns the job for the same input and account that finished last, at `since` or later; nil if there is none.
  public func finished(
    _ request: JobRequest, _ plan: JobPlan, since: Timestamp
  ) throws(LedgerError) -> JobRecord? {
    let input = try plan.digest(request)
    return try access { (database) throws(LedgerError) in
      try database.finishedEntry(of: request.account, input, since: since)?.record(isHeld: false)
    }
  }

  /// Closes, within a transaction, the jobs that a new one replaces. Returns the name of one that another process is
  /// working on, if the new job would have to replace it.
  func closeReplaced(
    by request: JobRequest, _ input: String, on database: Database
  ) throws(LedgerError) -> String? {
    for job in try database.replaced(by: request, input) {
      guard try lock(job.id) else {
        guard request.startsAnew else { continue }
        return job.name
      }
      defer { unlock(job.id) }
      try database.close(job.id, at: seconds)
    }
    return nil
  }
}

extension Database {
  fileprivate func close(_ job: Int, at time: Int) throws(LedgerError) {
    try run(JobSQL.close, [":job": job, ":now": time])
  }

  fileprivate func replaced(by request: JobRequest, _ input: String) throws(LedgerError) -> [(id: Int, name: String)] {
    let select = try prepare(JobSQL.replacedByNew)
    try select.bind(":input", input)
    try select.bind(":begins_anew", request.startsAnew ? 1 : 0)
    try select.bind(":account", try number(of: request.account))
    try select.bind(":provider", request.account.provider)
    try select.bind(":base_url", request.account.baseURL)
    var jobs: [(id: Int, name: String)] = []
    while try select.next() {
      guard select.text("input") == input else { throw .damagedTable(DigestedTable.job.name) }
      jobs.append((select.int("id") ?? 0, select.text("name") ?? ""))
    }
    return jobs
  }
}

/// What was deleted.
public struct PruneResult: Hashable, Sendable {
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
  /// Throws if anything is damaged, as that may be something that must stay.
  public func prune(before time: Timestamp, unknownToo: Bool = false) throws(LedgerError) -> PruneResult {
    try access { (database) throws(LedgerError) in
      if let damage = try database.rowDamages.first { throw LedgerError(.read, code: 11, reason: damage) }
    }
    try retireExpiredKeys()
    return try access { (database) throws(LedgerError) in
      var pruned = PruneResult()
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
  /// Meanwhile, other processes can read, but must wait to write. A lack of space for the copy isn't an error.
  private func giveBackSpace(_ database: Database) throws(LedgerError) -> Int {
    let (free, size) = (try database.freeBytes, try database.fileBytes)
    guard free >= Self.leastFree.bytes, free >= size / Self.leastFree.share else { return 0 }
    do throws(LedgerError) {
      try database.execute("VACUUM")
    } catch {
      guard [SQLITE_FULL, SQLITE_BUSY, SQLITE_CANTOPEN].contains(error.code & 0xFF) else { throw error }
      return 0
    }
    // The rewritten pages are in the log, which stays as long as the file until no process reads it anymore.
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
