/// Rows of one phone number a line, in a column of its own. Blank lines are no rows, white space around is dropped.
struct NumberLinesRowParser: RowParser {
  let columns: ColumnSet? = .to
  private var lines = LineReader()

  mutating func append(_ piece: some Collection<UInt8>) {
    lines.append(piece)
  }

  mutating func finish() {
    lines.finish()
  }

  mutating func next() throws(RowError) -> Row? {
    guard let line = try lines.next() else { return nil }
    guard let number = String(validating: line.bytes.trimmed, as: UTF8.self) else {
      let valid = line.bytes.offsetOfInvalidUTF8() ?? 0
      throw RowError(
        .invalidUTF8(offset: line.offset + valid), row: line.number,
        position: line.position.advanced(over: line.bytes.prefix(valid)))
    }
    return Row(number: line.number, position: line.position, columns: .to, fields: [.text(number)])
  }
}

extension ArraySlice<UInt8> {
  /// Without the white space before and after.
  fileprivate var trimmed: ArraySlice<UInt8> {
    let content = drop(while: \.isJSONWhitespace)
    let last = content.lastIndex { !$0.isJSONWhitespace }
    return last.map { content[...$0] } ?? []
  }
}
