/// A statement of a TOML document, and the lines it is on, for editing.
public struct TOMLStatement: Hashable, Sendable {
  /// Whether it is the header of a table, not a key with its value.
  public let isHeader: Bool
  /// The complete key, from the root of the document: `["profiles", "office", "key"]`.
  public let path: [String]
  /// The bytes of its lines, including the last line break.
  public let lines: Range<Int>

  /// Returns the statements of a document in order; throws if one of them is invalid.
  public static func all(in bytes: [UInt8]) throws(TOMLError) -> [TOMLStatement] {
    var parser = TOMLParser(bytes)
    var statements: [TOMLStatement] = []
    var table: [String] = []
    while parser.next != nil {
      let start = parser.offset
      let statement = try parser.statement(in: &table)
      try parser.skipBlanksAndComment()
      guard parser.takeLineBreak() || parser.next == nil else { throw parser.mismatch(.expectedLineEnd) }
      guard let statement else { continue }
      statements.append(
        TOMLStatement(isHeader: statement.isHeader, path: statement.path, lines: start..<parser.offset))
    }
    return statements
  }
}

extension TOMLParser {
  /// Reads the statement on a line; `table` is the one it is in, or the one it is the header of. Nil if there is none.
  fileprivate mutating func statement(in table: inout [String]) throws(TOMLError) -> (isHeader: Bool, path: [String])? {
    skipBlanks()
    switch next {
    case "#", "\n", "\r", nil: return nil
    case "[":
      while take("[") {}
      table = try keyNames()
      while take("]") {}
      return (true, table)
    default:
      let path = table + (try keyNames())
      guard take("=") else { throw mismatch(.expectedEquals) }
      skipBlanks()
      _ = try value(depth: 1)
      return (false, path)
    }
  }

  private mutating func keyNames() throws(TOMLError) -> [String] {
    let (parents, last) = try keyPath()
    return (parents + [last]).map(\.name)
  }
}

/// Tracks strings, brackets and comments across the lines of a TOML file that may have mistakes.
package struct TOMLStatementScan {
  private enum Quote: Equatable {
    case none
    case single(UInt8), triple(UInt8)
  }

  private var quote = Quote.none
  private var depth = 0
  /// The text of the statement so far, which may span several lines; without comments.
  package private(set) var text = ""
  /// Bytes of the last line through the opening quotes of a string that doesn't end in it; nil if there is none.
  package private(set) var openString: Int?

  package init() {}

  /// Whether the next line begins inside a string.
  package var isInString: Bool { quote != .none }

  /// Whether the next line continues a statement: inside brackets, or after a `=` or `:` that requires a value.
  package var isOpen: Bool {
    let last = text.utf8.last { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
    return isInString || depth > 0 || last == UInt8(ascii: "=") || last == UInt8(ascii: ":")
  }

  /// Reads the next line, without its line break.
  package mutating func take(_ line: some Collection<UInt8>) {
    let line = Array(line)
    if !isOpen { text = "" }
    openString = isInString ? 0 : nil
    var index = 0
    while index < line.count, let length = step(line[index...]) { index += length }
    text += String(decoding: line.prefix(index), as: UTF8.self)
    // Only strings in triple quotes continue.
    if case .single = quote { quote = .none } else if quote == .none { openString = nil }
  }

  /// Reads the next part of the rest of a line; returns its length in bytes, nil for all of it.
  private mutating func step(_ rest: ArraySlice<UInt8>) -> Int? {
    guard let byte = rest.first else { return nil }
    switch quote {
    case .none: return outside(byte, rest)
    case .single(let mark), .triple(let mark):
      if byte == UInt8(ascii: "\\"), mark == UInt8(ascii: "\"") { return 2 }
      guard byte == mark else { return 1 }
      guard case .triple = quote else { return end(1) }
      return rest.prefix(3).count { $0 == mark } == 3 ? end(3) : 1
    }
  }

  private mutating func outside(_ byte: UInt8, _ rest: ArraySlice<UInt8>) -> Int? {
    switch byte {
    case UInt8(ascii: "#"): return nil
    case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
    case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let isTriple = rest.prefix(3).count { $0 == byte } == 3
      quote = isTriple ? .triple(byte) : .single(byte)
      openString = rest.startIndex + (isTriple ? 3 : 1)
      return isTriple ? 3 : 1
    default: break
    }
    return 1
  }

  private mutating func end(_ length: Int) -> Int {
    quote = .none
    return length
  }
}

extension Collection<UInt8> {
  /// Whether a line looks like the beginning of a statement: a header, or a key with `=` and the beginning of a
  /// value. The middle of a text that was broken across lines doesn't, nor does an element of an array.
  package var looksLikeTOMLStatement: Bool {
    let line = trimmed
    guard line.first == UInt8(ascii: "[") else { return line.looksLikeAssignment }
    let name = line.drop { $0 == UInt8(ascii: "[") }.prefix { $0 != UInt8(ascii: "]") }
    let first = name.trimmed.first
    return first?.isTOMLBareKey == true || first == UInt8(ascii: "\"") && line.last == UInt8(ascii: "]")
  }

  private var looksLikeAssignment: Bool {
    let key = prefix { $0 != UInt8(ascii: "=") }
    let value = dropFirst(key.count + 1).trimmed
    // A lone quote, or another `=`, may also end a text that was broken across lines: Base64 ends with `=`.
    guard let first = value.first, first != UInt8(ascii: "="), value.count > 1 || !first.isQuote else { return false }
    return key.trimmed.looksLikeKey
  }

  /// Whether it is a bare key, dotted or not, or entirely in quotes.
  private var looksLikeKey: Bool {
    guard let first else { return false }
    if first.isQuote { return count > 1 && dropFirst().firstIndex(of: first) == index(startIndex, offsetBy: count - 1) }
    return allSatisfy { $0.isTOMLBareKey || $0 == UInt8(ascii: ".") }
  }

  fileprivate var trimmed: [UInt8] {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    return Array(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}

extension UInt8 {
  fileprivate var isQuote: Bool { self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") }
}
