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
