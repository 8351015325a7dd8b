/// The part of an input that has arrived and is not used up. What is used is let go of.
struct InputBuffer: Sendable {
  private(set) var bytes: [UInt8] = []
  /// Index of the first unused byte.
  private(set) var start = 0
  /// Whether no more will arrive.
  private(set) var isFinished = false
  /// Where in the input the first unused byte stands.
  private(set) var position = TextPosition()
  /// How many bytes of the input come before it.
  private(set) var offset = 0
  /// Fewer unused bytes than this do not make a whole row.
  private var sizeToTry = 0

  /// What is left to use.
  var unused: ArraySlice<UInt8> { bytes[start...] }

  /// Whether it makes sense to look for a row in what is left.
  var isWorthReading: Bool { !unused.isEmpty && (isFinished || unused.count >= sizeToTry) }

  /// Adds the bytes that follow those appended before.
  mutating func append(_ piece: some Collection<UInt8>) {
    bytes.removeSubrange(..<start)
    start = 0
    bytes += piece
    if offset == 0 { skipByteOrderMark() }
  }

  /// Says that no more bytes follow.
  mutating func finish() {
    isFinished = true
  }

  /// Lets go of everything before an index.
  mutating func use(upTo end: Int) {
    guard end > start else { return }
    bytes[start..<end].withUnsafeBufferPointer { position.advance(over: $0) }
    offset += end - start
    start = end
    sizeToTry = 0
  }

  /// Notes that what is left is not a whole row; throws where it is as long as a row may be.
  ///
  /// Trying again only with twice as much keeps the work linear where a long row arrives in small pieces.
  mutating func waitForMore(row: Int?) throws(RowError) {
    guard unused.count < RowReader.rowLimit else {
      throw RowError(.rowTooLong(limit: RowReader.rowLimit), row: row, position: position)
    }
    sizeToTry = unused.count * 2
  }

  private mutating func skipByteOrderMark() {
    start = bytes.byteOrderMarkLength
    offset = start
  }
}
