import TextFormats

/// How one value of an option or operand is read, shown and completed.
public struct ValueKind<Value: Sendable>: Sendable {
  /// What stands for the value in help, such as `NUMBER` or `auto|always|never`.
  public var placeholder: String
  /// What a shell offers in its place.
  public var completion: Completion
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
  /// More than a number can hold, where there is no other limit.
  case tooLarge
  case notADuration
  case durationOutOfRange(ClosedRange<Duration>)
  case notARate
  case rateOutOfRange(ClosedRange<Int>)
  /// The allowed words.
  case notAmong([String])
  /// A list with nothing between two commas, or before the first or after the last.
  case emptyElement
  /// Anything else, in the words of the kind's author: `it must be …`, `it is not …`.
  case other(String, hint: String? = nil)

  /// What is wrong, to follow the value: `it is not a duration such as 500ms …`.
  public var message: String {
    switch self {
    case .empty: "it is empty"
    case .notANumber: "it is not a whole number"
    case .outOfRange(let range): "it must be \(range.words)"
    case .tooLarge: "it is too large"
    case .notADuration: "it is not a duration such as 500ms, 30s, 5m, 2h or 7d"
    case .durationOutOfRange(let range): "it must be from \(range.lowerBound.words) to \(range.upperBound.words)"
    case .notARate: "it is not a rate such as 10/s, 300/m or 1000/h"
    case .rateOutOfRange(let range): "its count must be \(range.words)"
    case .notAmong(let words): "it must be one of \(words.joined(separator: ", "))"
    case .emptyElement: "an element of the list is empty"
    case .other(let message, _): message
    }
  }

  /// What was probably meant by the text that has the problem; nil where nothing comes to mind.
  public func hint(for text: String) -> String? {
    switch self {
    case .notAmong(let words): nearest(to: text, among: words).map { "did you mean \($0)?" }
    case .other(_, let hint): hint
    default: nil
    }
  }
}

extension ClosedRange<Int> {
  fileprivate var words: String {
    upperBound == Int.max ? "\(lowerBound) or more" : "from \(lowerBound) to \(upperBound)"
  }
}
