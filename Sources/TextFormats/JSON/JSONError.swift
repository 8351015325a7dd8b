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
