/// Rows of a CSV file: the first record names the columns, and every other record is a row with a field for each.
///
/// Lines of only delimiters and spaces count as blank and are skipped. Missing fields at the end of a row are empty,
/// and empty fields beyond the last column are ignored. Names and unquoted fields are taken as written, including
/// spaces.
struct CSVRowParser: RowParser {
  private(set) var columns: ColumnSet? {
    didSet { named = columns?.namedCount ?? 0 }
  }
  /// The number of columns up to the last one with a name: spreadsheets export empty ones after it.
  private var named = 0
  private let options: RowOptions
  private var delimiter: UInt8?
  private var input = InputBuffer()
  private var rows = 0

  init(_ options: RowOptions = RowOptions()) {
    self.options = options
    delimiter = options.delimiter
  }

  mutating func append(_ piece: some Collection<UInt8>) {
    input.append(piece)
  }

  mutating func finish() {
    input.finish()
  }

  mutating func next() throws(RowError) -> Row? {
    if columns == nil { columns = try header() }
    guard let columns, let record = try record(expecting: columns.names.count) else { return nil }
    rows += 1
    defer { input.use(upTo: record.end) }
    let fields = try fitted(record.fields, columns)
    return Row(number: rows, position: input.position, columns: columns, fields: fields)
  }

  /// The fields of a row, one per column.
  private func fitted(_ fields: [Row.Field], _ columns: ColumnSet) throws(RowError) -> [Row.Field] {
    let count = columns.names.count
    guard fields.count != count || named != count else { return fields }
    guard fields.dropFirst(named).allSatisfy(\.isBlank) else {
      let reason: RowError.Reason =
        options.isSheet ? .extraCell(columns: named) : .extraField(fields: fields.count, columns: named)
      throw RowError(reason, row: rows, position: input.position)
    }
    return fields.prefix(count) + Array(repeating: .text(""), count: max(0, count - fields.count))
  }

  /// The number of the current row; nil for the header.
  private var row: Int? { columns == nil ? nil : rows + 1 }

  /// The next record after blank lines, and the index after it; nil if it is incomplete. An invalid record is
  /// consumed, so that the next one can be read.
  private mutating func record(expecting count: Int) throws(RowError) -> (fields: [Row.Field], end: Int)? {
    guard let delimiter, skipBlankLines(where: { $0 == delimiter }) else { return nil }
    let (outcome, end) = input.bytes.withUnsafeBufferPointer { bytes in
      var scanner = CSVScanner(bytes, of: input, delimiter: delimiter)
      return (scanner.record(expecting: count), scanner.index)
    }
    switch outcome {
    case .record(let fields):
      try input.checkLength(end - input.start - 1, row: row)
      return (fields, end)
    case .incomplete: try input.waitForMore(row: row)
    case .invalid(let reason, let index):
      // The rest of the line is skipped, so it must have arrived.
      guard
        let end = input.unused[index...].firstIndex(where: \.isLineEnd) ?? (input.isFinished ? input.bytes.count : nil)
      else {
        try input.waitForMore(row: row)
        return nil
      }
      let error = RowError(reason, row: row, position: input.position.advanced(over: input.unused.prefix(upTo: index)))
      rows += columns == nil ? 0 : 1
      input.use(upTo: end)
      throw error
    }
    return nil
  }

  /// Drops lines of only spaces and delimiters; returns whether there is something to read after them.
  private mutating func skipBlankLines(where isDelimiter: (UInt8) -> Bool) -> Bool {
    while input.isWorthReading {
      guard let end = input.unused.firstIndex(where: { !isDelimiter($0) && !$0.isBlank }) else {
        if input.isFinished { input.use(upTo: input.bytes.count) }
        return false
      }
      guard input.bytes[end].isLineEnd else { return true }
      input.use(upTo: end + 1)
    }
    return false
  }
}

// MARK: - The header

extension CSVRowParser {
  /// The columns; nil if the header is incomplete.
  private mutating func header() throws(RowError) -> ColumnSet? {
    guard skipBlankLines(where: { CSVDialect.delimiters.contains($0) }), let end = headerEnd() else { return nil }
    let line = input.bytes[input.start..<end]
    if let separator = CSVDialect.separatorLine(line) {
      delimiter = delimiter ?? separator
      input.use(upTo: end)
      return try header()
    }
    if delimiter == nil { delimiter = try likelyDelimiter(of: line) }
    let isTabbed = delimiter == UInt8(ascii: "\t")
    if let names = options.columns { return try unique(ColumnSet(names: names, mayHaveEscapes: isTabbed)) }
    guard let record = try record(expecting: 0) else { return nil }
    let names = record.fields.map { if case .text(let name) = $0 { name } else { "" } }
    if let data = try columns(ifData: names) { return data }
    defer { input.use(upTo: record.end) }
    return try unique(ColumnSet(names: names, mayHaveEscapes: isTabbed))
  }

  private func likelyDelimiter(of line: ArraySlice<UInt8>) throws(RowError) -> UInt8 {
    let likely = CSVDialect.delimiters(of: line, options)
    guard likely.count == 1 else { throw RowError(.severalDelimiters(likely), row: nil, position: input.position) }
    return likely[0]
  }

