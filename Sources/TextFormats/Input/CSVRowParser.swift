/// Rows of a CSV: the first record names the columns, every other one is a row with a field for each of them.
///
/// Lines without a single byte are skipped and no rows. Names and fields are taken as written, spaces included.
struct CSVRowParser: RowParser {
  private(set) var columns: ColumnSet?
  private var input = InputBuffer()
  private var rows = 0

  mutating func append(_ piece: some Collection<UInt8>) {
    input.append(piece)
  }

  mutating func finish() {
    input.finish()
  }

  mutating func next() throws(RowError) -> Row? {
    if columns == nil { columns = try header() }
    guard let columns, let record = try record(expecting: columns.names.count) else { return nil }
    guard record.fields.count == columns.names.count else {
      throw error(.raggedRow(fields: record.fields.count, columns: columns.names.count))
    }
    rows += 1
    defer { input.use(upTo: record.end) }
    return Row(number: rows, position: input.position, columns: columns, fields: record.fields.map(Row.Field.text))
  }

  /// The columns; nil while their names have not arrived whole.
  private mutating func header() throws(RowError) -> ColumnSet? {
    guard let record = try record(expecting: 0) else {
      if input.isFinished { throw error(.missingHeader) }
      return nil
    }
    do {
      let columns = try ColumnSet(record.fields)
      input.use(upTo: record.end)
      return columns
    } catch {
      throw self.error(.repeatedColumn(error.name))
    }
  }

  /// The record that follows after blank lines, not used up yet; nil where no whole one has arrived.
  private mutating func record(expecting count: Int) throws(RowError) -> (fields: [String], end: Int)? {
    input.use(upTo: input.unused.firstIndex { !$0.isLineEnd } ?? input.bytes.count)
    guard input.isWorthReading else { return nil }
    var scanner = CSVScanner(input)
    if let fields = try fields(scanning: &scanner, expecting: count) { return (fields, scanner.index) }
    try input.waitForMore(row: row)
    return nil
  }

  private func fields(scanning scanner: inout CSVScanner, expecting count: Int) throws(RowError) -> [String]? {
    do throws(CSVScanner.Failure) {
      guard let fields = try scanner.record(expecting: count) else { return nil }
      try requireUTF8(upTo: scanner.index)
      return fields
    } catch {
      throw self.error(error.reason, at: error.index)
    }
  }

  private func requireUTF8(upTo end: Int) throws(CSVScanner.Failure) {
    let record = input.unused.prefix(upTo: end)
    guard !record.allSatisfy({ $0 < 0x80 }), let valid = record.offsetOfInvalidUTF8() else { return }
    throw CSVScanner.Failure(reason: .invalidUTF8(offset: input.offset + valid), index: input.start + valid)
  }

  /// The number of the row that is being read; nil for the header.
  private var row: Int? { columns == nil ? nil : rows + 1 }

  private func error(_ reason: RowError.Reason, at index: Int? = nil) -> RowError {
    let before = input.unused.prefix(upTo: index ?? input.start)
    return RowError(reason, row: row, position: input.position.advanced(over: before))
  }
}
