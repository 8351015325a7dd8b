/// An error shown to people: what went wrong, where, and what to do about it.
///
/// The words are next to each case, in the module that throws it; code that catches it only prints it.
package protocol UserError: Error {
  /// What went wrong and where, on one line; empty if the user has already seen it.
  var message: String { get }
  /// What to do about it, ideally a command to run.
  var hint: String? { get }
  /// One word for scripts, such as `usage` or `credentials`.
  var kind: String { get }
  var exitCode: ExitCode { get }
  /// What scripts need in addition to the words.
  var details: ErrorDetails { get }
  /// What the system lacks; installing it is suggested before the hint.
  var missingPart: SystemDependency? { get }
}

extension UserError {
  package var hint: String? { nil }
  package var details: ErrorDetails { ErrorDetails() }
  package var missingPart: SystemDependency? { nil }
}

/// An error that no code has to distinguish from others: only its words differ.
public struct Failure: UserError, Hashable, Sendable {
  package var kind: String
  package var exitCode: ExitCode
  package var message: String
  package var hint: String?
  package var details: ErrorDetails
  package var missingPart: SystemDependency?

  package init(
    _ kind: String, _ exitCode: ExitCode, _ message: String, hint: String? = nil,
    details: ErrorDetails = ErrorDetails(), missing part: SystemDependency? = nil
  ) {
    self.kind = kind
    self.exitCode = exitCode
    self.message = message
    self.hint = hint
    self.details = details
    missingPart = part
  }
}

/// What scripts need to know about an error in addition to its words.
package struct ErrorDetails: Hashable, Sendable {
  /// A bad row of the input.
  package struct BadRow: Hashable, Sendable {
    /// From 1, for the first row of data.
    package var row: Int?
    /// The line of the file, if known.
    package var line: Int?
    package var message: String

    package init(row: Int?, line: Int?, message: String) {
      self.row = row
      self.line = line
      self.message = message
    }
  }

  /// A mistake in a file, which may have several.
  package struct Mistake: Hashable, Sendable {
    package var file: String?
    /// From 1.
    package var line: Int?
    /// From 1, in characters.
    package var column: Int?
    package var message: String
    package var hint: String?
    /// The line itself, in a form that may be shown; nil if there is none.
    package var text: String?
    /// The number of Unicode scalars in the text before the mistake.
    package var offset = 0

    package init(_ message: String, hint: String?) {
      self.message = message
      self.hint = hint
    }
  }

  /// The name of the provider for scripts.
  package var provider: String?
  /// The provider's own code.
  package var code: String?
  package var httpStatus: Int?
  /// The job concerned.
  package var job: String?
  /// The user's profiles that support what this one doesn't.
  package var profiles: [String] = []
  /// The bad rows of the input.
  package var rows: [BadRow] = []
  /// All mistakes in a file.
  package var mistakes: [Mistake] = []

  package init(provider: String? = nil, code: String? = nil, httpStatus: Int? = nil, job: String? = nil) {
    self.provider = provider
    self.code = code
    self.httpStatus = httpStatus
    self.job = job
  }
}

/// Errors as people read them on standard error.
extension UserError {
  /// What is wrong, including each bad row or line of a file, and what to do about it.
  ///
  /// - Parameter usage: The syntax of the command, if that was what was wrong.
  package func linesForPeople(usage: String? = nil) -> [String] {
    guard details.mistakes.isEmpty else { return details.mistakes.flatMap(\.lines) }
    let rows = details.rows.count > 1 ? details.rows.map(\.words) : []
    let advice = [usage.map { "usage: \($0)" }, hint.map { "hint: \($0)" }].compactMap(\.self)
    return (["sms: \(message)"] + rows + advice).map(\.escapingControls)
  }
}

extension ErrorDetails.BadRow {
  fileprivate var words: String {
    "  row \(row.map(String.init) ?? "?") (line \(line.map(String.init) ?? "?")): \(message)"
  }
}

extension ErrorDetails.Mistake {
  /// The usual width of a terminal, minus the indentation of two columns.
  private static let widest = 76
  /// How much of a line is shown before a mistake far to the right.
  private static let mostBefore = 50

  /// Where and what is wrong, the line with a caret below the place, and what to do about it.
  fileprivate var lines: [String] {
    let place = file.map { "\($0):\(line ?? 1):\(column ?? 1): " } ?? ""
    return ["sms: \(place)\(message)".escapingControls] + excerpt
      + [hint.map { "hint: \($0)".escapingControls }].compactMap(\.self)
  }

  private var excerpt: [String] {
    guard let text else { return [] }
    let scalars = text.unicodeScalars.map { $0 == "\t" ? " " : $0 }
    func shown(_ part: ArraySlice<Unicode.Scalar>) -> String {
      part.reduce(into: "") { $0.unicodeScalars.append($1) }.escapingControls
    }
    var before = shown(scalars.prefix(offset))
    if before.count > Self.mostBefore { before = "…" + before.suffix(Self.mostBefore - 1) }
    let line = (before + shown(scalars.dropFirst(offset))).cut(toWidth: Self.widest)
    return ["  \(line)", "  \(String(repeating: " ", count: before.displayWidth))^"]
  }
}

/// A message as people see it, with made-up values: `sms __reference messages` prints all of them for review.
///
/// Each type of error lists its examples next to its cases; a test finds messages in the sources without one.
package struct ExampleMessage: Hashable, Sendable {
  package enum Kind: Sendable {
    case error, note, question
    /// A line of results, or part of one.
    case result
    /// In the words of a provider's documentation.
    case quoted
  }

  package var kind: Kind
  package var text: String
  package var hint: String?
  /// The lines as printed.
  package var lines: [String]

  package init(_ error: any UserError) {
    kind = .error
    let installation = error.missingPart?.installation(osRelease: "ID=debian")
    let hints = [installation, error.hint].compactMap(\.self)
    hint = hints.isEmpty ? nil : hints.joined(separator: ", or ")
    let mistake = error.details.mistakes.first
    text = mistake.map { "\($0.file ?? ""):\($0.line ?? 1):\($0.column ?? 1): \($0.message)" } ?? error.message
    lines = error.linesForPeople()
    if let installation, error.hint == nil { lines.append("hint: \(installation)") }
  }

  private init(_ kind: Kind, _ text: String, hint: String? = nil) {
    self.kind = kind
    self.text = text
    self.hint = hint
    lines = [text] + [hint.map { "hint: \($0)" }].compactMap(\.self)
  }

  /// A message in addition to the results.
  package static func note(_ text: String) -> ExampleMessage { ExampleMessage(.note, text) }

  /// A question asked at a terminal.
  package static func question(_ text: String) -> ExampleMessage { ExampleMessage(.question, text) }

  /// A text from a provider's documentation, for replies without one.
  package static func quoted(_ text: String) -> ExampleMessage { ExampleMessage(.quoted, text) }

  /// A result in words, such as a check of `sms doctor`.
  package static func result(_ text: String, hint: String? = nil) -> ExampleMessage {
    ExampleMessage(.result, text, hint: hint)
  }
}

extension InputError {
  /// Examples of these problems at a place.
  package static func examples(_ problems: [Problem], at place: Place) -> [ExampleMessage] {
    problems.map { ExampleMessage(InputError($0, at: place)) }
  }

  package static var examples: [ExampleMessage] {
    examples([.inputIsTerminal(expected: "the list")], at: .argument("FILE"))
  }
}
