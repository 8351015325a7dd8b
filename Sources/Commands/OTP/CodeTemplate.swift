import Application
import CommandLineKit
import Configuration
import Delivery

extension Template {
  /// The only thing that can be filled into the message of a one-time password.
  private static let codeColumn = "code"

  /// A text with a place for a code, and for nothing else.
  init(code text: String) throws(ValueProblem) {
    do {
      try self.init(parsing: text)
    } catch {
      throw .other(error.problem.message)
    }
    guard columns.contains(Self.codeColumn) else { throw .other("no {{\(Self.codeColumn)}} in the text") }
    for column in columns where column != Self.codeColumn {
      throw .other("unknown placeholder {{\(column)}}")
    }
  }
}

extension ValueKind where Value == Template {
  /// The text of a message with `{{code}}` in it.
  static var codeTemplate: Self {
    ValueKind("TEXT") { (text) throws(ValueProblem) in try Template(code: text) }
  }
}
