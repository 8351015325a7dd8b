/// An error in the user's input, and where it is.
package struct InputError: UserError, Hashable {
  package enum Place: Hashable, Sendable {
    /// An option or operand, such as `TO` or `--at`.
    case argument(String)
    /// A file of rows; `row` counts data rows from 1, and the line of the file may be known.
    case row(file: String, row: Int?, line: Int?)
    case file(String)
    case standardInput
  }

  /// What is wrong. Each module adds its own problems as static functions.
  package struct Problem: Hashable, Sendable {
    package var message: String
    package var hint: String?

    package init(_ message: String, hint: String? = nil) {
      self.message = message
      self.hint = hint
    }
  }

  /// Nil until added by a caller that knows it.
  package var place: Place?
  package var problem: Problem
  /// Several rows that it is about.
  package var rows: [ErrorDetails.BadRow] = []

  package init(_ problem: Problem, at place: Place? = nil) {
    self.place = place
    self.problem = problem
  }

  package var message: String { (place.map { "\($0.text): " } ?? "") + problem.message }
  package var hint: String? { problem.hint }
  package var kind: String { "input" }
  package var exitCode: ExitCode { .usage }

  package var details: ErrorDetails {
    var details = ErrorDetails()
    details.rows = rows
    if case .row(_, let row, let line) = place {
      details.rows = [ErrorDetails.BadRow(row: row, line: line, message: problem.message)]
    }
    return details
  }
}

extension InputError.Place {
  fileprivate var text: String {
    switch self {
    case .argument(let name): name
    case .file(let path): path
    case .standardInput: "standard input"
    case .row(let file, let row, let line):
      "\(file)\(row.map { ", row \($0)" } ?? "")\(line.map { " (line \($0))" } ?? "")"
    }
  }
}

extension InputError.Problem {
  /// Standard input would be read from a terminal, without the user knowing that it is awaited.
  package static func inputIsTerminal(expected: String) -> Self {
    Self(
      "can't read \(expected) from standard input, which is a terminal", hint: "pipe it in, or name a file")
  }
}
