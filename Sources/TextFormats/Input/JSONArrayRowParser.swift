/// Rows of one JSON array: each element is an object.
struct JSONArrayRowParser: RowParser {
  let columns: ColumnSet? = nil
  private var reader = JSONArrayReader(elementLimit: RowReader.rowLimit)
  private var maker = JSONRowMaker()
  private var rows = 0

  mutating func append(_ piece: some Collection<UInt8>) {
    reader.append(piece)
  }

  mutating func finish() {
    reader.finish()
  }

  mutating func next() throws(RowError) -> Row? {
    guard let element = try nextElement() else { return nil }
    rows += 1
    return try maker.row(element.value, number: rows, position: element.position)
  }

  private mutating func nextElement() throws(RowError) -> JSONArrayReader.Element? {
    do {
      return try reader.next()
    } catch {
      let isAboutArray = [.expectedArray, .trailingContent].contains(error.kind)
      throw RowError(
        RowError.Reason(error.kind, offset: error.offset), row: isAboutArray ? nil : rows + 1,
        position: error.position)
    }
  }
}
