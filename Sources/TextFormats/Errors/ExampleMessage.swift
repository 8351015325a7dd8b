/// A message as a person sees it, with made-up values: `sms __reference messages` prints all of them for review.
///
/// Each type of error lists its examples beside its cases; a test finds messages in the sources that have none.
package struct ExampleMessage: Hashable, Sendable {
  package enum Kind: Sendable {
    case error, note, question
  }

  package var kind: Kind
  package var text: String
  package var hint: String?

  package init(_ error: any UserError) {
    kind = .error
    text = error.message
    hint = error.hint
  }

  private init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }

  /// What is said beside the results.
  package static func note(_ text: String) -> ExampleMessage { ExampleMessage(.note, text) }

  /// What is asked at a terminal.
  package static func question(_ text: String) -> ExampleMessage { ExampleMessage(.question, text) }

  /// As standard error shows it.
  package var lines: [String] {
    switch kind {
    case .error: ["sms: \(text)"] + (hint.map { ["hint: \($0)"] } ?? [])
    case .note, .question: [text]
    }
  }
}

extension InputError {
  /// The same problems at a place, as examples.
  package static func examples(_ problems: [Problem], at place: Place) -> [ExampleMessage] {
    problems.map { ExampleMessage(InputError($0, at: place)) }
  }

  package static var examples: [ExampleMessage] {
    examples([.inputIsTerminal(expected: "the message")], at: .argument("MESSAGE"))
  }
}
