extension TOMLParser {
  /// The value that comes next and has, as an array or table, this many tables and arrays around it.
  mutating func value(depth: Int) throws(TOMLError) -> TOMLValue {
    let position = position()
    return TOMLValue(content: try content(depth: depth), position: position)
  }

  private mutating func content(depth: Int) throws(TOMLError) -> TOMLValue.Content {
    switch next {
    case "\"": return .string(try string(quote: "\""))
    case "'": return .string(try string(quote: "'"))
    case "[", "{":
      guard depth < TOMLTable.depthLimit else { throw failure(.tooDeep(limit: TOMLTable.depthLimit), at: offset) }
      return "[" ~= next ? .array(try array(depth: depth)) : .table(try inlineTable(depth: depth))
    default: return try word()
    }
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
      guard take(",") || "]" ~= next || next == nil else { throw mismatch(.expectedCommaOrBracket) }
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
      try requireLineGoesOn(inTableAt: opening)
      if "}" ~= next { throw failure(.commaBeforeBrace, at: offset) }
      try keyValue(in: table)
      skipBlanks()
    } while take(",")
    try requireLineGoesOn(inTableAt: opening)
    guard take("}") else { throw mismatch(.expectedCommaOrBrace) }
    return table.table
  }

  private func requireLineGoesOn(inTableAt opening: Int) throws(TOMLError) {
    if next == nil { throw failure(.unterminated(.inlineTable), at: opening) }
    if isAtLineBreak { throw failure(.lineBreakInInlineTable, at: offset) }
  }
}
