import Application
import CommandLineKit
import Configuration
import Ledger
import Messaging
import Output
import TextFormats

/// Checks everything that a run depends on, and says how to fix problems.
struct DoctorCommand: Command {
  static let repair = Flag(
    "repair", help: "Accept damaged or restored state files. Rows not sent yet become unknown.")
  static let spec = CommandSpec<any Command>(
    "doctor", summary: "Check this machine and the configuration for problems.",
    discussion: """
      Checks the configuration and its permissions, the secrets of each profile (commands are run to get them, but \
      secrets are never shown), the state directory, the ledger, TLS, and the connection to each provider. It makes \
      no API request and changes nothing. To test credentials, run 'sms config check --online'. With --profile, only \
      that profile is checked.

      Each line says ok, or what to do. The exit code is 0 if nothing failed; warnings don't count.

      If state files are damaged, or an older copy was restored, other commands exit with code 10, because it is \
      uncertain which messages were sent. --repair accepts the files as they are. Messages that unfinished jobs had \
      not sent become unknown; 'sms bulk --resume JOB --reconcile' asks the provider about them.
      """,
    examples: [
      Example("sms doctor", "Check everything."),
      Example("sms doctor -o json | jq -r '.[] | select(.status != \"ok\") | .hint'", "List what to do."),
    ],
    group: "Setup", options: [repair], columns: CheckRecord.listedColumns,
    exits: [.usage, .configuration, .unavailable, .io], make: DoctorCommand.init)

  private let repairs: Bool

  init(_ parsed: Parsed) {
    repairs = parsed[Self.repair]
  }

  func run(_ context: Context) throws {
    let isBeyondRepair = repairs ? try !repair(context) : false
    var report = try CheckReport(context)
    let configuration = ConfigurationChecks(context)
    for record in configuration.records { try report.add(record) }
    let profiles = configuration.profiles
    for profile in profiles {
      for record in profile.settingsRecords { try report.add(record) }
    }
    let state = StateChecks(context, isBeyondRepair: isBeyondRepair)
    for record in state.records + MachineChecks(context, profiles).records { try report.add(record) }
    for profile in profiles {
      for record in ConnectionChecks(context, profile).records { try report.add(record) }
    }
    try report.finish()
  }

  /// Returns false if what remains of the ledger can't be trusted at all.
  private func repair(_ context: Context) throws -> Bool {
    guard let folder = try context.configuration.stateDirectory()?.path else { throw LedgerError.noFolder }
    let condition = try? context.environment.diagnostics.examineLedger(folder)
    for damage in condition?.rowDamages ?? [] { context.note(damage) }
    do {
      let doubtful = try context.environment.diagnostics.repairLedger(folder)
      context.note(Notes.repaired(doubtful))
      return true
    } catch {
      // The checks that follow say what to do instead.
      context.note(Notes.notRepaired(error))
      return !error.isBeyondRepair
    }
  }
}

extension Notes {
  static func repaired(_ doubtful: Int) -> String {
    "ledger repaired; \(counted(doubtful, "message")) with an outcome that is now unknown"
  }

  static func notRepaired(_ error: LedgerError) -> String { "can't repair the ledger: \(error.message)" }
}

/// Prints checks as they are made, and determines the overall result.
///
/// In the format for people, a hint has its own line, and nothing is truncated.
struct CheckReport {
  private static let statusWidth = CheckRecord.Status.unchecked.rawValue.count
  private static let checkWidth = "state directory".count

  /// Whether each check is printed as a line for people.
  let isForPeople: Bool
  private let context: Context
  /// Nil if checks are printed for people.
  private let printer: RecordPrinter<CheckRecord>?
  private var codes: [ExitCode] = []
  private var failures = 0
  private var checks = 0

  init(_ context: Context) throws {
    self.context = context
    isForPeople = context.outputFormat == .table && context.globals[GlobalOptions.columns] == nil
    printer = isForPeople ? nil : try context.printer(of: CheckRecord.self)
  }

  mutating func add(_ record: CheckRecord) throws {
    checks += 1
    if record.status == .failed { failures += 1 }
    codes.append(record.exitCode)
    if let printer { try printer.print(record) } else { try context.print(lines(of: record)) }
  }

  /// Throws if any check failed; `mistakes` are for scripts.
  func finish(mistakes: [ErrorDetails.Mistake] = []) throws {
    try printer?.finish()
    guard failures > 0 else { return }
    let code = ExitCode.worst(of: codes)
    var failure = Failure.checksFailed(failures, of: checks, code)
    failure.details.mistakes = mistakes
    throw failure
  }

