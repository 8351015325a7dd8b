/// A parser's input: the bytes, and the number of bytes read.
package protocol ByteReader {
  var bytes: [UInt8] { get }
  var offset: Int { get set }
}

extension ByteReader {
  /// The next unread byte; nil at the end.
  @inline(__always)
  package var next: UInt8? {
    offset < bytes.count ? bytes[offset] : nil
  }

  /// Reads this byte if it is next.
  @inline(__always)
  package mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar ~= next else { return false }
    offset += 1
    return true
  }

  /// Skips bytes as long as they satisfy a condition.
  @inline(__always)
  package mutating func skip(while isIncluded: (UInt8) -> Bool) {
    while let byte = next, isIncluded(byte) { offset += 1 }
  }

  /// Reads bytes as long as they satisfy a condition.
  @inline(__always)
  package mutating func take(while isIncluded: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    let start = offset
    skip(while: isIncluded)
    return bytes[start..<offset]
  }

  /// Reads exactly this many hexadecimal digits, at most eight; nil at the first byte that isn't one.
  mutating func takeHexadecimal(digits count: Int) -> UInt32? {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard let digit = next?.hexadecimalDigit else { return nil }
      value = value << 4 | UInt32(digit)
      offset += 1
    }
    return value
  }
}

/// A position in a text as shown by editors: line and column start at 1.
public struct TextPosition: Hashable, Sendable {
  /// Lines end at `\n`.
  public var line: Int
  /// In Unicode scalars; the `\r` of a `\r\n` is the last column of its line.
  public var column: Int

  public init(line: Int = 1, column: Int = 1) {
    self.line = line
    self.column = column
  }

  /// Moves past these bytes, which need not be valid UTF-8.
  public mutating func advance(over bytes: some BidirectionalCollection<UInt8>) {
    Array(bytes).withUnsafeBufferPointer { advance(over: $0) }
  }

  mutating func advance(over bytes: UnsafeBufferPointer<UInt8>) {
    var start = 0
    while let end = bytes.firstIndex(of: 0x0A, from: start) {
      line += 1
      column = 1
      start = end + 1
    }
    for byte in bytes[start...] where byte & 0xC0 != 0x80 { column += 1 }
  }

  /// The position after these bytes.
  public func advanced(over bytes: some BidirectionalCollection<UInt8>) -> TextPosition {
    var position = self
    position.advance(over: bytes)
    return position
  }
}

extension [UInt8] {
  /// The position after the first `offset` bytes. Editors don't count a byte order mark as a column.
  func position(at offset: Int) -> TextPosition {
    TextPosition().advanced(over: self[..<offset].dropFirst(byteOrderMarkLength))
  }

  /// The line at a position, without its line break and any byte order mark.
  public func line(at position: TextPosition) -> ArraySlice<UInt8> {
    let lines = dropFirst(byteOrderMarkLength).split(separator: 0x0A, omittingEmptySubsequences: false)
    guard lines.indices.contains(position.line - 1) else { return [] }
    let line = lines[position.line - 1]
    return line.last == 0x0D ? line.dropLast() : line
  }
}
