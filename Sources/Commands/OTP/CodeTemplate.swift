import Application
import CommandLineKit
import Configuration
import Delivery

extension Template {
  /// The only placeholder in the message of a one-time password.
  private static let codeColumn = "code"
  private static let codeHint = "put {{code}} where the code goes, such as \"Your code: {{code}}\""

  /// A text with a placeholder for the code, and no others.
  init(code text: String) throws(ValueProblem) {
    do {
      try self.init(parsing: text)
    } catch {
      throw .other(error.problem.message, hint: error.problem.hint)
    }
    guard columns.contains(Self.codeColumn) else { throw .other("no {{code}} in the text", hint: Self.codeHint) }
    for column in columns where column != Self.codeColumn {
      throw .other("unknown placeholder {{\(column)}}", hint: Self.codeHint)
    }
  }
}

extension ValueKind where Value == Template {
  /// The text of a message with `{{code}}` in it.
  static var codeTemplate: Self {
    ValueKind("TEXT") { (text) throws(ValueProblem) in try Template(code: text) }
  }
}
