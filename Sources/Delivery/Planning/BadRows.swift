import TextFormats

/// The rows of an input that can't be sent: the first of them, and how many there are.
package struct BadRows: UserError {
  private static let mostTold = 20

  private let source: String
  /// What to do where there are several.
  private let severalHint: String?
  package private(set) var count = 0
  private var first: [(row: Int?, line: Int, problem: InputError.Problem)] = []

  init(source: String, hint: String? = nil) {
    self.source = source
    severalHint = hint
  }

  static func ofStopList(_ source: String) -> BadRows {
    BadRows(source: source, hint: "correct these rows, or take them out of the list")
  }

  mutating func add(row: Int?, line: Int, _ problem: InputError.Problem) {
    count += 1
    if first.count < Self.mostTold { first.append((row, line, problem)) }
  }

  package var message: String {
    count == 1 ? single?.message ?? "" : "\(source): \(count) bad rows; nothing was sent"
  }

  package var hint: String? { count == 1 ? single?.hint : severalHint ?? usualHint }
  private var usualHint: String {
    count > Self.mostTold
      ? "these are the first \(Self.mostTold); to see all, add --dry-run --skip-invalid"
      : "fix these rows, or skip them with --skip-invalid"
  }

  package var kind: String { "input" }
  package var exitCode: ExitCode { .usage }

  package var details: ErrorDetails {
    var details = ErrorDetails()
    details.rows = first.map { ErrorDetails.BadRow(row: $0.row, line: $0.line, message: $0.problem.message) }
    return details
  }

  private var single: InputError? {
    first.first.map { InputError($0.problem, at: .row(file: source, row: $0.row, line: $0.line)) }
  }
}
