import Platform

/// The likely encoding of bytes that aren't UTF-8: the one in which they look most like words.
struct EncodingGuess: Equatable {
  /// The encoding's name for `iconv`.
  var name: String
  /// The bytes decoded from that encoding, shortened.
  var reading: String

  /// The more likely ones first: of equal scores, the first wins.
  private static let names = [
    "windows-1252", "windows-1251", "KOI8-R", "windows-1250", "SHIFT_JIS", "GBK", "MACINTOSH", "CP850", "CP866",
  ]
  /// Enough text for a guess.
  private static let sampleSize = 2000

  /// Examines a field and the text around it. Nil if no encoding produces plausible text.
  init?(of field: [UInt8], in sample: [UInt8]) {
    let lines = sample.split { $0 == 0x0A || $0 == 0x0D }.filter { $0.contains { $0 >= 0x80 } }.joined(separator: [0x20]
    )
    let text = field + [0x20] + Array(lines).prefix(Self.sampleSize)
    var best: (name: String, score: Int)?
    for name in Self.names {
      guard let reading = Self.read(text, as: name) else { continue }
      let score = Self.score(reading)
      if score > max(0, best?.score ?? 0) { best = (name, score) }
    }
    guard let best, let reading = Self.read(Self.excerpt(of: field), as: best.name) else { return nil }
    name = best.name
    self.reading = String(reading.prefix(60))
  }

  /// The text around the first non-ASCII byte, on its line.
  private static func excerpt(of bytes: [UInt8]) -> [UInt8] {
    guard let first = bytes.firstIndex(where: { $0 >= 0x80 }) else { return bytes }
    let start = bytes[..<first].lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? 0
    return Array(bytes[(first - start > 40 ? first - 20 : start)...].prefix { $0 != 0x0A && $0 != 0x0D })
  }

  /// Decodes bytes, which may end within a character; nil if they aren't valid in the encoding, or the system doesn't
  /// know it.
  private static func read(_ bytes: [UInt8], as encoding: String) -> String? {
    guard let text = TextConversion(from: encoding)?.convert(bytes) else { return nil }
    return String(validating: text, as: UTF8.self)
  }

  /// Scores how plausible a text is, by its non-ASCII characters and the characters before them.
  private static func score(_ text: String) -> Int {
    var (score, cyrillic, vowels) = (0, 0, 0)
    var last: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      defer { last = scalar }
      guard !scalar.isASCII else {
        if scalar.properties.isAlphabetic, !last.isLatin { score -= 3 }
        continue
      }
      switch scalar.value {
      case 0xC0...0xFF where scalar != "×" && scalar != "÷", 0x100...0x17F:
        score += last.isASCII ? (scalar.properties.isLowercase == last.isLetter ? 3 : 1) : 0
      case 0x410...0x44F, 0x401, 0x451:
        cyrillic += 1
        if "аеиоуыэюяАЕИОУЫЭЮЯ".unicodeScalars.contains(scalar) { vowels += 1 }
        score += scalar.properties.isLowercase ? 3 : last.isCyrillicSmall ? -3 : 2
        if last.isASCII, last.isLetter { score -= 6 }
      case 0x3041...0x30FF: score += last.isASCII && last.isLetter ? -3 : 8
      case 0x4E00...0x9FFF: score += last.isASCII && last.isLetter ? -3 : 5
      case 0x2013...0x2026, 0x20AC, 0xA0, 0xAB, 0xBB, 0x3001...0x300F, 0xFF01...0xFF5E: score += 1
      default: score -= 3
      }
    }
    return cyrillic > 0 && vowels * 5 < cyrillic ? 0 : score
  }
}

extension Unicode.Scalar {
  fileprivate var isLetter: Bool { properties.isAlphabetic }
  /// Whether it isn't a letter of a non-Latin script.
  fileprivate var isLatin: Bool { value < 0x250 || !isLetter }
  fileprivate var isCyrillic: Bool { 0x400...0x4FF ~= value }
  fileprivate var isCyrillicSmall: Bool { isCyrillic && properties.isLowercase }
}
