extension String {
  /// The width of the text in terminal cells. Control characters count as zero, so escape them first.
  public var displayWidth: Int {
    isPrintableASCII ? utf8.count : reduce(0) { $0 + $1.displayWidth }
  }

  /// Whether each byte is a character that takes one cell.
  var isPrintableASCII: Bool {
    var text = self
    return text.withUTF8 { $0.allSatisfy { (0x20..<0x7F).contains($0) } }
  }

  /// The text cut to at most this many cells, never inside a character; `…` replaces the part cut off.
  public func cut(toWidth limit: Int) -> String {
    guard utf8.count > limit, displayWidth > limit else { return self }
    guard limit > 0 else { return "" }
    var kept = ""
    var width = 0
    for character in self {
      width += character.displayWidth
      if width > limit - 1 { break }
      kept.append(character)
    }
    return kept + "…"
  }
}

extension String {
  /// Whether its width differs between terminals: some draw flags, families and skin tones as one emoji, others as
  /// several side by side.
  var isOfUncertainWidth: Bool { !isPrintableASCII && contains(where: \.isOfUncertainWidth) }
}

extension Character {
  /// An emoji of several scalars, such as a flag or family, is no wider than a single one. The other scalars of a
  /// character are side by side, unless they are drawn over another.
  var displayWidth: Int {
    if isASCII { return self >= " " && self != "\u{7F}" ? 1 : 0 }
    if unicodeScalars.contains("\u{FE0F}"), unicodeScalars.first?.properties.isEmoji == true { return 2 }
    let sum = unicodeScalars.reduce(0) { $0 + $1.displayWidth }
    return unicodeScalars.contains(where: \.properties.isEmojiPresentation) ? min(2, sum) : sum
  }

  fileprivate var isOfUncertainWidth: Bool {
    unicodeScalars.count > 1 && unicodeScalars.dropFirst().contains { $0.properties.generalCategory != .nonspacingMark }
      || unicodeScalars.contains("\u{FE0F}")
  }
}

extension Unicode.Scalar {
  /// 0 if it is drawn over another scalar or not at all, 2 if it is as wide as an ideograph, otherwise 1.
  fileprivate var displayWidth: Int {
    if isZeroWidth { return 0 }
    return properties.isEmojiPresentation || Self.wideRanges.contains { $0.contains(self) } ? 2 : 1
  }

  private var isZeroWidth: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .control: true
    // The soft hyphen is ignorable, but terminals show it.
    case .format: properties.isDefaultIgnorableCodePoint && self != "\u{AD}"
    default: Self.joiningJamo.contains { $0.contains(self) }
    }
  }

  /// Hangul vowels and final consonants, which are drawn as part of the wide consonant before them.
  private static let joiningJamo: [ClosedRange<Unicode.Scalar>] = ["\u{1160}"..."\u{11FF}", "\u{D7B0}"..."\u{D7FB}"]

  /// Wide and Fullwidth of EastAsianWidth.txt, Unicode 15 (UAX #11), without emoji and across unassigned gaps.
  private static let wideRanges: [ClosedRange<Unicode.Scalar>] = [
    "\u{1100}"..."\u{115F}", "\u{2329}"..."\u{232A}", "\u{2E80}"..."\u{303E}", "\u{3041}"..."\u{3247}",
    "\u{3250}"..."\u{4DBF}", "\u{4E00}"..."\u{A4C6}", "\u{A960}"..."\u{A97C}", "\u{AC00}"..."\u{D7A3}",
    "\u{F900}"..."\u{FAFF}", "\u{FE10}"..."\u{FE19}", "\u{FE30}"..."\u{FE6B}", "\u{FF01}"..."\u{FF60}",
    "\u{FFE0}"..."\u{FFE6}", "\u{16FE0}"..."\u{16FF1}", "\u{17000}"..."\u{18D08}", "\u{1AFF0}"..."\u{1B2FB}",
    "\u{1F200}"..."\u{1F265}", "\u{20000}"..."\u{2FFFD}", "\u{30000}"..."\u{3FFFD}",
  ]
}
