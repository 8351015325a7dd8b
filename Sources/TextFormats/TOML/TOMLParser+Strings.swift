extension TOMLParser {
  /// Reads a string in any of the four forms, whose opening quote comes next.
  mutating func string() throws(TOMLError) -> String {
    let quotes = bytes[offset...].prefix(3)
    return quotes.count == 3 && quotes.allSatisfy { $0 == quotes.first }
      ? try multiLineString() : try singleLineString()
  }

  /// Reads a string from its opening quote to its closing one on the same line.
  mutating func singleLineString() throws(TOMLError) -> String {
    let opening = offset
    let quote = bytes[opening]
    offset += 1
    var text: [UInt8] = []
    while true {
      text += takePlain(quote: quote)
      if next == quote {
        offset += 1
        return String(decoding: text, as: UTF8.self)
      }
      guard next != nil, lineBreakLength == 0 else { throw failure(.unterminated(.string), at: opening) }
      text += try escape().utf8
    }
  }

  private mutating func multiLineString() throws(TOMLError) -> String {
    let opening = offset
    let quote = bytes[opening]
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

  /// Reads the literal bytes of a string with this kind of quote.
  private mutating func takePlain(quote: UInt8) -> ArraySlice<UInt8> {
    let escape = quote == 0x22 ? 0x5C : quote
    return take { byte in
      switch byte {
      case quote, escape: false
      default: !byte.isTOMLControl
      }
    }
  }

  /// Reads quotes in a multi-line string: one or two are text; three to five end it, and those before the last three
  /// are text.
  private mutating func takeQuotes(_ quote: UInt8) -> ArraySlice<UInt8> {
    let start = offset
    while offset < start + 5, next == quote { offset += 1 }
    return bytes[start..<offset]
  }

  /// Reads a backslash at the end of a line, with all white space and line breaks after it.
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

  /// Reads an escape, and returns its scalar.
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
