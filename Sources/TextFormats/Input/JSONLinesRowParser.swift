/// Rows of JSON Lines: an object a line. Blank lines are no rows.
struct JSONLinesRowParser: RowParser {
  let columns: ColumnSet? = nil
  private var lines = LineReader()
  private var maker = JSONRowMaker()

  mutating func append(_ piece: some Collection<UInt8>) {
    lines.append(piece)
  }

  mutating func finish() {
    lines.finish()
  }

  mutating func next() throws(RowError) -> Row? {
    guard let line = try lines.next() else { return nil }
    return try maker.row(try value(of: line), number: line.number, position: line.position)
  }

  private func value(of line: LineReader.Line) throws(RowError) -> JSONValue {
    do {
      return try JSONValue(parsing: line.bytes)
    } catch {
      let before = line.bytes.prefix(error.offset)
      throw RowError(
        RowError.Reason(error.kind, offset: line.offset + error.offset), row: line.number,
        position: line.position.advanced(over: before))
    }
  }
}
