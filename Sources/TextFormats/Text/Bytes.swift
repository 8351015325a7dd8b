// Byte patterns let parsers write `case "{":` and `case "0"..."9":`. They accept optional bytes, and never match nil.

@inline(__always)
package func ~= (pattern: Unicode.Scalar, byte: UInt8?) -> Bool {
  if let byte { UInt32(byte) == pattern.value } else { false }
}

@inline(__always)
package func ~= (pattern: ClosedRange<Unicode.Scalar>, byte: UInt8?) -> Bool {
  guard let byte else { return false }
  return UInt32(byte) >= pattern.lowerBound.value && UInt32(byte) <= pattern.upperBound.value
}

extension UInt8 {
  /// The value of this hexadecimal digit; nil for any other byte.
  package var hexadecimalDigit: UInt8? {
    switch self {
    case "0"..."9": self - 0x30
    case "a"..."f": self - 0x57
    case "A"..."F": self - 0x37
    default: nil
    }
  }

  /// This byte as two lowercase hexadecimal digits.
  package var hexadecimal: String {
    (self < 16 ? "0" : "") + String(self, radix: 16)
  }
}

// Writers append to one buffer, as going through a `String.UTF8View` takes several times as long.
extension [UInt8] {
  /// Appends the UTF-8 of a text.
  @inline(__always)
  package mutating func append(text: String) {
    var text = text
    text.withUTF8 { append(contentsOf: $0) }
  }

  /// Appends a number in decimal digits.
  package mutating func append(decimal number: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    append(digitsOf: number.magnitude)
  }

  private mutating func append(digitsOf number: UInt) {
    if number > 9 { append(digitsOf: number / 10) }
    append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
  }

  /// Appends a literal.
  @inline(__always)
  package static func += (bytes: inout [UInt8], text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// 3 if the bytes start with U+FEFF in UTF-8, otherwise 0.
  package var byteOrderMarkLength: Int {
    starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }
}

extension String {
  /// Whether its UTF-8 contains a matching byte; asking `utf8` itself takes several times as long.
  @inlinable
  package func hasByte(where isWanted: (UInt8) -> Bool) -> Bool {
    utf8.withContiguousStorageIfAvailable { $0.contains(where: isWanted) } ?? utf8.contains(where: isWanted)
  }
}

extension String {
  /// Whether both have the same bytes in UTF-8; `==` treats canonically equivalent texts as equal.
  package func hasBytes(of other: String) -> Bool {
    var (text, other) = (self, other)
    return text.withUTF8 { text in other.withUTF8 { text.hasBytes(of: $0) } }
  }
}

extension String {
  /// The text of these bytes; nil if they are not valid UTF-8 (`offsetOfInvalidUTF8`). Nothing is replaced by U+FFFD.
  public init?(utf8 bytes: some Collection<UInt8>) {
    let text = bytes.withContiguousStorageIfAvailable { String(checking: $0) }
    guard let text = text ?? String(validating: bytes, as: UTF8.self) else { return nil }
    self = text
  }
}

// Eight bytes at a time, as most input and output is scanned here.
extension UnsafeBufferPointer<UInt8> {
  private static var eachByte: UInt64 { 0x0101_0101_0101_0101 }

  var isASCII: Bool {
    var index = 0
    while index + 8 <= count {
      if word(at: index) & Self.eachByte << 7 != 0 { return false }
      index += 8
    }
    return self[index...].allSatisfy { $0 < 0x80 }
  }

  /// The index of the first byte at or after `start` that is not a printable ASCII character, or is a quote or
  /// backslash: up to there, JSON is written as is. The count if there is none.
  func endOfPlainText(from start: Int = 0) -> Int {
    var index = start
    while index + 8 <= count {
      let others = Self.bitsOfOthers(in: word(at: index))
      if others != 0 { return index + others.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < count, self[index].isPlainInJSON { index += 1 }
    return index
  }

  /// The index of the first such byte at or after `start`; nil if there is none.
  func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    var index = start
    while index + 8 <= count {
      let difference = word(at: index) ^ Self.eachByte &* UInt64(byte)
      let equal = (difference &- Self.eachByte) & ~difference & Self.eachByte << 7
      if equal != 0 { return index + equal.trailingZeroBitCount / 8 }
      index += 8
    }
    return self[index...].firstIndex(of: byte)
  }

  /// Whether both have the same bytes.
  fileprivate func hasBytes(of other: Self) -> Bool {
    guard count == other.count else { return false }
    var index = 0
    while index + 8 <= count, word(at: index) == other.word(at: index) { index += 8 }
    return self[index...].elementsEqual(other[index...])
  }

  private func word(at index: Int) -> UInt64 {
    UInt64(littleEndian: UnsafeRawBufferPointer(self).loadUnaligned(fromByteOffset: index, as: UInt64.self))
  }

  /// Returns a word in which the highest bit of the first byte that isn't plain is set: the subtractions set it if a
  /// byte is too small. Bits of the bytes after it don't matter then.
  @inline(__always)
  private static func bitsOfOthers(in word: UInt64) -> UInt64 {
    let controls = word &- eachByte &* 0x20
    let quotes = (word ^ eachByte &* 0x22) &- eachByte
    let backslashes = (word ^ eachByte &* 0x5C) &- eachByte
    let others = word &+ eachByte | word
    return (controls | quotes | backslashes | others) & eachByte << 7
  }
}

extension UInt8 {
  @inline(__always)
  fileprivate var isPlainInJSON: Bool { self >= 0x20 && self < 0x7F && self != 0x22 && self != 0x5C }
}

extension String {
  /// The text of these bytes; nil if they are not UTF-8.
  ///
  /// `String(validating:as:)` looks up generic types on each call, and `String(decoding:as:)` takes twice as long.
  init?(checking bytes: UnsafeBufferPointer<UInt8>) {
    if bytes.isASCII {
      self.init(unsafeUninitializedCapacity: bytes.count) { $0.initialize(fromContentsOf: bytes) }
    } else {
      self.init(validating: bytes, as: UTF8.self)
    }
  }
}

extension Sequence<UInt8> {
  /// The number of bytes before the first invalid one; nil if all are valid UTF-8.
  package func offsetOfInvalidUTF8() -> Int? {
    var iterator = makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    var offset = 0
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar): offset += scalar.count
      case .error: return offset
      case .emptyInput: return nil
      }
    }
  }
}
