import Application
import Configuration
import Ledger
import Platform
import TextFormats

/// Checks of the state directory and the ledger in it.
struct StateChecks {
  private let context: Context
  private let environment: Environment
  /// Whether an attempt to repair the ledger came to nothing.
  private let isBeyondRepair: Bool

  init(_ context: Context, isBeyondRepair: Bool = false) {
    self.context = context
    self.isBeyondRepair = isBeyondRepair
    environment = context.environment
  }

  var records: [CheckRecord] {
    // What is wrong with the configuration is said elsewhere.
    guard let place = (try? context.configuration.stateDirectory()) ?? context.configuration.usualStateDirectory else {
      let record = CheckRecord("state directory", ok: "")
      return [record.failed("no home folder to keep it in", hint: "set SMS_STATE_DIR to a folder", .io)]
    }
    let directory = directory(place.path, from: place.origin)
    return [directory] + (directory.status == .failed ? [] : [ledger(in: place.path)])
  }

  private func directory(_ folder: String, from origin: Origin) -> CheckRecord {
    let source = origin == .builtIn ? "" : " (\(origin.text))"
    let record = CheckRecord("state directory", subject: folder, ok: "can be written\(source)")
    guard let status = environment.files.status(folder) else { return missing(folder, record) }
    guard status.kind == .folder else { return record.failed("not a folder", hint: Self.otherPlace, .io) }
    guard environment.diagnostics.isWritable(folder) else {
      let hint = "run: chmod u+rwx \(folder.shellQuoted), or set SMS_STATE_DIR to another folder"
      return record.failed("it can't be written", hint: hint, .io)
    }
    guard status.mode & 0o077 != 0 else { return record }
    return record.warning(
      "mode \(status.modeText): others can look into it", hint: "run: chmod 700 \(folder.shellQuoted)")
  }

  /// One that is not there is made by the first run, where it can be.
  private func missing(_ folder: String, _ record: CheckRecord) -> CheckRecord {
    let above = existingFolder(above: folder)
    guard environment.files.status(above)?.kind == .folder, environment.diagnostics.isWritable(above) else {
      return record.failed("it can't be made: \(above) can't be written", hint: Self.otherPlace, .io)
    }
    var record = record
    record.message = "not there yet; the first run makes it"
    return record
  }

  private func existingFolder(above path: String) -> String {
    var path = path
    while environment.files.status(path) == nil {
      guard let slash = path.lastIndex(of: "/") else { return "." }
      guard slash != path.startIndex else { return "/" }
      path = String(path[..<slash])
    }
    return path
  }

  private static let otherPlace = "set SMS_STATE_DIR to a writable folder"
}

extension StateChecks {
  private func ledger(in folder: String) -> CheckRecord {
    let record = CheckRecord("ledger", subject: Ledger.path(in: folder), ok: "not there yet; the first run makes it")
    guard Ledger.files(in: folder).contains(where: { environment.files.status($0) != nil }) else { return record }
    // SQLite would leave files behind that can't be written either.
    if let locked = Ledger.files(in: folder).first(where: isLocked) {
      let hint = "run: chmod u+rw \(locked.shellQuoted), or give it back to you with chown if you ran sms as root"
      return record.failed("\(locked) can't be read and written", hint: hint, .io)
    }
    do throws(LedgerError) {
      let condition = try environment.diagnostics.examineLedger(folder)
      return judged(condition, in: folder, record)
    } catch {
      let isMissing = environment.files.status(Ledger.path(in: folder)) == nil
      return isMissing && !error.isDamage ? record : record.failed(error.reason, hint: hint(error, folder), .io)
    }
  }

  private func isLocked(_ path: String) -> Bool {
    environment.files.status(path) != nil && !environment.diagnostics.isWritable(path)
  }

  private func judged(_ condition: LedgerCondition, in folder: String, _ record: CheckRecord) -> CheckRecord {
    let path = (record.subject ?? "").shellQuoted
    if let damage = condition.damages.first {
      return record.failed("damaged: \(damage)", hint: setAside(folder), .io)
    }
    if let distrust = condition.distrust { return self.distrust(distrust, condition, folder, record) }
    if let damage = condition.rowDamages.first {
      return record.failed(
        "\(condition.rowDamages.count) damaged: \(damage)",
        hint: isBeyondRepair
          ? setAside(folder)
          : "run: sms doctor --repair, which makes such messages failed or unknown and closes such jobs; "
            + "see what they sent (sms log --job JOB) before you send their lists again", .io)
    }
    guard condition.isWritable else {
      return record.failed("it can't be written", hint: "run: chmod u+w \(path)", .io)
    }
    if let status = environment.files.status(record.subject ?? ""), status.mode & 0o077 != 0 {
      return record.warning("mode \(status.modeText): others can read it", hint: "run: chmod 600 \(path)")
    }
    var record = record
    record.message = "sound, schema version \(condition.schemaVersion)"
    guard condition.schemaVersion > 0, !condition.usesWriteAheadLog else { return record }
    return record.warning(
      "it has no write-ahead log, so runs wait for each other", hint: "run: sqlite3 \(path) 'PRAGMA journal_mode = WAL'"
    )
  }

  /// What can be read of it is not all that was written.
  private func distrust(
    _ error: LedgerError, _ condition: LedgerCondition, _ folder: String, _ record: CheckRecord
  ) -> CheckRecord {
    guard condition.schemaVersion > 0, !isBeyondRepair else { return record.failed(error.reason, hint: setAside(folder), .io) }
    let jobs = condition.unfinished.map { "'\($0.name)' (\($0.pending) to send)" }
    let doubt =
      jobs.isEmpty
      ? "no job is unfinished in it, but later jobs may be missing"
      : "what these jobs still have to send may have been sent: \(jobs.joined(separator: ", ")); later jobs may be missing"
    var record = record
    record.subject = error.path
    return record.failed(
      "\(error.reason); \(doubt)",
      hint: "put the right files back, or run: sms doctor --repair, which makes these rows unknown; "
        + "then: sms bulk --resume JOB --reconcile", .io)
  }

  private func hint(_ error: LedgerError, _ folder: String) -> String {
    if error.isDamage { return setAside(folder) }
    if let part = error.missingPart { return environment.installation(of: part) }
    return error.reason.contains("newer version")
      ? "update sms" : "look at its permissions: ls -l \(Ledger.path(in: folder).shellQuoted)"
  }

  private func setAside(_ folder: String) -> String {
    let files = Ledger.files(in: folder).filter { environment.files.status($0) != nil }.map(\.shellQuoted)
    let aside = "\(Ledger.path(in: folder)).damaged".shellQuoted
    return "put the right files back, or run: mkdir \(aside) && mv \(files.joined(separator: " ")) \(aside); "
      + "a new ledger is made, which knows nothing of earlier jobs: their messages may have been sent"
  }
}

extension FileStatus {
  /// The permission bits as `chmod` takes them, such as `0640`.
  var modeText: String {
    let digits = String(mode, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
