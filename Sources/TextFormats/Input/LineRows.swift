/// Rows of one phone number per line, in the column `to`. Blank lines are skipped, and white space around is dropped.
struct NumberLinesRowParser: RowParser {
  /// Nil as long as there is no line: an empty input has no columns.
  private(set) var columns: ColumnSet?
  private var lines = LineReader()

  mutating func append(_ piece: some Collection<UInt8>) {
    lines.append(piece)
  }

  mutating func finish() {
    lines.finish()
  }

  mutating func next() throws(RowError) -> Row? {
    guard let line = try lines.next() else { return nil }
    columns = .to
    guard let number = String(validating: line.bytes.trimmed, as: UTF8.self) else {
      let valid = line.bytes.offsetOfInvalidUTF8() ?? 0
      throw line.error(.invalidUTF8(offset: line.offset + valid, field: Array(line.bytes.trimmed)), at: valid)
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

/// Reads lines one at a time, ending at LF. Blank ones are skipped, unless they mean something.
struct LineReader: Sendable {
  /// A line with more than white space in it.
  struct Line {
    /// 1 for the first one.
    var number: Int
    /// Without the LF, perhaps with a CR at the end.
    var bytes: ArraySlice<UInt8>
    var position: TextPosition
    /// The number of bytes before it in the input.
    var offset: Int

    /// What is wrong after this many bytes of the line.
    func error(_ reason: RowError.Reason, at offset: Int) -> RowError {
      RowError(reason, row: number, position: position.advanced(over: bytes.prefix(offset)))
    }
  }

  private let skipsBlank: Bool
  private var input = InputBuffer()
  private var count = 0

  init(skipsBlank: Bool = true) {
    self.skipsBlank = skipsBlank
  }

  /// Whether all lines were read, and no more will come.
  var isAtEnd: Bool { input.isFinished && input.unused.isEmpty }

  mutating func append(_ piece: some Collection<UInt8>) {
    input.append(piece)
  }

  mutating func finish() {
    input.finish()
  }

  /// The next line; nil while it is incomplete, and after the last one.
  mutating func next() throws(RowError) -> Line? {
    while let end = try endOfLine() {
      try input.checkLength(end - input.start, row: count + 1)
      let bytes = input.bytes[input.start..<end]
      let isBlank = skipsBlank && bytes.allSatisfy(\.isJSONWhitespace)
      if !isBlank { count += 1 }
      let line = Line(number: count, bytes: bytes, position: input.position, offset: input.offset)
      input.use(upTo: min(end + 1, input.bytes.count))
      if !isBlank { return line }
    }
    return nil
  }

  private mutating func endOfLine() throws(RowError) -> Int? {
    guard input.isWorthReading else { return nil }
    if let end = input.bytes.withUnsafeBufferPointer({ $0.firstIndex(of: 0x0A, from: input.start) }) { return end }
    if input.isFinished { return input.bytes.count }
    try input.waitForMore(row: count + 1)
    return nil
  }
}