  /// The end of the first line, outside quotes; nil if it has not arrived.
  private mutating func headerEnd() -> Int? {
    var isQuoted = false
    for index in input.start..<input.bytes.count {
      let byte = input.bytes[index]
      if byte == quote { isQuoted.toggle() } else if byte.isLineEnd, !isQuoted { return index }
    }
    return input.isFinished ? input.bytes.count : nil
  }

  private func unique(_ columns: ColumnSet) throws(RowError) -> ColumnSet {
    guard let name = columns.repeatedName else { return columns }
    throw RowError(.repeatedColumn(name), row: nil, position: input.position)
  }

  /// The column of a list of nothing but numbers. Throws if the first line is a row with more than that, as the
  /// meaning of its columns is unknown.
  private func columns(ifData cells: [String]) throws(RowError) -> ColumnSet? {
    guard cells.contains(where: \.isWrittenNumber) else { return nil }
    let filled = cells.filter { !$0.allSatisfy(\.isWhitespace) }
    guard filled.count > 1 else { return .to }
    throw RowError(.headerMissing(cells, hasText: options.hasText), row: nil, position: input.position)
  }
}

/// Reads one CSV record (RFC 4180) as spreadsheets write it: there may be spaces around quotes, and a quote inside an
/// unquoted field is text.
///
/// A record ends at LF or CR; the LF of a CRLF is left over, and looks like a blank line.
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
  /// The index of the next byte; after a record, the index after it.
  var index: Int
  /// Added to an index to get an offset in the input.
  private let inputOffset: Int
  private let delimiter: UInt8
  private var fault: (reason: RowError.Reason, index: Int)?

  init(_ bytes: UnsafeBufferPointer<UInt8>, of input: InputBuffer, delimiter: UInt8) {
    self.bytes = bytes
    self.delimiter = delimiter
    isWhole = input.isFinished
    index = input.start
    inputOffset = input.offset - input.start
  }

  mutating func record(expecting count: Int) -> Outcome {
    var fields: [Row.Field] = []
    fields.reserveCapacity(count)
    while let text = isAtQuote ? quotedField() : plainField() {
      fields.append(.text(text))
      let isLast = next != delimiter
      index = min(index + 1, bytes.count)
      if isLast { return .record(fields) }
    }
    return fault.map { .invalid($0.reason, index: $0.index) } ?? .incomplete
  }

  /// The next byte; nil at the end.
  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  /// Whether a quote comes next; spaces before it are skipped.
  private var isAtQuote: Bool {
    mutating get {
      if next == quote { return true }
      guard next == space else { return false }
      guard let start = bytes[index...].firstIndex(where: { $0 != space }), bytes[start] == quote else { return false }
      index = start
      return true
    }
  }

  private func endsField(_ byte: UInt8) -> Bool { byte == delimiter || byte.isLineEnd }

  // A field is read up to its end: a delimiter, a line end, or the end of the input. Nil means that it is incomplete
  // or, if there is a fault, invalid.

  private mutating func plainField() -> String? {
    let start = index
    index = bytes[start...].firstIndex { [delimiter] in $0 == delimiter || $0.isLineEnd } ?? bytes.count
    return index < bytes.count || isWhole ? text(start..<index) : nil
  }

  private mutating func quotedField() -> String? {
    let opening = index
    var (unescaped, run) = ([UInt8](), index + 1)
    index += 1
    while let closing = bytes.firstIndex(of: quote, from: index) {
      index = closing + 1
      if next == quote {
        unescaped += bytes[run...closing]
        index += 1
        run = index
        continue
      }
      while next == space { index += 1 }
      switch next {
      case nil where !isWhole: return nil
      case let byte? where !endsField(byte):
        let isOfOneLine = !bytes[opening..<closing].contains(where: \.isLineEnd)
        return isOfOneLine ? fail(.strayQuote, at: closing) : fail(.strayQuoteInLaterLine, at: opening)
      default:
        if unescaped.isEmpty { return text(run..<closing) }
        unescaped += bytes[run..<closing]
        return unescaped.withUnsafeBufferPointer { text($0, opening..<closing) }
      }
    }
    return isWhole ? fail(.unterminatedQuote, at: opening) : nil
  }

  private mutating func text(_ range: Range<Int>) -> String? {
    text(UnsafeBufferPointer(rebasing: bytes[range]), range)
  }

  /// The text of a field's bytes, which are UTF-8 if those in the range are.
  private mutating func text(_ field: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String? {
    if let text = String(checking: field) { return text }
    let valid = range.lowerBound + (bytes[range].offsetOfInvalidUTF8() ?? 0)
    return fail(.invalidUTF8(offset: valid + inputOffset, field: Array(bytes[range])), at: valid)
  }

  private mutating func fail(_ reason: RowError.Reason, at index: Int) -> String? {
    fault = (reason, index)
    return nil
  }
}

private let quote = UInt8(ascii: "\"")
private let space = UInt8(ascii: " ")
