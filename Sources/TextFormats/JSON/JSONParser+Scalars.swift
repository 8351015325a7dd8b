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
    while "0"..."9" ~= next { offset += 1 }
  }

  /// A string, from its opening to its closing quote.
  mutating func string() throws(Failure) -> String {
    let start = offset + 1
    offset = start
    skipPlain()
    if "\"" ~= next {
      defer { offset += 1 }
      return try text(bytes[start..<offset], from: start)
    }
    return try escapedString(from: start)
  }

  /// Moves to the next quote, backslash or control character.
  private mutating func skipPlain() {
    while let byte = next, byte >= 0x20, byte != 0x22, byte != 0x5C { offset += 1 }
  }

  /// A string that holds escapes, read up to the first byte that is not plain.
  private mutating func escapedString(from start: Int) throws(Failure) -> String {
    var unescaped = Array(bytes[start..<offset])
    while !take("\"") {
      if take("\\") {
        unescaped.append(contentsOf: try escape().utf8)
      } else {
        throw mismatch(.controlCharacter(next ?? 0))
      }
      let plain = offset
      skipPlain()
      unescaped += bytes[plain..<offset]
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
