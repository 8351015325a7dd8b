// Let parsers write `case "{":` and `case "0"..."9":` where they look at a byte.

@inline(__always)
func ~= (pattern: Unicode.Scalar, byte: UInt8) -> Bool {
  pattern.value == UInt32(byte)
}

@inline(__always)
func ~= (pattern: Unicode.Scalar, byte: UInt8?) -> Bool {
  byte.map { pattern ~= $0 } ?? false
}

@inline(__always)
func ~= (pattern: ClosedRange<Unicode.Scalar>, byte: UInt8) -> Bool {
  UInt32(byte) >= pattern.lowerBound.value && UInt32(byte) <= pattern.upperBound.value
}

@inline(__always)
func ~= (pattern: ClosedRange<Unicode.Scalar>, byte: UInt8?) -> Bool {
  byte.map { pattern ~= $0 } ?? false
}

extension UInt8 {
  /// What this hexadecimal digit is worth; nil for any other byte.
  var hexadecimalDigit: UInt8? {
    switch self {
    case "0"..."9": self - 0x30
    case "a"..."f": self - 0x57
    case "A"..."F": self - 0x37
    default: nil
    }
  }

  /// The two hexadecimal digits of this byte, in small letters.
  var hexadecimal: String {
    (self < 16 ? "0" : "") + String(self, radix: 16)
  }
}
