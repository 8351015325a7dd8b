import TextFormats

/// How a value of an option or operand is parsed, shown, and completed.
public struct ValueKind<Value: Sendable>: Sendable {
  /// The placeholder for the value in help, such as `NUMBER` or `auto|always|never`.
  public var placeholder: String
  /// What shells offer for completion.
  public var completion: Completion
  /// Whether it can be several values, separated by commas; shells complete the last one.
  public var isList = false
  /// Parses the text of a value.
  public var parse: @Sendable (String) throws(ValueProblem) -> Value
  /// Formats a value as it would be typed, to show a default.
  public var describe: @Sendable (Value) -> String

  /// A custom kind; `parse` gets exactly the text that was typed.
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

  /// This kind with another placeholder: `.string.named("NAME")`.
  public func named(_ placeholder: String) -> Self {
    var copy = self
    copy.placeholder = placeholder
    return copy
  }

  /// This kind with another completion: `.string.completed(by: .dynamic("profiles"))`.
  public func completed(by completion: Completion) -> Self {
    var copy = self
    copy.completion = completion
    return copy
  }
}

/// What shells offer for completion.
public enum Completion: Hashable, Sendable {
  case none
  /// One of these words.
  case choices([String])
  case files
  case directories
  /// What the program prints when it is called for this name's values (see `ProgramOutline.completionHook`).
  case dynamic(String)
}

/// Why a text isn't a valid value.
public enum ValueProblem: Error, Hashable, Sendable {
  case empty
  /// It contains characters other than digits.
  case notANumber
  case outOfRange(ClosedRange<Int>)
  /// Too large for an `Int`, and there is no lower limit.
  case tooLarge
  case notADuration
  case durationOutOfRange(ClosedRange<Duration>)
  case notARate
  case rateOutOfRange(ClosedRange<Int>)
  /// The allowed words.
  case notAmong([String])
  /// A list with an empty element, such as `a,,b` or `,a`.
  case emptyElement
  /// Any other problem, in the words of the kind's author: `not a URL`.
  case other(String, hint: String? = nil)

  /// The problem, in words that precede the value: `not a duration`.
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

  /// What to write instead; nil if the message already says it.
  public var hint: String? {
    switch self {
    case .notADuration: "use a number and a unit, such as 500ms, 30s, 5m, 2h, or 7d"
    case .notARate: "use a count and a unit, such as 10/s, 300/m, or 1000/h"
    case .notAmong(let words): "use one of: \(words.joined(separator: ", "))"
    case .other(_, let hint): hint
    default: nil
    }
  }

  /// The text between the problem and the value, as in `unknown value 'x'` and `not a rate: 'x'`.
  private var separator: String { if case .notAmong = self { " " } else { ": " } }

  /// The problem with a text, and the likely correction: `unknown value 'jsno'; did you mean 'json'?`.
  public func message(for text: String) -> String {
    "\(message)\(text.isEmpty ? "" : "\(separator)\(text.quoted)")\(suggestion(for: text))"
  }

  /// The likely correction, to be added to a message: `; did you mean 'json'?`; empty if nothing is similar.
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

extension ValueKind where Value == String {
  /// Any text, even an empty one.
  public static var string: Self {
    ValueKind("TEXT") { (text) throws(ValueProblem) in text }
  }

  /// A path, or `-`; the file doesn't have to exist.
  public static var file: Self {
    ValueKind("FILE", completion: .files) { (text) throws(ValueProblem) in
      guard !text.isEmpty else { throw .empty }
      return text
    }
  }

  /// A path; the directory doesn't have to exist.
  public static var directory: Self { file.named("DIR").completed(by: .directories) }

  /// One of these words, spelled exactly.
  public static func choice(_ words: [String]) -> Self {
    choice(words, describe: \.self, value: \.self)
  }
}

extension ValueKind where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
  /// A case of an enumeration, by its raw value.
  public static func enumeration(_ type: Value.Type = Value.self) -> Self {
    choice(Value.allCases.map(\.rawValue), describe: \.rawValue, value: Value.init)
  }
}

extension ValueKind {
  /// One of these words. They also serve as the placeholder, unless they are too long.
  private static func choice(
    _ words: [String], describe: @escaping @Sendable (Value) -> String, value: @escaping @Sendable (String) -> Value?
  ) -> Self {
    let alternatives = words.joined(separator: "|")
    let placeholder = alternatives.count <= 40 ? alternatives : "WORD"
    return ValueKind(placeholder, completion: .choices(words), describe: describe) { (text) throws(ValueProblem) in
      guard let word = words.first(where: { $0.isSpelled(text) }), let value = value(word) else {
        throw .notAmong(words)
      }
      return value
    }
  }

  /// Values of another kind joined by commas, at least one; spaces around the commas are ignored.
  public static func list<Element: Sendable>(of kind: ValueKind<Element>) -> Self where Value == [Element] {
    let (parse, describe) = (kind.parse, kind.describe)
    var list = ValueKind(
      "\(kind.placeholder),...", completion: kind.completion,
      describe: { $0.map(describe).joined(separator: ",") }
    ) { (text) throws(ValueProblem) in
      guard !text.isEmpty else { throw .empty }
      var elements: [Element] = []
      for part in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
        let element = part.trimmingSpaces
        guard !element.isEmpty else { throw .emptyElement }
        elements.append(try parse(String(Substring(element))))
      }
      return elements
    }
    list.isList = true
    return list
  }
}

extension Substring.UTF8View {
  fileprivate var trimmingSpaces: Substring.UTF8View {
    let space = UInt8(ascii: " ")
    guard let first = firstIndex(where: { $0 != space }), let last = lastIndex(where: { $0 != space }) else {
      return self[endIndex...]
    }
    return self[first...last]
  }
}

extension ValueKind where Value == Int {
  /// A whole number written only in digits: no sign, no spaces, no exponent.
  public static func int(_ range: ClosedRange<Int> = 0...Int.max) -> Self {
    ValueKind("N") { (text) throws(ValueProblem) in
      try strictInteger(text.utf8, in: range)
    }
  }
}

/// Reads ASCII digits as a number within a range of non-negative numbers.
func strictInteger(
  _ digits: some Collection<UInt8>, in range: ClosedRange<Int>
) throws(ValueProblem) -> Int {
  guard !digits.isEmpty, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
    throw .notANumber
  }
  var number = 0
  for digit in digits {
    let (product, tooLarge) = number.multipliedReportingOverflow(by: 10)
    let (sum, stillTooLarge) = product.addingReportingOverflow(Int(digit - UInt8(ascii: "0")))
    guard !tooLarge, !stillTooLarge else { throw range.upperBound == Int.max ? .tooLarge : .outOfRange(range) }
    number = sum
  }
  guard range.contains(number) else { throw .outOfRange(range) }
  return number
}
