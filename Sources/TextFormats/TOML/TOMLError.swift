/// Why a text is not a TOML 1.0 document, and where.
public struct TOMLError: Error, Hashable, Sendable {
  /// What is wrong at the error's position.
  public enum Kind: Hashable, Sendable {
    case invalidUTF8
    /// A control character other than a tab or line break: it must be escaped, in a `"` string.
    case controlCharacter(UInt8)
    /// A `\r` not followed by `\n`.
    case bareCarriageReturn
    case expectedKey
    case expectedEquals
    /// A header doesn't end as it began: with `]`, or with `]]` without a space in between.
    case expectedHeaderEnd
    case expectedValue
    /// An unquoted value that is not a number, date or boolean.
    case unquotedText
    case invalidNumber
    /// An integer that doesn't fit in 64 bits, or a float that is too large.
    case numberOutOfRange
    /// A date or time that isn't in RFC 3339 format, or doesn't exist.
    case invalidDateTime
    case invalidEscape
    /// An escape for a surrogate or a number beyond U+10FFFF.
    case escapedNoCharacter(UInt32)
    /// Something follows a value or a header on the same line.
    case expectedLineEnd
    case expectedCommaOrBracket
    case expectedCommaOrBrace
    case commaBeforeBrace
    case lineBreakInInlineTable
    /// Whatever begins at the error's position is not closed.
    case unterminated(Enclosure)
    /// A key that already has a value.
    case duplicateKey(String, first: TextPosition)
    /// A header for a table that is already defined.
    case duplicateTable(String, first: TextPosition)
    /// A dotted key or a header adds to something that was completely defined already.
    case notExtendable(String, first: TextPosition)
    /// Tables and arrays are nested deeper than this many levels.
    case tooDeep(limit: Int)
  }

  /// A construct that must be closed.
  public enum Enclosure: Hashable, Sendable {
    case string, array, inlineTable
  }

  public let kind: Kind
  public let position: TextPosition
}

extension TOMLError {
  /// A short phrase for what is wrong, without the place.
  public var reason: String {
    switch kind {
    case .invalidUTF8: "not valid UTF-8"
    case .controlCharacter(let byte): "control character \\x\(byte.hexadecimal)"
    case .bareCarriageReturn: "carriage return without a line feed"
    case .expectedKey: "expected a key"
    case .expectedEquals: "expected '=' after the key"
    case .expectedHeaderEnd: "missing ']' or ']]' at the end of the table header"
    case .expectedValue: "expected a value"
    case .unquotedText: "text must be in quotes"
    case .invalidNumber: "not a valid number"
    case .numberOutOfRange: "number out of range"
    case .invalidDateTime: "not a valid date or time"
    case .invalidEscape: "unknown escape sequence; in '…', a backslash is literal"
    case .escapedNoCharacter(let number): "invalid character U+\(String(number, radix: 16, uppercase: true))"
    case .expectedLineEnd: "expected the end of the line"
    case .expectedCommaOrBracket: "expected ',' or ']'"
    case .expectedCommaOrBrace: "expected ',' or '}'"
    case .commaBeforeBrace: "unexpected ',' before '}'"
    case .lineBreakInInlineTable: "an inline table must be on one line"
    case .unterminated(let enclosure): "unclosed \(enclosure.noun)"
    case .duplicateKey(let key, let first): "duplicate key '\(key)' (first at line \(first.line))"
    case .duplicateTable(let key, let first): "table '\(key)' is already defined at line \(first.line)"
    case .notExtendable(let key, let first): "'\(key)' was defined at line \(first.line) and can't be extended"
    case .tooDeep(let limit): "nested more than \(limit) levels deep"
    }
  }

  /// The same without any content of the document.
  public var generalReason: String {
    switch kind {
    case .controlCharacter: "control character"
    case .escapedNoCharacter: "escape sequence for a character that doesn't exist"
    case .duplicateKey(_, let first): "duplicate key (first at line \(first.line))"
    case .duplicateTable(_, let first): "the table is already defined at line \(first.line)"
    case .notExtendable(_, let first): "the table was defined at line \(first.line) and can't be extended"
    default: reason
    }
  }
}

extension TOMLError.Enclosure {
  fileprivate var noun: String {
    switch self {
    case .string: "string"
    case .array: "array"
    case .inlineTable: "inline table"
    }
  }
}

extension TOMLError {
  /// One of each kind.
  package static var examples: [TOMLError] {
    let first = TextPosition(line: 2, column: 1)
    let kinds: [Kind] = [
      .invalidUTF8, .controlCharacter(7), .bareCarriageReturn, .expectedKey, .expectedEquals, .expectedHeaderEnd,
      .expectedValue, .unquotedText, .invalidNumber, .numberOutOfRange, .invalidDateTime, .invalidEscape,
      .escapedNoCharacter(0xD800), .expectedLineEnd, .expectedCommaOrBracket, .expectedCommaOrBrace, .commaBeforeBrace,
      .lineBreakInInlineTable, .unterminated(.string), .unterminated(.array), .unterminated(.inlineTable),
      .duplicateKey("rate", first: first), .duplicateTable("profiles.office", first: first),
      .notExtendable("profiles.office", first: first), .tooDeep(limit: 128),
    ]
    return kinds.map { TOMLError(kind: $0, position: TextPosition(line: 9, column: 1)) }
  }
}
