/// How one value of an option or operand is read, shown and completed.
public struct ValueKind<Value: Sendable>: Sendable {
  /// What stands for the value in help, such as `NUMBER` or `auto|always|never`.
  public var placeholder: String
  /// What a shell offers in its place.
  public var completion: Completion
  /// Reads the value as it was typed.
  public var parse: @Sendable (String) throws(ValueProblem) -> Value

  /// A kind of your own; `parse` gets the text exactly as it was typed.
  public init(
    _ placeholder: String, completion: Completion = .none,
    parse: @escaping @Sendable (String) throws(ValueProblem) -> Value
  ) {
    self.placeholder = placeholder
    self.completion = completion
    self.parse = parse
  }

  /// The same kind under another placeholder: `.string.named("NAME")`.
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

  /// A kind that reads further what this one read.
  public func map<Other: Sendable>(
    _ transform: @escaping @Sendable (Value) throws(ValueProblem) -> Other
  ) -> ValueKind<Other> {
    let parse = parse
    return ValueKind<Other>(placeholder, completion: completion) { (text) throws(ValueProblem) in
      try transform(parse(text))
    }
  }
}

/// What a shell offers in the place of a value.
public enum Completion: Hashable, Sendable {
  case none
  /// One of these words.
  case choices([String])
  case files
  case directories
  /// What the program answers when it is asked for the values of this name (see `ProgramOutline.completionHook`).
  case dynamic(String)
}

/// Why a text is no value of its kind.
public enum ValueProblem: Error, Hashable, Sendable {
  case empty
  /// Digits alone make a whole number.
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
  /// Anything else, in the words of whoever declared the kind: `must be …`, `is not …`.
  case other(String, hint: String? = nil)
}
