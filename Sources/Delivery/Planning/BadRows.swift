import TextFormats

/// The rows of an input that can't be sent: the first few, and the total.
struct BadRows {
  private static let mostTold = 20

  private let source: String
  /// The hint where there are several bad rows; nil for the usual one.
  private let severalHint: String?
  private var count = 0
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

  /// What is wrong with one row, or with all of them; nil where there are none.
  var error: InputError? {
    guard let row = first.first else { return nil }
    guard count > 1 else { return InputError(row.problem, at: .row(file: source, row: row.row, line: row.line)) }
    let problem = InputError.Problem("\(count) bad rows; nothing was sent", hint: severalHint ?? usualHint)
    var error = InputError(problem, at: .file(source))
    error.rows = first.map { ErrorDetails.BadRow(row: $0.row, line: $0.line, message: $0.problem.message) }
    return error
  }

  private var usualHint: String {
    count > Self.mostTold
      ? "these are the first \(Self.mostTold); to see all, add --dry-run --skip-invalid"
      : "fix these rows, or skip them with --skip-invalid"
  }
}
