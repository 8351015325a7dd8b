import Application
import Configuration
import Output
import TextFormats

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
  func finishWhatBegan() throws {
    try printer?.finishWhatBegan()
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
