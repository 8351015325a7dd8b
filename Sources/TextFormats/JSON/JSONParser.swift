extension JSONValue {
  /// The deepest nesting of arrays and objects that is read: what half a megabyte of stack, as threads of macOS have,
  /// is enough for even without optimisation.
  public static let depthLimit = 128

  /// The only document in these bytes (RFC 8259, strictly). A byte order mark at the very start is skipped.
  public init(parsing bytes: some Sequence<UInt8>) throws(JSONError) {
    let bytes = Array(bytes)
    var parser = JSONParser(bytes)
    do {
      self = try parser.document()
    } catch {
      throw JSONError(error, in: bytes)
    }
  }
}

extension JSONError {
  init(_ failure: JSONParser.Failure, in bytes: [UInt8]) {
    self.init(failure.kind, offset: failure.offset, position: bytes.position(at: failure.offset))
  }
}

/// Reads one value at a time from bytes.
struct JSONParser: ByteReader {
  /// What is wrong at which byte; the place is worked out only for errors that are reported.
  struct Failure: Error {
    var kind: JSONError.Kind
    var offset: Int
  }

  let bytes: [UInt8]
  var offset = 0
  /// How many arrays and objects the current place is inside of.
  private var depth: Int

  init(_ bytes: [UInt8], depth: Int = 0) {
    self.bytes = bytes
    self.depth = depth
  }

  func failure(_ kind: JSONError.Kind) -> Failure {
    Failure(kind: kind, offset: offset)
  }

  /// What is wrong when something else, or nothing at all, stands where `kind` says what was expected.
  func mismatch(_ kind: JSONError.Kind) -> Failure {
    failure(next == nil ? .unexpectedEnd : kind)
  }

  mutating func skipWhitespace() {
    skip(while: \.isJSONWhitespace)
  }
}

extension JSONParser {
  /// The one value that all the bytes are.
  mutating func document() throws(Failure) -> JSONValue {
    offset = bytes.byteOrderMarkLength
    skipWhitespace()
    let value = try value()
    skipWhitespace()
    guard next == nil else { throw failure(.trailingContent) }
    return value
  }

  /// The value that starts at the current place.
  mutating func value() throws(Failure) -> JSONValue {
    switch next {
    case "\"": return .string(try string())
    case "{": return try nested { parser throws(Failure) in .object(JSONObject(try parser.members())) }
    case "[": return try nested { parser throws(Failure) in .array(try parser.elements()) }
    case "-", "0"..."9": return .number(try number())
    case "t": return try literal("true", .bool(true))
    case "f": return try literal("false", .bool(false))
    case "n": return try literal("null", .null)
    default: throw mismatch(.expectedValue)
    }
  }

  private mutating func literal(_ word: StaticString, _ value: JSONValue) throws(Failure) -> JSONValue {
    for expected in UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount) {
      guard next == expected else { throw mismatch(.expectedValue) }
      offset += 1
    }
    return value
  }

  private mutating func nested(
    _ read: (inout JSONParser) throws(Failure) -> JSONValue
  ) throws(Failure) -> JSONValue {
    guard depth < JSONValue.depthLimit else { throw failure(.tooDeep(limit: JSONValue.depthLimit)) }
    depth += 1
    defer { depth -= 1 }
    offset += 1
    skipWhitespace()
    return try read(&self)
  }

  /// The rest of an array whose `[` has been read.
  private mutating func elements() throws(Failure) -> [JSONValue] {
    var elements: [JSONValue] = []
    if take("]") { return elements }
    while true {
      skipWhitespace()
      elements.append(try value())
      skipWhitespace()
      if take("]") { return elements }
      guard take(",") else { throw mismatch(.expectedCommaOrBracket) }
    }
  }

  /// The rest of an object whose `{` has been read.
  private mutating func members() throws(Failure) -> [JSONObject.Member] {
    var members: [JSONObject.Member] = []
    if take("}") { return members }
    while true {
      skipWhitespace()
      members.append(try member())
      skipWhitespace()
      if take("}") { return members }
      guard take(",") else { throw mismatch(.expectedCommaOrBrace) }
    }
  }

  private mutating func member() throws(Failure) -> JSONObject.Member {
    guard "\"" ~= next else { throw mismatch(.expectedName) }
    let name = try string()
    skipWhitespace()
    guard take(":") else { throw mismatch(.expectedColon) }
    skipWhitespace()
    return JSONObject.Member(name, try value())
  }
}

extension UInt8 {
  var isJSONWhitespace: Bool {
    self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09
  }
}
