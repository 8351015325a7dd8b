import Platform

/// Why state files can't be trusted; each is SQLITE_CORRUPT (11), and `sms doctor` explains it.
extension LedgerError {
  /// Writes are missing.
  static func lostWrites(_ count: Int, _ path: String) -> LedgerError {
    let writes = count == 1 ? "the last write is" : "the last \(count) writes are"
    return damage(
      "\(writes) missing: the write-ahead log was damaged or removed, or an older copy was restored", path)
  }

  /// A write-ahead log has complete transactions after a damaged one.
  static func damagedLog(_ path: String) -> LedgerError {
    damage("damaged in the middle; everything written after that is lost", path)
  }

  /// The ledger is missing or empty, although there was one.
  static func missingLedger(_ path: String) -> LedgerError {
    damage("empty or missing, although the files next to it show that it was in use", path)
  }

  /// The file is shorter than its header says.
  static func cut(_ path: String) -> LedgerError { damage("truncated; part of it is lost", path) }

  /// The lock file is missing or unreadable, although there must be one.
  static func missingLock(_ path: String) -> LedgerError {
    damage("missing or damaged, so the last writes to the ledger may be lost", path)
  }

  /// There is another ledger in place of this one.
  static func otherLedger(_ path: String) -> LedgerError {
    damage("a different ledger: ledger.lock belongs to another one", path)
  }

  /// The file is a database of another program.
  static func foreign(_ path: String) -> LedgerError {
    damage("not an sms ledger (a database of another program)", path)
  }

  /// A file isn't the one that was opened.
  static func replaced(_ path: String) -> LedgerError {
    damage("removed, replaced, or truncated while in use", path)
  }

  /// The lock file isn't the one that other processes may hold locks on.
  static func lockReplaced(_ path: String) -> LedgerError {
    damage("removed or replaced while another run was active", path)
  }

  /// The ledger was copied, moved or restored, perhaps while a job was unfinished.
  static func moved(_ path: String, job: String?) -> LedgerError {
    let loss =
      job.map { " while job '\($0)' was unfinished; its messages may have been sent since" }
      ?? "; jobs and keys used since then may be missing"
    return damage("moved, copied, or restored\(loss)", path)
  }

  /// A job has missing rows, or rows with a different status than was counted.
  static func damagedStatus(job: Int) -> LedgerError {
    LedgerError(.read, code: 11, reason: "job \(job) has missing rows, or rows whose status was changed")
  }

  /// A table has a row that differs from what was written, or that an index lacks.
  static func damagedTable(_ name: String) -> LedgerError {
    LedgerError(.read, code: 11, reason: "the table '\(name)' has damaged or missing rows")
  }

  /// Triggers or views, of which a ledger has none.
  static let foreignParts = LedgerError(.read, code: 11, reason: "contains triggers or views of another program")

  /// A row of the table of keys or jobs can't be read.
  static let damagedKey = LedgerError(.read, code: 11, reason: "contains a damaged key")

  static let damagedJob = LedgerError(.read, code: 11, reason: "contains a damaged job")

  /// The rest of it can't be read, either.
  static func beyondRepair(_ path: String) -> LedgerError { damage("too damaged to read", path) }

  /// Whether the only remedy is a new ledger.
  public var isBeyondRepair: Bool { reason == LedgerError.beyondRepair("").reason }

  private static func damage(_ reason: String, _ path: String) -> LedgerError {
    LedgerError(.read, code: 11, reason: reason, path: path)
  }
}
