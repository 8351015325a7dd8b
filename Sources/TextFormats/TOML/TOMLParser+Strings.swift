extension TOMLParser {
  /// A string of any of the four forms.
  mutating func string(quote: Unicode.Scalar) throws(TOMLError) -> String {
    let quotes = bytes[offset...].prefix(3).prefix { quote ~= $0 }
    return quotes.count == 3 ? try multiLineString(quote: quote) : try singleLineString(quote: quote)
  }

  /// A string from its opening quote to its closing one on the same line.
  mutating func singleLineString(quote: Unicode.Scalar) throws(TOMLError) -> String {
    let opening = offset
    offset += 1
    var text = Array(takePlain(quote: quote))
    while !take(quote) {
      guard next != nil, !isAtLineBreak else { throw failure(.unterminated(.string), at: opening) }
      text += try escape().utf8
      text += takePlain(quote: quote)
    }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func multiLineString(quote: Unicode.Scalar) throws(TOMLError) -> String {
    let opening = offset
    offset += 3
    _ = takeLineBreak()
    var text: [UInt8] = []
    while true {
      text += takePlain(quote: quote)
      let quotes = takeQuotes(quote)
      text += quotes.prefix(quotes.count < 3 ? 2 : quotes.count - 3)
      if quotes.count >= 3 { return String(decoding: text, as: UTF8.self) }
      guard next != nil else { throw failure(.unterminated(.string), at: opening) }
      if !quotes.isEmpty { continue }
      if takeLineBreak() { text.append(0x0A) } else if !takeLineContinuation() { text += try escape().utf8 }
    }
  }

  /// What stands for itself in a string with this kind of quote.
  private mutating func takePlain(quote: Unicode.Scalar) -> ArraySlice<UInt8> {
    take { !($0.isTOMLControl || quote ~= $0 || quote == "\"" && "\\" ~= $0) }
  }

  /// Quotes in a multi-line string: one or two of them are text, three to five end it, up to two before the last three
  /// being text.
  private mutating func takeQuotes(_ quote: Unicode.Scalar) -> ArraySlice<UInt8> {
    let start = offset
    while offset < start + 5, take(quote) {}
    return bytes[start..<offset]
  }

  /// A backslash as the last thing on a line, with all white space and line breaks behind it.
  private mutating func takeLineContinuation() -> Bool {
    let backslash = offset
    guard take("\\") else { return false }
    skipBlanks()
    guard takeLineBreak() else {
      offset = backslash
      return false
    }
    repeat { skipBlanks() } while takeLineBreak()
    return true
  }
}

extension TOMLParser {
  /// The scalar that an escape stands for.
  private mutating func escape() throws(TOMLError) -> Unicode.Scalar {
    let backslash = offset
    guard take("\\") else { throw mismatch(.invalidEscape) }
    let letter = next
    offset += letter == nil ? 0 : 1
    switch letter {
    case "\"": return "\""
    case "\\": return "\\"
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u": return try unicodeEscape(digits: 4, at: backslash)
    case "U": return try unicodeEscape(digits: 8, at: backslash)
    default: throw failure(.invalidEscape, at: backslash)
    }
  }

  private mutating func unicodeEscape(digits: Int, at backslash: Int) throws(TOMLError) -> Unicode.Scalar {
    guard let number = takeHexadecimal(digits: digits) else { throw failure(.invalidEscape, at: backslash) }
    guard let scalar = Unicode.Scalar(number) else { throw failure(.escapedNoCharacter(number), at: backslash) }
    return scalar
  }
}
