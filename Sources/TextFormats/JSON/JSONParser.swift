extension JSONValue {
  /// The maximum nesting of arrays and objects.
  ///
  /// Even without optimization, half a megabyte of stack, the size for threads on macOS, is enough for it.
  public static let depthLimit = 128

  /// Reads the only document in these bytes (RFC 8259, strictly). A leading byte order mark is skipped.
  public init(parsing bytes: some Sequence<UInt8>) throws(JSONError) {
    var parser = JSONParser(Array(bytes))
    self = try parser.document()
  }
}

/// Reads one value at a time from bytes.
struct JSONParser: ByteReader {
  let bytes: [UInt8]
  var offset: Int

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    offset = 0
  }

  /// Reads the only value in the bytes.
  mutating func document() throws(JSONError) -> JSONValue {
    offset = bytes.byteOrderMarkLength
    skipWhitespace()
    let value = try value(depth: 0)
    skipWhitespace()
    guard next == nil else { throw failure(.trailingContent) }
    return value
  }

  /// Reads the value that starts here, inside this many arrays and objects.
  mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    switch next {
    case "\"": return .string(try string())
    case "{": return .object(JSONObject(try members(depth: depth)))
    case "[": return .array(try elements(depth: depth))
    case "-", "0"..."9": return .number(try number())
    case "t": return try literal("true", .bool(true))
    case "f": return try literal("false", .bool(false))
    case "n": return try literal("null", .null)
    default: throw mismatch(.expectedValue)
    }
  }

  private mutating func literal(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
    for expected in word.utf8 {
      guard next == expected else { throw mismatch(.expectedValue) }
      offset += 1
    }
    return value
  }

  private mutating func elements(depth: Int) throws(JSONError) -> [JSONValue] {
    try open(depth: depth)
    var elements: [JSONValue] = []
    if take("]") { return elements }
    while true {
      elements.append(try value(depth: depth + 1))
      skipWhitespace()
      if take("]") { return elements }
      guard take(",") else { throw mismatch(.expectedCommaOrBracket) }
      skipWhitespace()
    }
  }

  private mutating func members(depth: Int) throws(JSONError) -> [JSONObject.Member] {
    try open(depth: depth)
    var members: [JSONObject.Member] = []
    if take("}") { return members }
    members.reserveCapacity(4)
    while true {
      guard "\"" ~= next else { throw mismatch(.expectedName) }
      let name = try string()
      skipWhitespace()
      guard take(":") else { throw mismatch(.expectedColon) }
      skipWhitespace()
      members.append(JSONObject.Member(name, try value(depth: depth + 1)))
      skipWhitespace()
      if take("}") { return members }
      guard take(",") else { throw mismatch(.expectedCommaOrBrace) }
      skipWhitespace()
    }
  }

  /// Reads the bracket or brace that begins an array or object, and the white space after it.
  private mutating func open(depth: Int) throws(JSONError) {
    guard depth < JSONValue.depthLimit else { throw failure(.tooDeep(limit: JSONValue.depthLimit)) }
    offset += 1
    skipWhitespace()
  }

  mutating func skipWhitespace() {
    while let byte = next, byte.isJSONWhitespace { offset += 1 }
  }

  private func failure(_ kind: JSONError.Kind, at place: Int? = nil) -> JSONError {
    JSONError(kind, offset: place ?? offset, position: bytes.position(at: place ?? offset))
  }

  /// The error for anything else, or the end of the input, instead of what was expected.
  private func mismatch(_ kind: JSONError.Kind) -> JSONError {
    failure(next == nil ? .unexpectedEnd : kind)
  }
}

extension JSONParser {
  /// Reads a number as written.
  private mutating func number() throws(JSONError) -> String {
    let start = offset
    _ = take("-")
    if !take("0") { try skipDigits() }
    if take(".") { try skipDigits() }
    if take("e") || take("E") {
      _ = take("+") || take("-")
      try skipDigits()
    }
    // `01`, `1.2.3`, `0x1F` and `1a` are reported as one invalid number, not as a number followed by something else.
    switch next {
    case "0"..."9", "a"..."z", "A"..."Z", ".", "+", "-": throw failure(.invalidNumber)
    default: return String(decoding: bytes[start..<offset], as: UTF8.self)
    }
  }

  private mutating func skipDigits() throws(JSONError) {
    guard "0"..."9" ~= next else { throw mismatch(.invalidNumber) }
    while "0"..."9" ~= next { offset += 1 }
  }

  /// Reads a string from its opening to its closing quote.
  private mutating func string() throws(JSONError) -> String {
    offset += 1
    let start = offset
    skipPlain()
    // Most strings contain no escapes, and are read without copying their bytes.
    let end = offset
    if take("\"") {
      let text = bytes.withUnsafeBufferPointer { String(checking: UnsafeBufferPointer(rebasing: $0[start..<end])) }
      return try checked(text, from: start)
    }
    return try escapedString(from: start)
  }

  /// Reads the rest of a string with an escape or without an end; the bytes before that have been read.
  private mutating func escapedString(from start: Int) throws(JSONError) -> String {
    var unescaped = Array(bytes[start..<offset])
    while !take("\"") {
      guard take("\\") else { throw mismatch(.controlCharacter(next ?? 0)) }
      unescaped += try escape().utf8
      let run = offset
      skipPlain()
      unescaped += bytes[run..<offset]
    }
    return try checked(unescaped.withUnsafeBufferPointer { String(checking: $0) }, from: start)
  }

