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
