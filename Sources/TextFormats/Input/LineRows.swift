/// Rows of one phone number per line, in the column `to`. Blank lines are skipped, surrounding white space is removed.
struct NumberLinesRowParser: RowParser {
  /// Nil until there is a line: an empty input has no columns.
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
  /// Without leading and trailing white space.
  fileprivate var trimmed: ArraySlice<UInt8> {
    let content = drop(while: \.isJSONWhitespace)
    let last = content.lastIndex { !$0.isJSONWhitespace }
    return last.map { content[...$0] } ?? []
  }
}

/// Reads lines that end at LF, one at a time. Blank ones are skipped, unless they have a meaning.
struct LineReader: Sendable {
  /// A line; blank only if blank lines are not skipped.
  struct Line {
    /// From 1.
    var number: Int
    /// Without the LF, but possibly with a trailing CR.
    var bytes: ArraySlice<UInt8>
    var position: TextPosition
    /// The number of input bytes before it.
    var offset: Int

    /// The error after this many bytes of the line.
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

  /// Whether all lines have been read, and no more will come.
  var isAtEnd: Bool { input.isFinished && input.unused.isEmpty }

  mutating func append(_ piece: some Collection<UInt8>) {
    input.append(piece)
  }

  mutating func finish() {
    input.finish()
  }

  /// The next line; nil if it is incomplete, and after the last one.
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

/// The part of an input that has arrived but is still unused. Used bytes are dropped.
struct InputBuffer: Sendable {
  private(set) var bytes: [UInt8] = []
  /// Index of the first unused byte.
  private(set) var start = 0
  /// Whether no more bytes will arrive.
  private(set) var isFinished = false
  /// The position of the first unused byte in the input.
  private(set) var position = TextPosition()
  /// The number of input bytes before it.
  private(set) var offset = 0
  /// With fewer unused bytes than this, there is no complete row.
  private var sizeToTry = 0

  var unused: ArraySlice<UInt8> { bytes[start...] }

  /// Whether the unused bytes may contain a row.
  var isWorthReading: Bool { start < bytes.count && (isFinished || bytes.count - start >= sizeToTry) }

  init() {}

  /// For the part of an input that starts at this position, after this many bytes.
  init(startingAt position: TextPosition, offset: Int) {
    self.position = position
    self.offset = offset
  }

  /// Adds the next bytes of the input.
  mutating func append(_ piece: some Collection<UInt8>) {
    bytes.removeSubrange(..<start)
    start = 0
    bytes += piece
    if offset == 0 {
      start = bytes.byteOrderMarkLength
      offset = start
    }
  }

  /// Marks the end of the input.
  mutating func finish() {
    isFinished = true
  }

  /// Drops everything before an index.
  mutating func use(upTo end: Int) {
    guard end > start else { return }
    bytes.withUnsafeBufferPointer { position.advance(over: UnsafeBufferPointer(rebasing: $0[start..<end])) }
    offset += end - start
    start = end
    sizeToTry = 0
  }

  /// Notes that the unused bytes aren't a complete row; throws if they exceed the maximum size of one.
  ///
  /// Retrying only with twice as many keeps the work linear if a long row arrives in small pieces.
  mutating func waitForMore(row: Int?) throws(RowError) {
    try checkLength(unused.count, row: row)
    sizeToTry = min(unused.count * 2, RowReader.rowLimit + 1)
  }

  /// Throws if a row is longer than the limit, whatever the size of the pieces.
  func checkLength(_ length: Int, row: Int?) throws(RowError) {
    guard length <= RowReader.rowLimit else {
      throw RowError(.rowTooLong(limit: RowReader.rowLimit), row: row, position: position)
    }
  }
}
