/// Rows of a CSV: the first record names the columns, and every other one is a row with a field for each of them.
///
/// Empty lines are skipped. Names and fields are taken as written, including spaces.
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
    return Row(number: rows, position: input.position, columns: columns, fields: record.fields)
  }

  /// The columns; nil while the header is incomplete.
  private mutating func header() throws(RowError) -> ColumnSet? {
    guard let record = try record(expecting: 0) else {
      if input.isFinished { throw error(.missingHeader) }
      return nil
    }
    let names = record.fields.map { if case .text(let name) = $0 { name } else { "" } }
    let columns = ColumnSet(names: names)
    if let name = columns.repeatedName { throw error(.repeatedColumn(name)) }
    input.use(upTo: record.end)
    return columns
  }

  /// The next record after empty lines, and the index after it; nil while it is incomplete.
  private mutating func record(expecting count: Int) throws(RowError) -> (fields: [Row.Field], end: Int)? {
    while input.isWorthReading, input.bytes[input.start].isLineEnd { input.use(upTo: input.start + 1) }
    guard input.isWorthReading else { return nil }
    let (outcome, end) = input.bytes.withUnsafeBufferPointer { bytes in
      var scanner = CSVScanner(bytes, of: input)
      return (scanner.record(expecting: count), scanner.index)
    }
    switch outcome {
    case .record(let fields): return (fields, end)
    case .incomplete: try input.waitForMore(row: row)
    case .invalid(let reason, let index): throw error(reason, at: index)
    }
    return nil
  }

  /// The number of the row being read; nil for the header.
  private var row: Int? { columns == nil ? nil : rows + 1 }

  private func error(_ reason: RowError.Reason, at index: Int? = nil) -> RowError {
    let before = input.unused.prefix(upTo: index ?? input.start)
    return RowError(reason, row: row, position: input.position.advanced(over: before))
  }
}

/// Reads one CSV record (RFC 4180).
///
/// A record ends at LF or CR; the LF of a CRLF is left, and looks like an empty line afterwards.
private struct CSVScanner {
  enum Outcome {
    case record([Row.Field])
    /// The end of the record has not arrived.
    case incomplete
    case invalid(RowError.Reason, index: Int)
  }

  let bytes: UnsafeBufferPointer<UInt8>
  /// Whether no more bytes will arrive.
  let isWhole: Bool
  /// Where to read next; after a record, the index after it.
  var index: Int
  /// What to add to an index to get an offset in the input.
  let inputOffset: Int
  private var fault: (reason: RowError.Reason, index: Int)?

  init(_ bytes: UnsafeBufferPointer<UInt8>, of input: InputBuffer) {
    self.bytes = bytes
    isWhole = input.isFinished
    index = input.start
    inputOffset = input.offset - input.start
  }

  mutating func record(expecting count: Int) -> Outcome {
    var fields: [Row.Field] = []
    fields.reserveCapacity(count)
    while let text = next == quote ? quotedField() : plainField() {
      fields.append(.text(text))
      let isLast = next != comma
      index = min(index + 1, bytes.count)
      if isLast { return .record(fields) }
    }
    return fault.map { .invalid($0.reason, index: $0.index) } ?? .incomplete
  }

  /// The next byte; nil at the end.
  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  // A field is read up to what ends it: a comma, a line end, or the end of the input. Nil means that it is incomplete
  // or, if there is a fault, invalid.

  private mutating func plainField() -> String? {
    let start = index
    while index < bytes.count, !bytes[index].endsField {
      if bytes[index] == quote { return fail(.strayQuote, at: index) }
      index += 1
    }
    return index < bytes.count || isWhole ? text(start..<index) : nil
  }

  private mutating func quotedField() -> String? {
    let opening = index
    var (unescaped, run) = ([UInt8](), index + 1)
    index += 1
    while let closing = bytes[index...].firstIndex(of: quote) {
      index = closing + 1
      switch next {
      case quote:
        unescaped += bytes[run...closing]
        index += 1
        run = index
      case nil where !isWhole: return nil
      case let byte? where !byte.endsField: return fail(.strayQuote, at: closing)
      default:
        return unescaped.isEmpty ? text(run..<closing) : text(unescaped + bytes[run..<closing], opening..<closing)
      }
    }
    return isWhole ? fail(.unterminatedQuote, at: opening) : nil
  }

  private mutating func text(_ range: Range<Int>) -> String? {
    text(UnsafeBufferPointer(rebasing: bytes[range]), range)
  }

  /// The text of a field's bytes, which are UTF-8 if those in the range are.
  private mutating func text(_ field: some Collection<UInt8>, _ range: Range<Int>) -> String? {
    if let text = String(checking: field) { return text }
    let valid = range.lowerBound + (bytes[range].offsetOfInvalidUTF8() ?? 0)
    return fail(.invalidUTF8(offset: valid + inputOffset), at: valid)
  }

  private mutating func fail(_ reason: RowError.Reason, at index: Int) -> String? {
    fault = (reason, index)
    return nil
  }
}

private let quote = UInt8(ascii: "\"")
private let comma = UInt8(ascii: ",")

extension UInt8 {
  fileprivate var endsField: Bool { self == comma || isLineEnd }
}
