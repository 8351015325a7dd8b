import TextFormats

/// How one value of an option or operand is read, shown and completed.
public struct ValueKind<Value: Sendable>: Sendable {
  /// What stands for the value in help, such as `NUMBER` or `auto|always|never`.
  public var placeholder: String
  /// What a shell offers in its place.
  public var completion: Completion
  /// Whether several can be joined by commas; a shell completes the last one.
  public var isList = false
  /// Reads the value as it was typed.
  public var parse: @Sendable (String) throws(ValueProblem) -> Value
  /// Writes a value as it would be typed, to show a default.
  public var describe: @Sendable (Value) -> String

  /// A kind of your own; `parse` gets the text exactly as it was typed.
  public init(
    _ placeholder: String, completion: Completion = .none,
    describe: @escaping @Sendable (Value) -> String = { "\($0)" },
    parse: @escaping @Sendable (String) throws(ValueProblem) -> Value
  ) {
    self.placeholder = placeholder
    self.completion = completion
    self.parse = parse
    self.describe = describe
  }

  /// The same kind with another placeholder: `.string.named("NAME")`.
  public func named(_ placeholder: String) -> Self {
    var copy = self
    copy.placeholder = placeholder
    return copy
  }

  /// The same kind with other completions: `.string.completed(by: .dynamic("profiles"))`.
  public func completed(by completion: Completion) -> Self {
    var copy = self
    copy.completion = completion
    return copy
  }
}

/// What a shell offers in place of a value.
public enum Completion: Hashable, Sendable {
  case none
  /// One of these words.
  case choices([String])
  case files
  case directories
  /// What the program prints when it is asked for the values of this name (see `ProgramOutline.completionHook`).
  case dynamic(String)
}

/// Why a text is not a value of its kind.
public enum ValueProblem: Error, Hashable, Sendable {
  case empty
  /// Only digits make a whole number.
  case notANumber
  case outOfRange(ClosedRange<Int>)
  /// Too large for an `Int`, if there is no other limit.
  case tooLarge
  case notADuration
  case durationOutOfRange(ClosedRange<Duration>)
  case notARate
  case rateOutOfRange(ClosedRange<Int>)
  /// The allowed words.
  case notAmong([String])
  /// A list with nothing between two commas, or before the first or after the last.
  case emptyElement
  /// Anything else, in the words of the kind's author, such as `not a URL`.
  case other(String, hint: String? = nil)

  /// What is wrong, to stand before the value: `not a duration`.
  public var message: String {
    switch self {
    case .empty: "can't be empty"
    case .notANumber: "not a whole number"
    case .outOfRange(let range): "out of range (\(range.words))"
    case .tooLarge: "too large"
    case .notADuration: "not a duration"
    case .durationOutOfRange(let range): "out of range (\(range.lowerBound.words) to \(range.upperBound.words))"
    case .notARate: "not a rate"
    case .rateOutOfRange(let range): "count out of range (\(range.words))"
    case .notAmong: "unknown value"
    case .emptyElement: "empty item in the list"
    case .other(let message, _): message
    }
  }

  /// What to write instead; nil where the message says it.
  public var hint: String? {
    switch self {
    case .notADuration: "use a number and a unit, such as 500ms, 30s, 5m, 2h, or 7d"
    case .notARate: "use a count and a unit, such as 10/s, 300/m, or 1000/h"
    case .notAmong(let words): "use one of: \(words.joined(separator: ", "))"
    case .other(_, let hint): hint
    default: nil
    }
  }

  /// Between what is wrong and the value, as in `unknown value 'x'` and `not a rate: 'x'`.
  private var separator: String { if case .notAmong = self { " " } else { ": " } }

  /// What is wrong with a text, and which word was probably meant: `unknown value: 'jsno'; did you mean 'json'?`.
  public func message(for text: String) -> String {
    "\(message)\(text.isEmpty ? "" : "\(separator)\(text.quoted)")\(suggestion(for: text))"
  }

  /// What was probably meant, to follow the message: `; did you mean 'json'?`; empty if nothing is similar.
  public func suggestion(for text: String) -> String {
    guard case .notAmong(let words) = self, let word = nearest(to: text, among: words) else { return "" }
    return "; did you mean '\(word)'?"
  }
}

extension ClosedRange<Int> {
  fileprivate var words: String {
    upperBound == Int.max ? "\(lowerBound) or more" : "\(lowerBound) to \(upperBound)"
  }
}
