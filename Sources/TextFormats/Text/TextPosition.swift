/// A place in a text as an editor shows it: both numbers start at 1.
public struct TextPosition: Hashable, Sendable {
  /// Lines end at `\n`.
  public var line: Int
  /// Counted in Unicode scalars; the `\r` of a `\r\n` is the last column of its line.
  public var column: Int

  public init(line: Int = 1, column: Int = 1) {
    self.line = line
    self.column = column
  }

  /// Moves behind these bytes, which follow this place; also where they are not valid UTF-8.
  public mutating func advance(over bytes: some Sequence<UInt8>) {
    for byte in bytes {
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
  }

  /// The place behind these bytes.
  public func advanced(over bytes: some Sequence<UInt8>) -> TextPosition {
    var position = self
    position.advance(over: bytes)
    return position
  }
}
