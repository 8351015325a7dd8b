/// A text with its escapes decoded, in which each byte has its position in the source.
///
/// Decodes percent-encoding (RFC 3986), HTML character references, and the escapes of JSON and C. A plus sign counts
/// as a space, as in forms.
struct DecodedText {
  private(set) var bytes: [UInt8]
  /// The offset in the source at which each byte begins; one more for the end.
  private(set) var starts: [Int]

  /// The text before any decoding.
  init(_ text: some Collection<UInt8>) {
    bytes = text.map(\.plusAsSpace)
    starts = Array(0...bytes.count)
  }

  /// Decodes one level of escapes; false if there are none.
  mutating func decode() -> Bool {
    var (decoded, places): ([UInt8], [Int]) = ([], [])
    var rest = bytes[...]
    while let escape = rest.firstIndex(where: \.beginsEscape) {
      let found = bytes[escape...].decodedEscape
      let end = found == nil ? escape + 1 : escape
      decoded += bytes[rest.startIndex..<end]
      places += starts[rest.startIndex..<end]
      if let found {
        decoded += found.bytes.map(\.plusAsSpace)
        places += Array(repeating: starts[escape], count: found.bytes.count)
      }
      rest = bytes[(escape + (found?.length ?? 1))...]
    }
    guard decoded.count + rest.count < bytes.count else { return false }
    (bytes, starts) = (decoded + rest, places + starts[rest.startIndex...])
    return true
  }
}

extension UInt8 {
  fileprivate var plusAsSpace: UInt8 { self == UInt8(ascii: "+") ? UInt8(ascii: " ") : self }

  /// Whether an escape may begin with it.
  var beginsEscape: Bool {
    self == UInt8(ascii: "%") || self == UInt8(ascii: "&") || self == UInt8(ascii: "\\")
  }
}

extension ArraySlice<UInt8> {
  /// The decoded bytes of the escape at the beginning, and its length in bytes; nil if there is none.
  fileprivate var decodedEscape: (bytes: [UInt8], length: Int)? {
    switch first {
    case UInt8(ascii: "%"): percentEscape
    case UInt8(ascii: "&"): reference
    case UInt8(ascii: "\\"): backslashEscape
    default: nil
    }
  }

  /// `%XX`, or `%uXXXX` as JavaScript's `escape` writes it.
  private var percentEscape: (bytes: [UInt8], length: Int)? {
    if dropFirst().first.map({ $0 | 0x20 }) == UInt8(ascii: "u") {
      return hexadecimal(after: 2, digits: 4...4).flatMap { utf8($0.value) }.map { ($0, 6) }
    }
    return hexadecimal(after: 1, digits: 2...2).map { ([UInt8(truncatingIfNeeded: $0.value)], 3) }
  }

  /// A character reference; the semicolon is optional if browsers don't require it.
  private var reference: (bytes: [UInt8], length: Int)? {
    guard dropFirst().first == UInt8(ascii: "#") else { return namedReference }
    if dropFirst(2).first.map({ $0 | 0x20 }) == UInt8(ascii: "x") {
      return hexadecimal(after: 3, digits: 1...20).flatMap { number in
        utf8(number.value).map { ($0, lengthWithSemicolon(3 + number.digits)) }
      }
    }
    let digits = dropFirst(2).prefix(20).prefix { (0x30...0x39).contains($0) }
    guard let value = UInt32(String(decoding: digits, as: UTF8.self)) else { return nil }
    return utf8(value).map { ($0, lengthWithSemicolon(2 + digits.count)) }
  }

  private var namedReference: (bytes: [UInt8], length: Int)? {
    let name = dropFirst().prefix(longestName).prefix { Character(UnicodeScalar($0)).isLetter }
    if dropFirst(1 + name.count).first == UInt8(ascii: ";"),
      let character = namedCharacters[String(decoding: name, as: UTF8.self)]
    {
      return (Array(character.utf8), name.count + 2)
    }
    for (name, character) in shortCharacters where dropFirst().starts(with: name.utf8) {
      return (Array(character.utf8), lengthWithSemicolon(1 + name.utf8.count))
    }
    return nil
  }

