/// Finds where an element of an array ends, without judging it, and goes on where it stopped when more bytes are there.
struct JSONElementScanner: Sendable {
  /// The bytes looked at and found to be inside the element.
  private(set) var length = 0
  private var depth = 0
  private var isInString = false
  private var isEscaped = false

  /// Whether the byte that ends the element is among these, which start where the element does.
  mutating func findEnd(in bytes: ArraySlice<UInt8>) -> Bool {
    for byte in bytes.dropFirst(length) {
      if isInString { scanInString(byte) } else if scan(byte) { return true }
      length += 1
    }
    return false
  }

  private mutating func scanInString(_ byte: UInt8) {
    if isEscaped {
      isEscaped = false
    } else if "\\" ~= byte {
      isEscaped = true
    } else if "\"" ~= byte {
      isInString = false
    }
  }

  /// Whether this byte outside of strings is no longer part of the element.
  private mutating func scan(_ byte: UInt8) -> Bool {
    switch byte {
    case "\"": isInString = true
    case "[", "{": depth += 1
    case ",": return depth == 0
    case "]", "}":
      if depth == 0 { return true }
      depth -= 1
    default: break
    }
    return false
  }
}
