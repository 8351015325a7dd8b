extension ValueKind where Value == String {
  /// Any text, also an empty one.
  public static var string: Self {
    ValueKind("TEXT") { (text) throws(ValueProblem) in text }
  }

  /// A path, or `-`; whether there is such a file is not looked at.
  public static var file: Self { path("FILE", .files) }

  /// A path; whether there is such a folder is not looked at.
  public static var directory: Self { path("DIR", .directories) }

  /// One of these words, spelled exactly so. They are the placeholder as well, unless they are too long for that.
  public static func choice(_ words: [String]) -> Self {
    let alternatives = words.joined(separator: "|")
    let placeholder = alternatives.count <= 40 ? alternatives : "WORD"
    return ValueKind(placeholder, completion: .choices(words)) { (text) throws(ValueProblem) in
      guard let word = words.first(where: { $0.isSpelled(text) }) else { throw .notAmong(words) }
      return word
    }
  }

  private static func path(_ placeholder: String, _ completion: Completion) -> Self {
    ValueKind(placeholder, completion: completion) { (text) throws(ValueProblem) in
      guard !text.isEmpty else { throw .empty }
      return text
    }
  }
}

extension ValueKind where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
  /// A case of an enumeration, by its raw value.
  public static func enumeration(_ type: Value.Type = Value.self) -> Self {
    ValueKind<String>.choice(Value.allCases.map(\.rawValue)).map { (word) throws(ValueProblem) in
      guard let value = Value(rawValue: word) else { throw .notAmong(Value.allCases.map(\.rawValue)) }
      return value
    }
  }
}

extension ValueKind {
  /// Values of another kind joined by commas, at least one; spaces around the commas do not count.
  public static func list<Element: Sendable>(of kind: ValueKind<Element>) -> Self where Value == [Element] {
    let parse = kind.parse
    return ValueKind("\(kind.placeholder),...", completion: kind.completion) { (text) throws(ValueProblem) in
      guard !text.isEmpty else { throw .empty }
      var elements: [Element] = []
      for part in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
        let element = part.trimmingSpaces
        guard !element.isEmpty else { throw .emptyElement }
        elements.append(try parse(String(Substring(element))))
      }
      return elements
    }
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
