import Platform

/// What makes state files unworthy of belief: all of them are SQLITE_CORRUPT (11), and `sms doctor` explains them.
extension LedgerError {
  /// What was written is gone.
  static func lostWrites(_ count: Int, _ path: String) -> LedgerError {
    let writes = count == 1 ? "the last write is" : "the last \(count) writes are"
    return damage(
      "\(writes) missing: the write-ahead log was damaged or removed, or an older copy was restored", path)
  }

  /// A write-ahead log has whole transactions behind a damaged one.
  static func damagedLog(_ path: String) -> LedgerError {
    damage("damaged in the middle; everything written after that is lost", path)
  }

  /// There is no ledger, or an empty one, where there was one.
  static func missingLedger(_ path: String) -> LedgerError {
    damage("empty or missing, although the files next to it show that it was in use", path)
  }

  /// The file is shorter than it says.
  static func cut(_ path: String) -> LedgerError { damage("truncated; part of it is lost", path) }

  /// There is no lock file, or one that says nothing, where there has to be one.
  static func missingLock(_ path: String) -> LedgerError {
    damage("missing or damaged, so the last writes to the ledger may be lost", path)
  }

  /// Another ledger lies where this one was.
  static func otherLedger(_ path: String) -> LedgerError {
    damage("a different ledger: ledger.lock belongs to another one", path)
  }

  /// A database of another program.
  static func foreign(_ path: String) -> LedgerError {
    damage("not an sms ledger (a database of another program)", path)
  }

  /// A file isn't the one that was opened.
  static func replaced(_ path: String) -> LedgerError {
    damage("removed, replaced, or truncated while in use", path)
  }

  /// The lock file isn't the one that other processes may hold.
  static func lockReplaced(_ path: String) -> LedgerError {
    damage("removed or replaced while another run was active", path)
  }

  /// A ledger that was copied, moved or restored, perhaps while a job was unfinished.
  static func moved(_ path: String, job: String?) -> LedgerError {
    let loss =
      job.map { " while job '\($0)' was unfinished; its messages may have been sent since" }
      ?? "; jobs and keys used since then may be missing"
    return damage("moved, copied, or restored\(loss)", path)
  }

  /// A job of which rows are gone, or have another status than was counted.
  static func damagedStatus(job: Int) -> LedgerError {
    LedgerError(.read, code: 11, reason: "job \(job) has missing rows, or rows whose status was changed")
  }

  /// A table with a row that says something else than was written, or that an index doesn't have.
  static func damagedTable(_ name: String) -> LedgerError {
    LedgerError(.read, code: 11, reason: "the table '\(name)' has damaged or missing rows")
  }

  /// Triggers or views, of which a ledger has none.
  static let foreignParts = LedgerError(.read, code: 11, reason: "contains triggers or views of another program")

  /// A row of the table of jobs that can't be read.
  static let damagedKey = LedgerError(.read, code: 11, reason: "contains a damaged key")

  static let damagedJob = LedgerError(.read, code: 11, reason: "contains a damaged job")

  /// Not even what is left of it can be read.
  static func beyondRepair(_ path: String) -> LedgerError { damage("too damaged to read", path) }

  /// Whether only a new ledger leads on.
  public var isBeyondRepair: Bool { reason == LedgerError.beyondRepair("").reason }

  private static func damage(_ reason: String, _ path: String) -> LedgerError {
    LedgerError(.read, code: 11, reason: reason, path: path)
  }
}
