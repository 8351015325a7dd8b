import TextFormats

/// Follows strings, brackets and comments through the lines of a TOML file that may be wrong.
struct StatementScan {
  private enum Quote: Equatable {
    case none
    case single(UInt8), triple(UInt8)
  }

  private var quote = Quote.none
  private var depth = 0
  /// What the statement, which may go on for several lines, says so far, comments left out.
  private(set) var text = ""
  /// Bytes of the last line up to where a string begins that doesn't end in it, its quotes included; nil without one.
  private(set) var openString: Int?

  /// Whether the next line begins within a string.
  var isInString: Bool { quote != .none }

  /// Whether the next line goes on with a statement: within brackets, or behind a sign that wants a value.
  var isOpen: Bool {
    let last = text.utf8.last { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
    return isInString || depth > 0 || last == UInt8(ascii: "=") || last == UInt8(ascii: ":")
  }

  /// Takes the next line, without its line break.
  mutating func take(_ line: some Collection<UInt8>) {
    let line = Array(line)
    if !isOpen { text = "" }
    openString = isInString ? 0 : nil
    var index = 0
    while index < line.count, let length = step(line[index...]) { index += length }
    text += String(decoding: line.prefix(index), as: UTF8.self)
    // Only a string in three quotes goes on.
    if case .single = quote { quote = .none } else if quote == .none { openString = nil }
  }

  /// Takes the next of the rest of a line; how many bytes that is, nil for all of them.
  private mutating func step(_ rest: ArraySlice<UInt8>) -> Int? {
    guard let byte = rest.first else { return nil }
    switch quote {
    case .none: return outside(byte, rest)
    case .single(let mark), .triple(let mark):
      if byte == UInt8(ascii: "\\"), mark == UInt8(ascii: "\"") { return 2 }
      guard byte == mark else { return 1 }
      guard case .triple = quote else { return end(1) }
      return rest.prefix(3).count { $0 == mark } == 3 ? end(3) : 1
    }
  }

  private mutating func outside(_ byte: UInt8, _ rest: ArraySlice<UInt8>) -> Int? {
    switch byte {
    case UInt8(ascii: "#"): return nil
    case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
    case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let isTriple = rest.prefix(3).count { $0 == byte } == 3
      quote = isTriple ? .triple(byte) : .single(byte)
      openString = rest.startIndex + (isTriple ? 3 : 1)
      return isTriple ? 3 : 1
    default: break
    }
    return 1
  }

  private mutating func end(_ length: Int) -> Int {
    quote = .none
    return length
  }
}
