extension JSONParser {
  /// A number by its spelling.
  mutating func number() throws(Failure) -> String {
    let start = offset
    _ = take("-")
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      _ = take("+") || take("-")
      try digits()
    }
    // `01`, `1.2.3`, `0x1F` and `1a` are one wrong number rather than a number and something behind it.
    switch next {
    case "0"..."9", "a"..."z", "A"..."Z", ".", "+", "-": throw failure(.invalidNumber)
    default: return String(decoding: bytes[start..<offset], as: UTF8.self)
    }
  }

  private mutating func digits() throws(Failure) {
    guard "0"..."9" ~= next else { throw mismatch(.invalidNumber) }
    take { "0"..."9" ~= $0 }
  }

  /// A string, from its opening to its closing quote.
  mutating func string() throws(Failure) -> String {
    let start = offset + 1
    offset = start
    let plain = takePlain()
    return if take("\"") { try text(plain, from: start) } else { try escapedString(plain, from: start) }
  }

  /// What comes before the next quote, backslash or control character.
  private mutating func takePlain() -> ArraySlice<UInt8> {
    take { !$0.mustBeEscapedInJSON }
  }

  /// A string that starts with these plain bytes, which have been read, and holds escapes behind them.
  private mutating func escapedString(_ plain: ArraySlice<UInt8>, from start: Int) throws(Failure) -> String {
    var unescaped = Array(plain)
    while !take("\"") {
      if take("\\") {
        unescaped.append(contentsOf: try escape().utf8)
      } else {
        throw mismatch(.controlCharacter(next ?? 0))
      }
      unescaped += takePlain()
    }
    return try text(unescaped, from: start)
  }

  /// The text that these bytes are, which were read from there up to the current place.
  private func text(_ utf8: some Sequence<UInt8>, from start: Int) throws(Failure) -> String {
    if let text = String(validating: utf8, as: UTF8.self) { return text }
    // Escapes are ASCII, so what is invalid unescaped is so, at its own place, in the source.
    let invalid = bytes[start..<offset].offsetOfInvalidUTF8() ?? 0
    throw Failure(kind: .invalidUTF8, offset: start + invalid)
  }
}
