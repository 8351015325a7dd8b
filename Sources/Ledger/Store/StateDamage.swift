import Platform

/// What makes state files unworthy of belief: all of them are SQLITE_CORRUPT (11), and `sms doctor` explains them.
extension LedgerError {
  /// What was written is gone.
  static func lostWrites(_ count: Int, _ path: String) -> LedgerError {
    let writes = count == 1 ? "the last write to it is" : "the last \(count) writes to it are"
    return damage(
      "\(writes) missing: the write-ahead log was damaged, cut or removed, or an older copy was restored", path)
  }

  /// A write-ahead log has whole transactions behind a damaged one.
  static func damagedLog(_ path: String) -> LedgerError {
    damage("it is damaged in the middle, and what was written after that is lost", path)
  }

  /// There is no ledger, or an empty one, where there was one.
  static func missingLedger(_ path: String) -> LedgerError {
    damage("it was emptied or removed, but the files beside it are those of a ledger in use", path)
  }

  /// The file is shorter than it says.
  static func cut(_ path: String) -> LedgerError { damage("it was cut, and a part of it is lost", path) }

  /// There is no lock file, or one that says nothing, where there has to be one.
  static func missingLock(_ path: String) -> LedgerError {
    damage("it is missing or damaged, so nobody can tell whether the last writes to the ledger are lost", path)
  }

  /// Another ledger lies where this one was.
  static func otherLedger(_ path: String) -> LedgerError {
    damage("it is not the ledger that was here before: ledger.lock belongs to another one", path)
  }

  /// A database of another program.
  static func foreign(_ path: String) -> LedgerError { damage("it is a database of another program", path) }

  /// A file isn't the one that was opened.
  static func replaced(_ path: String) -> LedgerError {
    damage("it was removed, replaced or cut while it was in use", path)
  }

  /// The lock file isn't the one that other processes may hold.
  static func lockReplaced(_ path: String) -> LedgerError {
    damage("it was removed or replaced while another run was at work", path)
  }

  /// A ledger that was copied, moved or restored, perhaps while a job was unfinished.
  static func moved(_ path: String, job: String?) -> LedgerError {
    let loss =
      job.map { " while the job '\($0)' was unfinished: its messages may have been sent since" }
      ?? ": jobs and keys that were used since then may be missing from it"
    return damage("it was moved, copied or restored\(loss)", path)
  }

  /// A status that no version writes.
  static func damagedStatus(job: Int) -> LedgerError {
    LedgerError(.read, code: 11, reason: "job \(job) has rows that are missing or have an unknown status")
  }

  /// A row of the table of jobs that can't be read.
  static let damagedJob = LedgerError(.read, code: 11, reason: "a job in it is damaged")

  /// Not even what is left of it can be read.
  static func beyondRepair(_ path: String) -> LedgerError { damage("too much of it is damaged", path) }

  private static func damage(_ reason: String, _ path: String) -> LedgerError {
    LedgerError(.read, code: 11, reason: reason, path: path)
  }
}
