import Platform
import TextFormats

/// Why the ledger, or a plan, could not be read or written.
public struct LedgerError: UserError, Hashable, Sendable {
  /// What failed.
  public enum Action: Hashable, Sendable {
    case open, prepare, write, read
  }

  public var action: Action
  /// SQLite's extended result code, such as 13 (SQLITE_FULL).
  public var code: Int32
  /// SQLite's words for the error, or the system's.
  public var reason: String
  /// The ledger or its directory; nil for a plan, which has no file of its own.
  public var path: String?

  public init(_ action: Action, code: Int32, reason: String, path: String? = nil) {
    self.action = action
    self.code = code
    self.reason = reason
    self.path = path
  }

  package var message: String { path.map { "\($0): \(reason)" } ?? "can't store the messages to send: \(reason)" }
  package var hint: String? {
    switch code & 0xFF {
    // SQLITE_BUSY
    case 5: "try again; if another sms was stopped, resume or end it: pgrep -l sms"
    case _ where isDamage: Self.doctor
    // SQLITE_MISMATCH: SQLite is too old.
    case 20: nil
    // SQLITE_FULL
    case 13: "free some space, or set SMS_STATE_DIR to a folder on another disk"
    // SQLITE_NOTFOUND: the job was deleted.
    case 12: "'sms jobs' lists all jobs"
    default:
      reason.hasPrefix(Self.newer)
        ? "update sms" : action == .open ? "set SMS_STATE_DIR to a writable folder" : Self.doctor
    }
  }
  private static let doctor = "run: sms doctor"
  private static let newer = "schema version"
  package var kind: String { "io" }
  package var exitCode: ExitCode { .io }
  package var missingPart: SystemDependency? { code == 20 ? .sqlite : nil }
}

extension LedgerError {
  /// A row is missing, or holds something that was never written there: SQLITE_CORRUPT (11).
  public static func damagedRow(_ number: Int, ofJob job: String? = nil) -> LedgerError {
    let place = job.map { " of job '\($0)'" } ?? ""
    return LedgerError(.read, code: 11, reason: "row \(number)\(place) is missing or was changed")
  }

  /// Another process prevents writing: SQLITE_BUSY (5).
  static let busy = LedgerError(
    .write, code: 5, reason: "locked by another process for \(Database.patience / 1000) seconds")

  /// A job was pruned just before it was opened: SQLITE_NOTFOUND (12).
  static let forgotten = LedgerError(.read, code: 12, reason: "'sms jobs prune' just deleted this job")

  /// The directory, or a file next to the ledger, can't be used: SQLITE_CANTOPEN (14).
  static func unusable(_ error: SystemError, folder: String) -> LedgerError {
    LedgerError(.open, code: 14, reason: error.reason, path: error.path ?? folder)
  }

  /// Written by a newer version of this program, or by another program: SQLITE_CANTOPEN (14).
  static func otherSchema(_ version: Int) -> LedgerError {
    LedgerError(.open, code: 14, reason: "\(newer) \(version) is from a newer version of sms")
  }

  /// Another process holds the lock of a job that is just being begun: SQLITE_CORRUPT (11).
  static func lockTaken(_ path: String) -> LedgerError {
    LedgerError(.write, code: 11, reason: "the lock of a new job is already held", path: path)
  }

  /// Whether files can't be trusted: SQLITE_CORRUPT (11), SQLITE_NOTADB (26), or a statement that doesn't match the
  /// schema.
  public var isDamage: Bool { [11, 26].contains(code & 0xFF) || isOfSchema }

  /// Whether tables or columns don't have the names that were written: SQLITE_ERROR (1).
  var isOfSchema: Bool { code & 0xFF == 1 }

  /// The same error, about the file at `path` unless it already names one.
  func inside(_ path: String) -> LedgerError { self.path == nil ? at(path) : self }

  func at(_ path: String) -> LedgerError {
    var error = self
    error.path = path
    return error
  }
}

extension LedgerError {
  /// One example of each reason.
  package static var examples: [ExampleMessage] {
    let folder = "/home/ada/.local/state/sms"
    let (path, lock) = ("\(folder)/ledger.db", "\(folder)/ledger.lock")
    let errors = [
      LedgerError(.write, code: 13, reason: "database or disk is full"),
      LedgerError(.open, code: 14, reason: "unable to open", path: path),
      LedgerError(.write, code: 5, reason: "database is locked", path: path),
      damagedRow(3, ofJob: "spring").at(path), damagedKey.at(path), busy.at(path),
      SQLiteLibrary.tooOld(3_034_001).at(path),
      forgotten.at(path), otherSchema(9).at(path), lockTaken(lock),
      lostWrites(1, path), lostWrites(2, path), missingLock(lock), damagedLog("\(path)-wal"), missingLedger(path),
      cut(path),
      otherLedger(path), foreign(path),
      replaced(path), lockReplaced(lock), moved(path, job: "spring"), moved(path, job: nil),
      damagedStatus(job: 3).at(path), damagedTable("send_key").at(path), foreignParts.at(path),
      damagedJob.at(path),
      beyondRepair(path),
    ]
    return errors.map { ExampleMessage($0) }
  }
}
