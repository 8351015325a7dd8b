/// Replaces typographic characters with those of GSM 03.38 (`GSMSubstitutes`).
public enum GSMText {
  /// Returns a text with the same meaning that takes no more segments. Adds to `changes` what was replaced, and which
  /// characters GSM 03.38 still lacks.
  public static func replacing(_ text: String, noting changes: inout GSMChanges) -> String {
    let before = Segmentation(of: text)
    guard before.encoding == .ucs2 else { return text }
    // An ellipsis becomes three characters, so with many of them, UCS-2 may take fewer segments.
    for mayLengthen in [true, false] {
      var made = GSMChanges()
      let replaced = replacing(text, mayLengthen: mayLengthen, noting: &made)
      guard Segmentation(of: replaced).segments <= before.segments else { continue }
      changes.add(made)
      return replaced
    }
    return text
  }

  private static func replacing(_ text: String, mayLengthen: Bool, noting changes: inout GSMChanges) -> String {
    var replaced = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if let substitute = substitute(for: scalar), mayLengthen || substitute.utf8.count <= 1 {
        changes.replaced.add(scalar)
        replaced.append(contentsOf: substitute.unicodeScalars)
      } else {
        if GSM0338.septets(for: scalar) == nil { changes.left.add(scalar) }
        replaced.append(scalar)
      }
    }
    return String(replaced)
  }

  /// The replacement of a character; empty for an invisible one, nil for one to keep.
  public static func substitute(for character: Unicode.Scalar) -> String? {
    GSMSubstitutes.substitute(for: character)
  }
}

/// What happened to the characters that GSM 03.38 lacks.
public struct GSMChanges: Hashable, Sendable {
  public internal(set) var replaced = CharacterTally()
  /// The characters that still force UCS-2.
  public internal(set) var left = CharacterTally()

  public init() {}

  /// Adds the changes of another text.
  public mutating func add(_ other: GSMChanges) {
    replaced.add(other.replaced)
    left.add(other.left)
  }
}

/// Counts how often characters (Unicode scalars) occur.
///
/// To bound its size, it counts no more distinct ones than any script uses.
public struct CharacterTally: Hashable, Sendable {
  /// A character and its number of occurrences.
  public typealias Entry = (character: Unicode.Scalar, count: Int)

  private static let mostDifferent = 1 << 14

  private var counts: [Unicode.Scalar: Int] = [:]
  /// Whether there were more characters that have no entry.
  public private(set) var hasMore = false

  public init() {}

  public var isEmpty: Bool { counts.isEmpty }

  /// Most frequent first, equally frequent ones by code point.
  public var entries: [Entry] {
    counts.map { ($0.key, $0.value) }.sorted { ($1.count, $0.character) < ($0.count, $1.character) }
  }

  mutating func add(_ character: Unicode.Scalar, _ count: Int = 1) {
    if counts.count < Self.mostDifferent || counts[character] != nil {
      counts[character, default: 0] += count
    } else {
      hasMore = true
    }
  }

  /// Adds another tally.
  public mutating func add(_ other: CharacterTally) {
    guard !other.isEmpty else { return }
    for (character, count) in other.counts { add(character, count) }
    hasMore = hasMore || other.hasMore
  }
}

/// The GSM 03.38 replacements of typographic characters that it lacks.
///
/// These are only punctuation, spaces and typographic ligatures, which lose nothing but their looks. Accented
/// letters, symbols such as ™ and ½, and joiners, which shape other scripts and emoji, are kept. The names are from
/// the Unicode Character Database (UnicodeData.txt).
enum GSMSubstitutes {
  /// The replacement of a character; empty for an invisible one, nil for one to keep.
  static func substitute(for scalar: Unicode.Scalar) -> String? {
    byScalar[scalar]
  }

  private static let byScalar = Dictionary(table) { first, _ in first }

  static let table: [(Unicode.Scalar, String)] = quotes + dashes + dots + spaces + unseen + ligatures

