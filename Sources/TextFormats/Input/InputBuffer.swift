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
