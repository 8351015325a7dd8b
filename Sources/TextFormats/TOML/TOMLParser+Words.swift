extension TOMLParser {
  /// Reads a boolean, number, date or time: anything without quotes or brackets, up to a byte that can't be part of it.
  mutating func word() throws(TOMLError) -> TOMLValue.Content {
    let start = offset
    skip(while: \.isTOMLWord)
    if isBetweenDateAndTime(wordStart: start) {
      offset += 1
      skip(while: \.isTOMLWord)
    }
    guard offset > start else { throw mismatch(.expectedValue) }
    return try meaning(of: Array(bytes[start..<offset]), at: start)
  }

  /// Whether the word has the length of a date, and a space and a digit come next: TOML allows a space for RFC 3339's
  /// `T`.
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

/// Reads an entire word as a number.
private struct TOMLNumberReader: ByteReader {
  /// A number in Swift's notation.
  enum Spelling {
    case integer(String, radix: Int)
    case float(String)

    /// Nil if it doesn't fit in 64 bits.
    var value: TOMLValue.Content? {
      switch self {
      case .integer(let spelling, let radix): Int64(spelling, radix: radix).map { .integer($0) }
      case .float(let spelling): Double(spelling).flatMap { $0.isFinite ? .float($0) : nil }
      }
    }
  }

  let bytes: [UInt8]
  var offset = 0

  init(_ word: [UInt8]) {
    bytes = word
  }

  /// Nil if the word isn't a number.
  mutating func spelling() -> Spelling? {
    let spelling =
      if let radix = takeRadix() { digits(radix: radix).map { Spelling.integer($0, radix: radix) } } else { decimal() }
    return next == nil ? spelling : nil
  }

  /// Reads `0x`, `0o` or `0b`, and returns the base.
  private mutating func takeRadix() -> Int? {
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where bytes.starts(with: prefix.utf8) {
      offset = 2
      return radix
    }
    return nil
  }

  private mutating func decimal() -> Spelling? {
    let sign = sign()
    guard let whole = digits(), whole == "0" || !whole.hasPrefix("0") else { return nil }
    if next == nil { return .integer(sign + whole, radix: 10) }
    var spelling = sign + whole
    if take(".") {
      guard let fraction = digits() else { return nil }
      spelling += "." + fraction
    }
    if take("e") || take("E") {
      let sign = self.sign()
      guard let exponent = digits() else { return nil }
      spelling += "e" + sign + exponent
    }
    return .float(spelling)
  }

  private mutating func sign() -> String {
    take("-") ? "-" : take("+") ? "+" : ""
  }

  /// Reads digits, and drops underscores, each of which must be between two digits.
  private mutating func digits(radix: Int = 10) -> String? {
    var digits = ""
    repeat {
      let run = take { byte in byte.hexadecimalDigit.map { $0 < radix } ?? false }
      guard !run.isEmpty else { return nil }
      digits += String(decoding: run, as: UTF8.self)
    } while take("_")
    return digits
  }
}

/// Reads an entire word as a date, a time, or both (RFC 3339).
private struct TOMLDateTimeReader: ByteReader {
  let bytes: [UInt8]
  var offset = 0

  init(_ word: [UInt8]) {
    bytes = word
  }

  /// Whether a word that starts with a digit is probably meant to be a date or time, not a number.
  static func looksLikeOne(_ word: [UInt8]) -> Bool {
    let behindDigits = word.first { !("0"..."9" ~= $0) }
    return "-" ~= behindDigits || ":" ~= behindDigits
  }

  /// Nil if the word isn't a date or time, or the date doesn't exist.
  mutating func value() -> TOMLValue.Content? {
    let value = ":" ~= bytes.dropFirst(2).first ? time().map { .localTime($0) } : dateAndTime()
    return next == nil ? value : nil
  }

  private mutating func dateAndTime() -> TOMLValue.Content? {
    guard let date = date() else { return nil }
    if next == nil { return .localDate(date) }
    guard take("T") || take("t") || take(" "), let time = time() else { return nil }
    if next == nil { return .localDateTime(date, time) }
    return offsetMinutes().map { .offsetDateTime(date, time, offsetMinutes: $0) }
  }

  private mutating func date() -> GregorianCalendar.Date? {
    guard let year = digits(4, in: 0...9999), take("-"), let month = digits(2, in: 1...12), take("-"),
      let day = digits(2, in: 1...GregorianCalendar.days(inMonth: month, of: year))
    else { return nil }
    return GregorianCalendar.Date(year: year, month: month, day: day)
  }

  private mutating func time() -> TOMLTime? {
    guard let hour = digits(2, in: 0...23), take(":"), let minute = digits(2, in: 0...59), take(":"),
      let second = digits(2, in: 0...60), let nanosecond = fraction()
    else { return nil }
    return TOMLTime(hour: hour, minute: minute, second: second, nanosecond: nanosecond)
  }

  /// Reads a fraction in nanoseconds: 0 without a `.`, nil if no digit follows it.
  private mutating func fraction() -> Int? {
    guard take(".") else { return 0 }
    let digits = take { "0"..."9" ~= $0 }
    let padded = Array(digits.prefix(9)) + repeatElement(0x30, count: max(0, 9 - digits.count))
    return digits.isEmpty ? nil : Int(String(decoding: padded, as: UTF8.self))
  }

  /// Reads a UTC offset in minutes east of Greenwich.
  private mutating func offsetMinutes() -> Int? {
    if take("Z") || take("z") { return 0 }
    let isWest = "-" ~= next
    guard take("-") || take("+"), let hours = digits(2, in: 0...23), take(":"), let minutes = digits(2, in: 0...59)
    else { return nil }
    return (isWest ? -1 : 1) * (60 * hours + minutes)
  }

  private mutating func digits(_ count: Int, in range: ClosedRange<Int>) -> Int? {
    var number = 0
    for _ in 0..<count {
      guard let digit = next, "0"..."9" ~= digit else { return nil }
      number = 10 * number + Int(digit - 0x30)
      offset += 1
    }
    return range.contains(number) ? number : nil
  }
}

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
