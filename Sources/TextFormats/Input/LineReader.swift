/// Reads lines one at a time, as they are written between two LF. Blank ones are skipped.
struct LineReader: Sendable {
  /// A line with more than white space in it.
  struct Line {
    /// 1 for the first one.
    var number: Int
    /// Without the LF, perhaps with a CR at the end.
    var bytes: ArraySlice<UInt8>
    var position: TextPosition
    /// How many bytes of the input come before it.
    var offset: Int
  }

  private var input = InputBuffer()
  private var count = 0

  mutating func append(_ piece: some Collection<UInt8>) {
    input.append(piece)
  }

  mutating func finish() {
    input.finish()
  }

  /// The next line; nil while it has not arrived whole, and for good after the last one.
  mutating func next() throws(RowError) -> Line? {
    while let end = try endOfLine() {
      let bytes = input.bytes[input.start..<end]
      let isBlank = bytes.allSatisfy(\.isJSONWhitespace)
      if !isBlank { count += 1 }
      let line = Line(number: count, bytes: bytes, position: input.position, offset: input.offset)
      input.use(upTo: min(end + 1, input.bytes.count))
      if !isBlank { return line }
    }
    return nil
  }

  private mutating func endOfLine() throws(RowError) -> Int? {
    guard input.isWorthReading else { return nil }
    if let end = input.unused.firstIndex(of: 0x0A) { return end }
    if input.isFinished { return input.bytes.count }
    try input.waitForMore(row: count + 1)
    return nil
  }
}
