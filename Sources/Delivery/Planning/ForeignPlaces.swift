import TextFormats

/// Placeholders in the syntax of other tools, such as `{name}` and `%name%`. If a column has that name, the text
/// surely isn't meant to be sent as is.
enum ForeignPlaces {
  /// Where two openings start alike, the longer one comes first.
  private static let pairs: [(opening: [UInt8], closing: [UInt8])] = [
    ("${", "}"), ("{$", "}"), ("{", "}"), ("%(", ")s"), ("%", "%"), ("((", "))"), ("[", "]"), ("#", "#"),
    ("<%=", "%>"), ("<", ">"), ("*|", "|*"), ("@@", "@@"), ("«", "»"),
  ].map { (Array($0.utf8), Array($1.utf8)) }
  /// In bytes. Longer names are not looked for.
  private static let longestName = 200

  /// Whether a text contains a byte that starts a placeholder. Most don't, and need no further check.
  @inline(__always)
  static func mayBe(in text: String) -> Bool { text.hasByte(where: begins) }

  @inline(__always)
  private static func begins(_ byte: UInt8) -> Bool {
    // Numeric values for speed, as every text is scanned: `{`, `%`, `(`, `[`, `#`, `<`, `$`, `*`, `@`, and the first
    // byte of `«`.
    switch byte {
    case 0x7B, 0x25, 0x28, 0x5B, 0x23, 0x3C, 0x24, 0x2A, 0x40, 0xC2: true
    default: false
    }
  }

  /// Throws if a text contains the name of a column in another tool's placeholder syntax.
  static func check(_ text: String, in columns: ColumnSet) throws(InputError) {
    let bytes = Array(text.utf8)
    for start in bytes.indices where begins(bytes[start]) {
      for (place, name) in places(at: bytes[start...]) {
        guard let column = columns.indices(of: name).first else { continue }
        throw InputError(.foreignPlace(place, column: columns.names[column]))
      }
    }
  }

  /// The possible placeholders at the start of these bytes, each with its name.
  private static func places(at bytes: ArraySlice<UInt8>) -> [(place: String, name: String)] {
    var places: [(String, String)] = []
    for (opening, closing) in pairs where bytes.starts(with: opening) {
      guard let inside = inside(of: bytes.dropFirst(opening.count), before: closing) else { continue }
      let place = text(opening) + text(inside) + text(closing)
      places.append((place, text(inside)))
      if let name = nameBeforeFallback(inside, opening) { places.append((place, text(name))) }
    }
    if let name = shellName(at: bytes) { places.append(("$" + name, name)) }
    return places
  }

  private static func inside(of bytes: ArraySlice<UInt8>, before closing: [UInt8]) -> ArraySlice<UInt8>? {
    let near = bytes.prefix(longestName)
    return near.firstRange(of: closing).map { near[..<$0.lowerBound] }
  }

  /// The name in `{name|there}`, `{name:there}` and `[name|there]`.
  private static func nameBeforeFallback(_ inside: ArraySlice<UInt8>, _ opening: [UInt8]) -> ArraySlice<UInt8>? {
    guard let bracket = opening.first(where: { "{" ~= $0 || "[" ~= $0 }) else { return nil }
    return inside.firstIndex { "|" ~= $0 || (":" ~= $0 && "{" ~= bracket) }.map { inside[..<$0] }
  }

  /// The name in `$name`, up to the first character other than a letter, digit or `_`; `$5` has none.
  private static func shellName(at bytes: ArraySlice<UInt8>) -> String? {
    guard bytes.starts(with: "$".utf8) else { return nil }
    let near = text(bytes.dropFirst().prefix(longestName))
    guard near.first?.isLetter == true else { return nil }
    return String(near.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
  }

  private static func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}

extension Template {
  /// Throws if the text between placeholders contains a column name in another tool's syntax.
  func checkPlaces(in columns: ColumnSet) throws(InputError) {
    // Escaped braces in a template are literal.
    for literal in literals { try ForeignPlaces.check(literal.replacing("{{", with: ""), in: columns) }
  }
}
