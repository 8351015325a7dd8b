import TextFormats

/// A text that can be sent: valid UTF-8, and not blank. It is never normalized or cut.
public enum MessageText {
  /// Why a text, already known to be UTF-8, can't be sent; nil if it can.
  package static func objection(to text: String) -> String? {
    if text.isEmpty { return "the message is empty" }
    return text.isBlank ? "the message is blank" : nil
  }
}

extension String {
  /// Whether it contains nothing but white space.
  package var isBlank: Bool { unicodeScalars.allSatisfy(\.isWhitespace) }
}

extension Unicode.Scalar {
  /// Looking up the properties of each character would take longer than everything else done with most texts.
  fileprivate var isWhitespace: Bool {
    isASCII ? self == " " || ("\t"..."\r").contains(self) : properties.isWhitespace
  }
}

/// Names that can replace a number as the sender of messages.
public enum SenderID {
  /// Whether it is an alphanumeric sender ID: 1 to 11 ASCII letters and digits, with at least one letter.
  public static func isAlphanumeric(_ text: String) -> Bool {
    (1...11).contains(text.utf8.count) && text.utf8.allSatisfy { isLetter($0) || isDigit($0) }
      && text.utf8.contains(where: isLetter)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

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

// The names of characters in messages.

extension Unicode.Scalar {
  /// Such as `U+2019 RIGHT SINGLE QUOTATION MARK`.
  package var codePointAndName: String {
    [codePoint, properties.name ?? properties.nameAlias].compactMap(\.self).joined(separator: " ")
  }

  /// Such as `U+2019`.
  package var codePoint: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }

  /// A printable ASCII character in quotes, any other by code point and name, as some look alike or are invisible.
  package var quotedName: String {
    (" "..."~").contains(self) ? "'\(self)'" : codePointAndName
  }
}
