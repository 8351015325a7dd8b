import Application
import Configuration
import Ledger
import Platform
import TextFormats

/// Checks the state directory and its ledger.
struct StateChecks {
  private let context: Context
  private let environment: Environment
  /// Whether an attempt to repair the ledger failed.
  private let isBeyondRepair: Bool

  init(_ context: Context, isBeyondRepair: Bool = false) {
    self.context = context
    self.isBeyondRepair = isBeyondRepair
    environment = context.environment
  }

  var records: [CheckRecord] {
    // Errors of the configuration are reported by other checks.
    guard let place = (try? context.configuration.stateDirectory()) ?? context.configuration.usualStateDirectory else {
      let record = CheckRecord("state directory", ok: "")
      return [record.failed(.noHome, .io)]
    }
    let directory = directory(place.path, from: place.origin)
    return [directory] + (directory.status == .failed ? [] : [ledger(in: place.path)])
  }

  private func directory(_ folder: String, from origin: Origin) -> CheckRecord {
    let source = origin == .builtIn ? nil : origin.text
    let record = CheckRecord("state directory", subject: folder, ok: CheckWords.writable(source))
    guard let status = environment.files.status(folder) else { return missing(folder, record) }
    guard status.kind == .folder else { return record.failed(.notAFolder, .io) }
    guard environment.diagnostics.isWritable(folder) else {
      return record.failed(.folderLocked(folder), .io)
    }
    guard status.mode & 0o077 != 0 else { return record }
    return record.warning(.folderExposed(mode: status.modeText, folder))
  }

  /// A missing directory is created by the first run, if possible.
  private func missing(_ folder: String, _ record: CheckRecord) -> CheckRecord {
    let above = existingFolder(above: folder)
    guard environment.files.status(above)?.kind == .folder, environment.diagnostics.isWritable(above) else {
      return record.failed(.cannotCreate(in: above), .io)
    }
    var record = record
    record.message = CheckWords.notYet
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
}

extension StateChecks {
  private func ledger(in folder: String) -> CheckRecord {
    let record = CheckRecord("ledger", subject: Ledger.path(in: folder), ok: CheckWords.notYet)
    guard Ledger.files(in: folder).contains(where: { environment.files.status($0) != nil }) else { return record }
    // Checked first, because SQLite would create more files that can't be written.
    if let locked = Ledger.files(in: folder).first(where: isLocked) {
      return record.failed(.filesLocked(locked), .io)
    }
    do throws(LedgerError) {
      let condition = try environment.diagnostics.examineLedger(folder)
      return judged(condition, in: folder, record)
    } catch {
      let isMissing = environment.files.status(Ledger.path(in: folder)) == nil
      return isMissing && !error.isDamage ? record : record.failed(finding(error, folder), .io)
    }
  }

  private func isLocked(_ path: String) -> Bool {
    environment.files.status(path) != nil && !environment.diagnostics.isWritable(path)
  }

  private func judged(_ condition: LedgerExamination, in folder: String, _ record: CheckRecord) -> CheckRecord {
    let path = record.subject ?? ""
    if let damage = condition.damages.first {
      return record.failed(.damaged(damage, setAside: setAside(folder)), .io)
    }
    if let distrust = condition.distrust { return self.distrust(distrust, condition, folder, record) }
    if let damage = condition.rowDamages.first {
      let finding: CheckFinding =
        isBeyondRepair
        ? .damaged(damage, setAside: setAside(folder)) : .rowsDamaged(condition.rowDamages.count, first: damage)
      return record.failed(finding, .io)
    }
    guard condition.isWritable else {
      return record.failed(.readOnly(path), .io)
    }
    if let status = environment.files.status(path), status.mode & 0o077 != 0 {
      return record.warning(.ledgerExposed(mode: status.modeText, path: path))
    }
    var record = record
    record.message = CheckWords.sound(condition.schemaVersion)
    guard condition.schemaVersion > 0, !condition.usesWriteAheadLog else { return record }
    return record.warning(.noLog(path: path))
  }

  /// The result for a ledger that has lost some of what was written.
  private func distrust(
    _ error: LedgerError, _ condition: LedgerExamination, _ folder: String, _ record: CheckRecord
  ) -> CheckRecord {
    guard condition.schemaVersion > 0, !isBeyondRepair else {
      return record.failed(.unsound(error.reason, setAside: setAside(folder)), .io)
    }
    var record = record
    record.subject = error.path
    let jobs = condition.unfinished.map { CheckWords.unfinished($0.name, $0.pending) }
    return record.failed(.doubtful(error.reason, jobs: jobs), .io)
  }

  private func finding(_ error: LedgerError, _ folder: String) -> CheckFinding {
    if error.isDamage { return .unsound(error.reason, setAside: setAside(folder)) }
    if let part = error.missingPart { return .tooOld(error.reason, installation: environment.installation(of: part)) }
    return error.reason.contains("newer version")
      ? .fromNewerVersion(error.reason) : .unreadable(error.reason, path: Ledger.path(in: folder))
  }

  /// A command that moves the files away. A new ledger doesn't know about earlier jobs.
  private func setAside(_ folder: String) -> String {
    let files = Ledger.files(in: folder).filter { environment.files.status($0) != nil }
    let names = files.map { String($0.split(separator: "/").last ?? "").shellQuoted }
    let aside = "\(Ledger.path(in: folder).split(separator: "/").last ?? "").damaged".shellQuoted
    return "(cd \(folder.shellQuoted) && mkdir \(aside) && mv \(names.joined(separator: " ")) \(aside))"
  }
}

extension FileStatus {
  /// The permission bits in the notation of `chmod`, such as `0640`.
  var modeText: String {
    let digits = String(mode, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
