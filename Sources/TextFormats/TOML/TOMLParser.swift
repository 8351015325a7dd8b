extension TOMLTable {
  /// Reads the document in these bytes (TOML 1.0, strictly). A leading byte order mark is skipped.
  public init(parsing bytes: some Sequence<UInt8>) throws(TOMLError) {
    var parser = TOMLParser(Array(bytes))
    self = parser.document(mostErrors: 1)
    if let error = parser.errors.first { throw error }
  }

  /// Returns what can be read of a document that may have mistakes, and the first `mostErrors` of these, in order.
  /// After a mistake, reading continues with the next statement.
  package static func recovered(
    from bytes: some Sequence<UInt8>, mostErrors: Int
  ) -> (table: TOMLTable, errors: [TOMLError]) {
    var parser = TOMLParser(Array(bytes))
    let table = parser.document(mostErrors: mostErrors)
    return (table, parser.errors)
  }
}

/// Reads a TOML document: lines, keys, arrays and inline tables here, strings and other words in extensions.
struct TOMLParser: ByteReader {
  let bytes: [UInt8]
  var offset: Int
  /// The mistakes found so far.
  private(set) var errors: [TOMLError] = []
  /// The last position requested. The next one is counted from there, so that long lines cost no more than short ones.
  private var known: (offset: Int, position: TextPosition)

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    offset = bytes.byteOrderMarkLength
    known = (offset, TextPosition(line: 1, column: 1))
  }

  /// Reads as much as possible. The mistakes are in `errors`; it stops after `mostErrors` of them.
  mutating func document(mostErrors: Int) -> TOMLTable {
    let root = TOMLTableBuilder()
    if let invalid = bytes.offsetOfInvalidUTF8() {
      errors = [failure(.invalidUTF8, at: invalid)]
      return root.table
    }
    var current = root
    while next != nil, errors.count < mostErrors {
      let start = offset
      do {
        try statement(&current, root)
      } catch {
        errors.append(error)
        recover(from: start, &current)
      }
    }
    return root.table
  }

  /// Reads a line with a header, or a key and its value, which may span several lines; or with neither.
  private mutating func statement(
    _ current: inout TOMLTableBuilder, _ root: TOMLTableBuilder
  ) throws(TOMLError) {
    skipBlanks()
    switch next {
    case "[": current = try header(in: root)
    case "#", "\n", "\r", nil: break
    default: try keyValue(in: current)
    }
    try skipBlanksAndComment()
    guard takeLineBreak() || next == nil else { throw mismatch(.expectedLineEnd) }
  }

  /// Continues after an invalid statement. The lines below an invalid header belong to no table.
  private mutating func recover(from start: Int, _ current: inout TOMLTableBuilder) {
    offset = start
    known = (bytes.byteOrderMarkLength, TextPosition(line: 1, column: 1))
    skipBlanks()
    if "[" ~= next { current = TOMLTableBuilder() }
    var scan = TOMLStatementScan()
    scan.take(takeLine())
    let isTorn = scan.openString != nil && !scan.isInString
    while next != nil, scan.isInString { scan.take(takeLine()) }
    while next != nil, isTorn || scan.isOpen, !bytes[offset...].line.looksLikeTOMLStatement { scan.take(takeLine()) }
  }

  private mutating func takeLine() -> ArraySlice<UInt8> {
    let line = bytes[offset...].line
    offset = min(line.endIndex + 1, bytes.count)
    return line
  }

  /// Reads a header from `[` to `]`; returns the table for the lines below it.
  private mutating func header(in root: TOMLTableBuilder) throws(TOMLError) -> TOMLTableBuilder {
    let position = position()
    offset += 1
    let isOfArray = take("[")
    let (parents, last) = try keyPath()
    guard take("]"), !isOfArray || take("]") else { throw mismatch(.expectedHeaderEnd) }
    var parent = root
    for key in parents { parent = try parent.tableOnHeader(key) }
    return isOfArray ? try parent.appendTable(last, at: position) : try parent.defineTable(last, at: position)
  }

  /// Reads a key, `=` and a value.
  private mutating func keyValue(in table: TOMLTableBuilder) throws(TOMLError) {
    let (parents, last) = try keyPath()
    guard take("=") else { throw mismatch(.expectedEquals) }
    skipBlanks()
    var parent = table
    for key in parents { parent = try parent.tableOnDottedKey(key) }
    try parent.requireVacant(last)
    parent.add(last, .value(try value(depth: parent.depth + 1)))
  }

  /// Reads a key, its parent tables if it is dotted, and surrounding blanks.
  mutating func keyPath() throws(TOMLError) -> (parents: [TOMLKey], last: TOMLKey) {
    var parents: [TOMLKey] = []
    while true {
      let key = try key()
      guard take(".") else { return (parents, key) }
      parents.append(key)
    }
  }

  private mutating func key() throws(TOMLError) -> TOMLKey {
    skipBlanks()
    let position = position()
    let name: String
    switch next {
    case "\"", "'": name = try singleLineString()
    default:
      let bare = take(while: \.isTOMLBareKey)
      guard !bare.isEmpty else { throw mismatch(.expectedKey) }
      name = String(decoding: bare, as: UTF8.self)
    }
    skipBlanks()
    return TOMLKey(name: name, position: position)
  }

  /// Reads the next value, inside this many tables and arrays.
  mutating func value(depth: Int) throws(TOMLError) -> TOMLValue {
    let position = position()
    let content: TOMLValue.Content
    switch next {
    case "\"", "'": content = .string(try string())
    case "[", "{":
      guard depth < TOMLTable.depthLimit else { throw failure(.tooDeep(limit: TOMLTable.depthLimit), at: offset) }
      content = "[" ~= next ? .array(try array(depth: depth)) : .table(try inlineTable(depth: depth))
    default: content = try word()
    }
    return TOMLValue(content: content, position: position)
  }

  private mutating func array(depth: Int) throws(TOMLError) -> [TOMLValue] {
    let opening = offset
    offset += 1
    var elements: [TOMLValue] = []
    while true {
      try skipBlankLines()
      if take("]") { return elements }
      guard next != nil else { throw failure(.unterminated(.array), at: opening) }
      elements.append(try value(depth: depth + 1))
      try skipBlankLines()
      switch next {
      case ",": offset += 1
      case "]", nil: break
      default: throw mismatch(.expectedCommaOrBracket)
      }
    }
  }

  private mutating func inlineTable(depth: Int) throws(TOMLError) -> TOMLTable {
    let opening = offset
    offset += 1
    let table = TOMLTableBuilder(depth: depth)
    skipBlanks()
    if take("}") { return table.table }
    repeat {
      skipBlanks()
      try requireLineContinues(inTableAt: opening)
      if "}" ~= next { throw failure(.commaBeforeBrace, at: offset) }
      try keyValue(in: table)
      skipBlanks()
    } while take(",")
    try requireLineContinues(inTableAt: opening)
    guard take("}") else { throw mismatch(.expectedCommaOrBrace) }
    return table.table
  }

  private func requireLineContinues(inTableAt opening: Int) throws(TOMLError) {
    if next == nil { throw failure(.unterminated(.inlineTable), at: opening) }
    if lineBreakLength > 0 { throw failure(.lineBreakInInlineTable, at: offset) }
  }
}

