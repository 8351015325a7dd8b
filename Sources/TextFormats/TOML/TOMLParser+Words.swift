extension TOMLParser {
  /// A boolean, number, date or time: what is not in quotes or brackets, up to a byte that can't be part of it.
  mutating func word() throws(TOMLError) -> TOMLValue.Content {
    let start = offset
    take(while: \.isTOMLWord)
    if isBetweenDateAndTime(wordStart: start) {
      offset += 1
      take(while: \.isTOMLWord)
    }
    guard offset > start else { throw mismatch(.expectedValue) }
    return try meaning(of: Array(bytes[start..<offset]), at: start)
  }

  /// Whether the word is as long as a date, and a space and a digit come next: TOML allows this for RFC 3339's `T`.
  private func isBetweenDateAndTime(wordStart: Int) -> Bool {
    guard offset - wordStart == 10, "-" ~= bytes[wordStart + 4], " " ~= next else { return false }
    return "0"..."9" ~= bytes[offset...].dropFirst().first
  }

  private func meaning(of word: [UInt8], at start: Int) throws(TOMLError) -> TOMLValue.Content {
    switch String(decoding: word, as: UTF8.self) {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "inf", "+inf": return .float(.infinity)
    case "-inf": return .float(-.infinity)
    case "nan", "+nan", "-nan": return .float(.nan)
    default: break
    }
    switch word[0] {
    case "0"..."9" where TOMLDateTimeReader.looksLikeOne(word):
      var reader = TOMLDateTimeReader(word)
      guard let value = reader.value() else { throw failure(.invalidDateTime, at: start) }
      return value
    case "0"..."9", "+", "-", ".":
      var reader = TOMLNumberReader(word)
      guard let spelling = reader.spelling() else { throw failure(.invalidNumber, at: start) }
      guard let value = spelling.value else { throw failure(.numberOutOfRange, at: start) }
      return value
    default: throw failure(.unquotedText, at: start)
    }
  }
}

extension UInt8 {
  fileprivate var isTOMLWord: Bool {
    switch self {
    case " ", "\t", ",", "]", "}", "#": false
    default: !isTOMLControl
    }
  }
}