  private static let quotes: [(Unicode.Scalar, String)] = [
    ("\u{0060}", "'"),  // GRAVE ACCENT
    ("\u{00B4}", "'"),  // ACUTE ACCENT
    ("\u{02BC}", "'"),  // MODIFIER LETTER APOSTROPHE
    ("\u{2018}", "'"),  // LEFT SINGLE QUOTATION MARK
    ("\u{2019}", "'"),  // RIGHT SINGLE QUOTATION MARK
    ("\u{201A}", "'"),  // SINGLE LOW-9 QUOTATION MARK
    ("\u{201B}", "'"),  // SINGLE HIGH-REVERSED-9 QUOTATION MARK
    ("\u{2032}", "'"),  // PRIME
    ("\u{2039}", "'"),  // SINGLE LEFT-POINTING ANGLE QUOTATION MARK
    ("\u{203A}", "'"),  // SINGLE RIGHT-POINTING ANGLE QUOTATION MARK
    ("\u{00AB}", "\""),  // LEFT-POINTING DOUBLE ANGLE QUOTATION MARK
    ("\u{00BB}", "\""),  // RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK
    ("\u{201C}", "\""),  // LEFT DOUBLE QUOTATION MARK
    ("\u{201D}", "\""),  // RIGHT DOUBLE QUOTATION MARK
    ("\u{201E}", "\""),  // DOUBLE LOW-9 QUOTATION MARK
    ("\u{201F}", "\""),  // DOUBLE HIGH-REVERSED-9 QUOTATION MARK
    ("\u{2033}", "\""),  // DOUBLE PRIME
  ]

  private static let dashes: [(Unicode.Scalar, String)] = [
    ("\u{2010}", "-"),  // HYPHEN
    ("\u{2011}", "-"),  // NON-BREAKING HYPHEN
    ("\u{2012}", "-"),  // FIGURE DASH
    ("\u{2013}", "-"),  // EN DASH
    ("\u{2014}", "-"),  // EM DASH
    ("\u{2015}", "-"),  // HORIZONTAL BAR
    ("\u{2043}", "-"),  // HYPHEN BULLET
    ("\u{2212}", "-"),  // MINUS SIGN
  ]

  private static let dots: [(Unicode.Scalar, String)] = [
    ("\u{2022}", "*"),  // BULLET
    ("\u{2026}", "..."),  // HORIZONTAL ELLIPSIS
  ]

  private static let spaces: [(Unicode.Scalar, String)] = [
    ("\u{0009}", " "),  // CHARACTER TABULATION
    ("\u{00A0}", " "),  // NO-BREAK SPACE
    ("\u{2000}", " "),  // EN QUAD
    ("\u{2001}", " "),  // EM QUAD
    ("\u{2002}", " "),  // EN SPACE
    ("\u{2003}", " "),  // EM SPACE
    ("\u{2004}", " "),  // THREE-PER-EM SPACE
    ("\u{2005}", " "),  // FOUR-PER-EM SPACE
    ("\u{2006}", " "),  // SIX-PER-EM SPACE
    ("\u{2007}", " "),  // FIGURE SPACE
    ("\u{2008}", " "),  // PUNCTUATION SPACE
    ("\u{2009}", " "),  // THIN SPACE
    ("\u{200A}", " "),  // HAIR SPACE
    ("\u{202F}", " "),  // NARROW NO-BREAK SPACE
    ("\u{205F}", " "),  // MEDIUM MATHEMATICAL SPACE
    ("\u{3000}", " "),  // IDEOGRAPHIC SPACE
    ("\u{2028}", "\n"),  // LINE SEPARATOR
    ("\u{2029}", "\n"),  // PARAGRAPH SEPARATOR
  ]

  private static let unseen: [(Unicode.Scalar, String)] = [
    ("\u{00AD}", ""),  // SOFT HYPHEN
    ("\u{200B}", ""),  // ZERO WIDTH SPACE
    ("\u{2060}", ""),  // WORD JOINER
    ("\u{FEFF}", ""),  // ZERO WIDTH NO-BREAK SPACE
  ]

  private static let ligatures: [(Unicode.Scalar, String)] = [
    ("\u{FB00}", "ff"),  // LATIN SMALL LIGATURE FF
    ("\u{FB01}", "fi"),  // LATIN SMALL LIGATURE FI
    ("\u{FB02}", "fl"),  // LATIN SMALL LIGATURE FL
    ("\u{FB03}", "ffi"),  // LATIN SMALL LIGATURE FFI
    ("\u{FB04}", "ffl"),  // LATIN SMALL LIGATURE FFL
  ]
}