extension TOMLParser {
  mutating func skipBlanks() {
    while let byte = next, byte.isTOMLBlank { offset += 1 }
  }

  mutating func skipBlanksAndComment() throws(TOMLError) {
    skipBlanks()
    guard take("#") else { return }
    skip { !$0.isTOMLControl }
    guard lineBreakLength > 0 || next == nil else { throw mismatch(.expectedLineEnd) }
  }

  /// Skips white space, line breaks and comments.
  private mutating func skipBlankLines() throws(TOMLError) {
    repeat { try skipBlanksAndComment() } while takeLineBreak()
  }

  /// The length of the `\n` or `\r\n` that comes next; 0 if there is none.
  var lineBreakLength: Int {
    switch next {
    case "\n": 1
    case "\r" where offset + 1 < bytes.count && bytes[offset + 1] == 0x0A: 2
    default: 0
    }
  }

  mutating func takeLineBreak() -> Bool {
    let length = lineBreakLength
    offset += length
    return length > 0
  }

  /// The position of the next byte.
  private mutating func position() -> TextPosition {
    known.position.advance(over: bytes[known.offset..<offset])
    known.offset = offset
    return known.position
  }

  func failure(_ kind: TOMLError.Kind, at offset: Int) -> TOMLError {
    TOMLError(kind: kind, position: bytes.position(at: offset))
  }

  /// The error for anything else, or the end of the input, instead of what was expected.
  func mismatch(_ kind: TOMLError.Kind) -> TOMLError {
    guard let byte = next, byte.isTOMLControl, lineBreakLength == 0 else { return failure(kind, at: offset) }
    return failure("\r" ~= byte ? .bareCarriageReturn : .controlCharacter(byte), at: offset)
  }
}

extension ArraySlice<UInt8> {
  /// Up to the next line break, or all of it if there is none.
  fileprivate var line: ArraySlice<UInt8> { prefix { $0 != 0x0A } }
}

extension UInt8 {
  fileprivate var isTOMLBlank: Bool { self == 0x20 || self == 0x09 }

  /// U+0000 to U+001F except tab, and U+007F: of these, comments and strings may only contain line breaks.
  var isTOMLControl: Bool {
    switch self {
    case 0x09: false
    case 0..<0x20, 0x7F: true
    default: false
    }
  }

  var isTOMLBareKey: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
    default: false
    }
  }
}