  /// Skips the bytes before the next quote, backslash or control character.
  private mutating func skipPlain() {
    offset = bytes.withUnsafeBufferPointer { $0.endOfPlainText(from: offset) }
    while let byte = next, !byte.mustBeEscapedInJSON { offset += 1 }
  }

  /// Returns `text`, made from the bytes between `start` and here; throws for nil, as they are not UTF-8 then.
  private func checked(_ text: String?, from start: Int) throws(JSONError) -> String {
    if let text { return text }
    // Escapes are ASCII, so the invalid bytes are in the source.
    throw failure(.invalidUTF8, at: start + (bytes[start..<offset].offsetOfInvalidUTF8() ?? 0))
  }

  /// Reads the rest of an escape after its backslash, and returns its scalar.
  private mutating func escape() throws(JSONError) -> Unicode.Scalar {
    let backslash = offset - 1
    guard let letter = next else { throw failure(.unexpectedEnd) }
    offset += 1
    switch letter {
    case "\"", "\\", "/": return Unicode.Scalar(letter)
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u": return try unicodeEscape(at: backslash)
    default: throw failure(.invalidEscape, at: backslash)
    }
  }

  /// The scalar of `\uXXXX`, or of two such escapes that form a surrogate pair.
  private mutating func unicodeEscape(at backslash: Int) throws(JSONError) -> Unicode.Scalar {
    let unit = try codeUnit(at: backslash)
    if let scalar = Unicode.Scalar(unit) { return scalar }
    let second = offset
    if UTF16.isLeadSurrogate(unit), take("\\"), take("u") {
      let low = try codeUnit(at: second)
      if UTF16.isTrailSurrogate(low) { return UTF16.decode(UTF16.EncodedScalar([unit, low])) }
    }
    throw failure(.loneSurrogate, at: backslash)
  }

  /// The four hexadecimal digits of an escape.
  private mutating func codeUnit(at backslash: Int) throws(JSONError) -> UInt16 {
    if let unit = takeHexadecimal(digits: 4) { return UInt16(unit) }
    throw next == nil ? failure(.unexpectedEnd) : failure(.invalidEscape, at: backslash)
  }
}

extension UInt8 {
  var isJSONWhitespace: Bool {
    switch self {
    case 0x20, 0x0A, 0x0D, 0x09: true
    default: false
    }
  }

  /// Quotes, backslashes and control characters (RFC 8259, 7).
  var mustBeEscapedInJSON: Bool {
    switch self {
    case 0..<0x20, 0x22, 0x5C: true
    default: false
    }
  }
}

/// Why a text is not a single JSON document (RFC 8259), and where.
public struct JSONError: Error, Hashable, Sendable {
  /// What is wrong at the error's position.
  public enum Kind: Hashable, Sendable {
    /// The text ends inside the document, or contains none.
    case unexpectedEnd
    case expectedValue
    /// A member's name in double quotes is missing.
    case expectedName
    case expectedColon
    /// Neither the next element nor the `]` follows.
    case expectedCommaOrBracket
    /// Neither the next member nor the `}` follows.
    case expectedCommaOrBrace
    /// The input of an element reader is not an array.
    case expectedArray
    /// Something follows the document.
    case trailingContent
    /// A leading zero, a missing digit, or a sign or letter that doesn't belong in a number.
    case invalidNumber
    /// An unescaped control character, U+0000 to U+001F, in a string.
    case controlCharacter(UInt8)
    case invalidEscape
    /// A `\u` escape for half of a surrogate pair, without the other half.
    case loneSurrogate
    case invalidUTF8
    /// Arrays and objects are nested deeper than this many levels.
    case tooDeep(limit: Int)
    /// An element read by an element reader is longer than this many bytes.
    case elementTooLong(limit: Int)
  }

  public var kind: Kind
  /// The number of bytes before the error, including a byte order mark.
  public var offset: Int
  public var position: TextPosition

  public init(_ kind: Kind, offset: Int, position: TextPosition) {
    self.kind = kind
    self.offset = offset
    self.position = position
  }
}

extension JSONError {
  /// A short phrase for what is wrong, without the place.
  public var reason: String {
    switch kind {
    case .unexpectedEnd: "JSON ends too early"
    case .expectedValue: "expected a JSON value"
    case .expectedName: "expected a name in double quotes"
    case .expectedColon: "expected ':' after the name"
    case .expectedCommaOrBracket: "expected ',' or ']'"
    case .expectedCommaOrBrace: "expected ',' or '}'"
    case .expectedArray: "expected an array, '['"
    case .trailingContent: "unexpected text after the JSON document"
    case .invalidNumber: "not a valid number"
    case .controlCharacter(let byte): "control character \\x\(byte.hexadecimal) in a string must be escaped"
    case .invalidEscape: "unknown escape sequence"
    case .loneSurrogate: "unpaired surrogate in a \\u escape"
    case .invalidUTF8: "not valid UTF-8"
    case .tooDeep(let limit): "nested more than \(limit) levels deep"
    case .elementTooLong(let limit): "an element is longer than \(limit >> 10) KB"
    }
  }
}