  /// Completes the document after an error that ended the checks early.
  func finishIfStarted() throws {
    try printer?.finishIfStarted()
  }

  private func lines(of record: CheckRecord) -> String {
    let place = [record.profile, record.subject].compactMap(\.self).joined(separator: " ")
    let text = place.isEmpty ? record.message : "\(place): \(record.message)"
    let status = Table.Cell(record.status.rawValue, style: CellStyle(status: record.status.rawValue))
    var rows = [[status, Table.Cell(record.check), Table.Cell(text)]]
    if let hint = record.hint { rows.append([Table.Cell(""), Table.Cell(""), Table.Cell("hint: \(hint)")]) }
    var widths = [Self.statusWidth, Self.checkWidth, 0]
    var lines: [UInt8] = []
    Table(columns: widths.map { _ in Table.Column("") }, rows: rows)
      .write(to: &lines, widening: &widths, colored: context.colorsOutput, showsHeader: false)
    return String(decoding: lines, as: UTF8.self)
  }
}

extension ExitCode {
  /// The error kind of failed checks.
  fileprivate var checkKind: String {
    switch self {
    case .configuration: "config"
    case .credentials: "credentials"
    case .unavailable: "unreachable"
    case .io: "io"
    default: "refused"
    }
  }
}

extension Failure {
  static func checksFailed(_ failures: Int, of checks: Int, _ code: ExitCode) -> Failure {
    Failure(code.checkKind, code, "\(failures) of \(counted(checks, "check")) failed")
  }
}

/// The result of one check, and how to fix the problem, if any.
struct CheckRecord: Hashable, Record {
  /// The result in one word.
  enum Status: String, FieldConvertible {
    case ok
    /// It works, and could be better.
    case warning
    case failed
    /// It couldn't be checked.
    case unchecked
  }

  /// The kind of check, such as `secret`.
  var check: String
  /// The profile that was checked; nil for checks of the whole configuration or machine.
  var profile: String?
  /// The name of that profile's provider.
  var provider: String?
  /// What was checked, such as a path or a setting.
  var subject: String?
  var status: Status
  var message: String
  /// How to fix the problem, preferably a command.
  var hint: String?
  /// The exit code that results from this check.
  var exitCode: ExitCode = .success

  static let fields: [RecordField<CheckRecord>] = [
    RecordField("status", \.status, [.inTable, .status], meaning: "ok, warning, failed, or unchecked"),
    RecordField("check", \.check, .inTable, meaning: "what kind of check it is"),
    RecordField("profile", \.profile, .inTable, meaning: "the profile that it is about; null for all"),
    RecordField("provider", \.provider, meaning: "the provider of that profile"),
    RecordField("subject", \.subject, .inTable, meaning: "what was checked, such as a path or a setting"),
    RecordField("message", \.message, [.inTable, .detail], meaning: "the result in words"),
    RecordField("hint", \.hint, .inTable, meaning: "what to do about it"),
  ]
}

extension CheckRecord {
  init(
    _ check: String, profile: String? = nil, provider: String? = nil, subject: String? = nil, ok message: String
  ) {
    self.init(
      check: check, profile: profile, provider: provider, subject: subject, status: .ok, message: message)
  }

  /// This check with another result.
  func warning(_ message: String, hint: String?) -> CheckRecord {
    var record = self
    (record.status, record.message, record.hint) = (.warning, message, hint)
    return record
  }

  func failed(_ message: String, hint: String?, _ exitCode: ExitCode) -> CheckRecord {
    var record = warning(message, hint: hint)
    (record.status, record.exitCode) = (.failed, exitCode)
    return record
  }

  func unchecked(_ message: String) -> CheckRecord {
    var record = self
    (record.status, record.message) = (.unchecked, message)
    return record
  }

  func warning(_ finding: CheckFinding) -> CheckRecord { warning(finding.message, hint: finding.hint) }

  func failed(_ finding: CheckFinding, _ exitCode: ExitCode) -> CheckRecord {
    failed(finding.message, hint: finding.hint, exitCode)
  }

  func failed(_ error: ConfigurationError) -> CheckRecord {
    failed(error.placedMessage, hint: error.hint ?? "'sms help config' explains all settings", .configuration)
  }

  /// This check, failed once for each error.
  func failures(_ error: ConfigurationError) -> [CheckRecord] {
    (error.withoutWarnings ?? error).all.map(failed)
  }
}
