extension TOMLTable {
  /// The document in these bytes (TOML 1.0, strictly). A byte order mark at the very start is skipped.
  public init(parsing bytes: some Sequence<UInt8>) throws(TOMLError) {
    var parser = TOMLParser(Array(bytes))
    self = try parser.document()
  }
}

/// Reads a TOML document: this file its lines, the extensions what is on them.
struct TOMLParser: ByteReader {
  let bytes: [UInt8]
  var offset = 0
  /// The last place asked for, from where the next one is counted so that long lines cost no more than short ones.
  private var known: (offset: Int, position: TextPosition)

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    offset = bytes.byteOrderMarkLength
    known = (offset, TextPosition())
  }

  /// Where the next byte is.
  mutating func position() -> TextPosition {
    known.position.advance(over: bytes[known.offset..<offset])
    known.offset = offset
    return known.position
  }

  func failure(_ kind: TOMLError.Kind, at offset: Int) -> TOMLError {
    TOMLError(kind: kind, position: bytes.position(at: offset))
  }

  /// What is wrong when something else, or nothing at all, stands where `kind` says what was expected.
  func mismatch(_ kind: TOMLError.Kind) -> TOMLError {
    switch next {
    case "\r" where !isAtLineBreak: failure(.bareCarriageReturn, at: offset)
    case .some(let byte) where byte.isTOMLControl && !isAtLineBreak: failure(.controlCharacter(byte), at: offset)
    default: failure(kind, at: offset)
    }
  }
}

extension TOMLParser {
  mutating func document() throws(TOMLError) -> TOMLTable {
    if let invalid = bytes.offsetOfInvalidUTF8() { throw failure(.invalidUTF8, at: invalid) }
    let root = TOMLTableBuilder()
    var current = root
    while next != nil {
      skipBlanks()
      if "[" ~= next {
        current = try header(in: root)
      } else if !isAtLineEnd {
        try keyValue(in: current)
      }
      try lineEnd()
    }
    return root.table
  }

  /// A header, from its `[` to its `]`; gives the table that the lines below it are about.
  private mutating func header(in root: TOMLTableBuilder) throws(TOMLError) -> TOMLTableBuilder {
    let position = position()
    offset += 1
    let isOfArray = take("[")
    let path = try keyPath()
    guard take("]"), !isOfArray || take("]") else { throw mismatch(.expectedHeaderEnd) }
    var parent = root
    for key in path.parents { parent = try parent.tableOnHeader(key) }
    return isOfArray
      ? try parent.appendTable(path.last, at: position) : try parent.defineTable(path.last, at: position)
  }

  /// A key, its `=` and its value.
  mutating func keyValue(in table: TOMLTableBuilder) throws(TOMLError) {
    let path = try keyPath()
    guard take("=") else { throw mismatch(.expectedEquals) }
    skipBlanks()
    var parent = table
    for key in path.parents { parent = try parent.tableOnDottedKey(key) }
    try parent.requireVacant(path.last)
    parent.add(path.last, .value(try value(depth: parent.depth + 1)))
  }
}

extension TOMLParser {
  mutating func skipBlanks() {
    skip { $0 == 0x20 || $0 == 0x09 }
  }

  /// A comment, if there is one, and the line break, which only the last line may lack.
  private mutating func lineEnd() throws(TOMLError) {
    skipBlanks()
    try skipComment()
    guard takeLineBreak() || next == nil else { throw mismatch(.expectedLineEnd) }
  }

  /// White space, line breaks and comments.
  mutating func skipBlankLines() throws(TOMLError) {
    repeat {
      skipBlanks()
      try skipComment()
    } while takeLineBreak()
  }

  private mutating func skipComment() throws(TOMLError) {
    guard take("#") else { return }
    skip { !$0.isTOMLControl }
    guard isAtLineBreak || next == nil else { throw mismatch(.expectedLineEnd) }
  }

  /// Whether a `\n` or `\r\n` comes next.
  var isAtLineBreak: Bool {
    "\n" ~= next || "\r" ~= next && bytes[offset...].starts(with: [0x0D, 0x0A])
  }

  /// Whether nothing but a comment can be left on the line.
  private var isAtLineEnd: Bool {
    next == nil || "#" ~= next || isAtLineBreak
  }

  mutating func takeLineBreak() -> Bool {
    guard isAtLineBreak else { return false }
    offset += "\r" ~= next ? 2 : 1
    return true
  }
}

extension UInt8 {
  /// U+0000 to U+001F except tab, and U+007F: what neither comments nor strings may hold, but for line breaks.
  var isTOMLControl: Bool {
    self < 0x20 && self != 0x09 || self == 0x7F
  }
}