  private func lengthWithSemicolon(_ length: Int) -> Int {
    dropFirst(length).first == UInt8(ascii: ";") ? length + 1 : length
  }

  private var backslashEscape: (bytes: [UInt8], length: Int)? {
    switch dropFirst().first {
    case UInt8(ascii: "u"): return unicodeEscape
    case UInt8(ascii: "x"):
      return hexadecimal(after: 2, digits: 2...2).map { ([UInt8(truncatingIfNeeded: $0.value)], 4) }
    case let digit? where (UInt8(ascii: "0")...UInt8(ascii: "3")).contains(digit): return octalEscape
    case UInt8(ascii: "n"): return ([0x0A], 2)
    case UInt8(ascii: "r"): return ([0x0D], 2)
    case UInt8(ascii: "t"): return ([0x09], 2)
    case let byte?: return "/\"\\'".utf8.contains(byte) ? ([byte], 2) : nil
    case nil: return nil
    }
  }

  /// `\uXXXX`, or two of them for a scalar beyond U+FFFF; `\u{X}`.
  private var unicodeEscape: (bytes: [UInt8], length: Int)? {
    if dropFirst(2).first == UInt8(ascii: "{"), let number = hexadecimal(after: 3, digits: 1...6) {
      let isClosed = dropFirst(3 + number.digits).first == UInt8(ascii: "}")
      return isClosed ? utf8(number.value).map { ($0, 4 + number.digits) } : nil
    }
    guard let high = hexadecimal(after: 2, digits: 4...4)?.value else { return nil }
    if let bytes = utf8(high) { return (bytes, 6) }
    guard (0xD800...0xDBFF).contains(high), dropFirst(6).starts(with: "\\u".utf8),
      let low = hexadecimal(after: 8, digits: 4...4)?.value, (0xDC00...0xDFFF).contains(low),
      let bytes = utf8(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    else { return nil }
    return (bytes, 12)
  }

  /// `\OOO`.
  private var octalEscape: (bytes: [UInt8], length: Int)? {
    let digits = dropFirst().prefix(3)
    return UInt8(String(decoding: digits, as: UTF8.self), radix: 8).flatMap { digits.count == 3 ? ([$0], 4) : nil }
  }

  private func hexadecimal(after length: Int, digits: ClosedRange<Int>) -> (value: UInt32, digits: Int)? {
    let found = dropFirst(length).prefix(digits.upperBound).prefix { Character(UnicodeScalar($0)).isHexDigit }
    guard found.count >= digits.lowerBound, let value = UInt32(String(decoding: found, as: UTF8.self), radix: 16)
    else { return nil }
    return (value, found.count)
  }

  private func utf8(_ value: UInt32) -> [UInt8]? {
    UnicodeScalar(value).map { Array(String($0).utf8) }
  }
}

/// References that browsers accept without a semicolon, and `apos`.
private let shortCharacters = [
  "amp": "&", "AMP": "&", "lt": "<", "LT": "<", "gt": ">", "GT": ">", "quot": "\"", "QUOT": "\"", "apos": "'",
]

/// References to characters that may be in a secret. HTML's hyphens, dashes and tildes are not those of ASCII, but
/// encoders use them for those.
private let namedCharacters = [
  "excl": "!", "num": "#", "dollar": "$", "percnt": "%", "lpar": "(", "rpar": ")", "ast": "*", "midast": "*",
  "plus": "+", "comma": ",", "hyphen": "-", "dash": "-", "minus": "-", "period": ".", "sol": "/", "colon": ":",
  "semi": ";", "equals": "=", "quest": "?", "commat": "@", "lbrack": "[", "lsqb": "[", "bsol": "\\", "rbrack": "]",
  "rsqb": "]", "Hat": "^", "lowbar": "_", "UnderBar": "_", "grave": "`", "DiacriticalGrave": "`", "lbrace": "{",
  "lcub": "{", "verbar": "|", "vert": "|", "VerticalLine": "|", "rbrace": "}", "rcub": "}", "tilde": "~",
  "fjlig": "fj", "nbsp": " ", "Tab": "\t", "NewLine": "\n",
]

/// The length of the longest name.
private let longestName = 16
