import TextFormats

extension CharacterTally {
  /// The maximum number of characters listed.
  private static let mostNamed = 5

  /// The most frequent by name, such as `’ U+2019 RIGHT SINGLE QUOTATION MARK (3 times)`, and the number of others.
  package var lines: [String] { listed { "\($0.words) (\(timesWords($1)))" } }

  /// The most frequent ones, such as `’ “ ”`, and the number of others.
  package func shortWords(most: Int) -> String {
    let entries = entries
    let named = entries.prefix(most).map { $0.character.shortWords }.joined(separator: " ")
    let others = entries.count - most
    return others > 0 ? "\(named) and \(hasMore ? "more than " : "")\(counted(others, "other"))" : named
  }

  /// What `--gsm` would do about them; nil if nothing.
  package var substitutesHint: String? {
    let replaceable = entries.filter { GSMText.substitute(for: $0.character) != nil }
    guard !replaceable.isEmpty else { return nil }
    let named = replaceable.prefix(Self.mostNamed).map(\.character.shortWords).joined(separator: " ")
    return "--gsm replaces \(replaceable.count == entries.count ? "them" : named)"
  }

  /// The replacement of each, such as `’ U+2019 RIGHT SINGLE QUOTATION MARK with ' (3 times)`.
  fileprivate var substituteLines: [String] {
    listed { character, count in
      let substitute = GSMText.substitute(for: character) ?? ""
      return "\(character.words) with \(substitute.substituteWords) (\(timesWords(count)))"
    }
  }

  private func listed(_ words: (Unicode.Scalar, Int) -> String) -> [String] {
    let entries = entries
    let others = entries.count - Self.mostNamed
    let named = entries.prefix(Self.mostNamed).map { words($0.character, $0.count) }
    return named + (others > 0 ? ["and \(hasMore ? "more than " : "")\(counted(others, "other"))"] : [])
  }

  private func timesWords(_ count: Int) -> String { count == 1 ? "once" : "\(count) times" }
}

extension GSMChanges {
  /// What was replaced, and what still forces UCS-2; empty if there is nothing to report.
  package var lines: [String] {
    replaced.substituteLines.headed("replaced:") + left.lines.headed("not replaced, so the text stays in ucs2:")
  }
}

extension [String] {
  /// Indented below a heading; empty if there are no lines.
  package func headed(_ heading: String) -> [String] {
    isEmpty ? [] : [heading] + map { "  \($0)" }
  }
}

extension Unicode.Scalar {
  /// Such as `’ U+2019 RIGHT SINGLE QUOTATION MARK`; without the character itself if that is invisible.
  fileprivate var words: String {
    (isVisible ? "\(self) " : "") + codePointAndName
  }

  fileprivate var shortWords: String { isVisible ? String(self) : codePoint }

  private var isVisible: Bool {
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator, .lineSeparator,
      .paragraphSeparator, .nonspacingMark, .spacingMark, .enclosingMark:
      false
    default: true
    }
  }
}

extension String {
  fileprivate var substituteWords: String {
    switch self {
    case "": "nothing"
    case " ": "a space"
    case "\n": "a line break"
    default: self
    }
  }
}

extension GSMChanges {
  /// What `--gsm` reports about a text.
  package static var examples: [String] {
    var changes = GSMChanges()
    _ = GSMText.replacing("“Dinner”\u{2028}is ready… 🎉", noting: &changes)
    return [changes.lines.joined(separator: "\n")]
  }
}
