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
