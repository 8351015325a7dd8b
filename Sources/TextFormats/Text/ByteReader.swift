/// A parser's view of its input: bytes and how many of them have been read.
protocol ByteReader {
  var bytes: [UInt8] { get }
  var offset: Int { get set }
}

extension ByteReader {
  /// The byte that has not been read yet; nil at the end.
  @inline(__always)
  var next: UInt8? {
    offset < bytes.count ? bytes[offset] : nil
  }

  /// Reads this byte if it comes next.
  @inline(__always)
  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar ~= next else { return false }
    offset += 1
    return true
  }

  /// Reads all that comes next and is so.
  @inline(__always)
  @discardableResult
  mutating func take(while isIncluded: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    let start = offset
    while let byte = next, isIncluded(byte) { offset += 1 }
    return bytes[start..<offset]
  }

  /// Reads as many hexadecimal digits, at most eight; nil at the first byte that is none.
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
