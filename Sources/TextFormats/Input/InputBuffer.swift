/// The part of an input that has arrived and is still unused. Used bytes are dropped.
struct InputBuffer: Sendable {
  private(set) var bytes: [UInt8] = []
  /// Index of the first unused byte.
  private(set) var start = 0
  /// Whether no more bytes will arrive.
  private(set) var isFinished = false
  /// The place of the first unused byte in the input.
  private(set) var position = TextPosition()
  /// The number of bytes before it in the input.
  private(set) var offset = 0
  /// Fewer unused bytes than this don't hold a whole row.
  private var sizeToTry = 0

  var unused: ArraySlice<UInt8> { bytes[start...] }

  /// Whether it makes sense to look for a row in the unused bytes.
  var isWorthReading: Bool { start < bytes.count && (isFinished || bytes.count - start >= sizeToTry) }

  init() {}

  /// For a part of an input that starts there, after this many bytes.
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

  /// Notes that the unused bytes aren't a whole row; throws if they are as long as a row may be.
  ///
  /// Trying again only with twice as many keeps the work linear when a long row arrives in small pieces.
  mutating func waitForMore(row: Int?) throws(RowError) {
    try checkLength(unused.count, row: row)
    sizeToTry = min(unused.count * 2, RowReader.rowLimit + 1)
  }

  /// Throws if a row has more bytes than one may have, whatever the size of the pieces.
  func checkLength(_ length: Int, row: Int?) throws(RowError) {
    guard length <= RowReader.rowLimit else {
      throw RowError(.rowTooLong(limit: RowReader.rowLimit), row: row, position: position)
    }
  }
}
