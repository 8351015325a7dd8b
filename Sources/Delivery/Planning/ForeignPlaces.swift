import TextFormats

/// Placeholders as other tools write them, such as `{name}` and `%name%`: where a column has that name, nobody means to
/// send them.
enum ForeignPlaces {
  private static let pairs: [(opening: [UInt8], closing: [UInt8])] = [
    ("${", "}"), ("{", "}"), ("%", "%"), ("((", "))"), ("[", "]"), ("#", "#"), ("<", ">"),
  ].map { (Array($0.utf8), Array($1.utf8)) }
  /// No column has a longer name.
  private static let longestName = 200

  /// Whether a text has a character in it that begins one. Most have none, and are left alone.
  @inline(__always)
  static func mayBe(in text: String) -> Bool {
    text.utf8.contains { byte in
      // Numbers, as each row's text is gone through: `{`, `%`, `(`, `[`, `#`, `<`.
      switch byte {
      case 0x7B, 0x25, 0x28, 0x5B, 0x23, 0x3C: true
      default: false
      }
    }
  }

  /// Throws where a text has the name of a column in it as other tools write it.
  static func check(_ text: String, in columns: ColumnSet) throws(InputError) {
    let bytes = Array(text.utf8)
    for start in bytes.indices {
      for (opening, closing) in pairs where bytes[start...].starts(with: opening) {
        guard let name = name(in: bytes[(start + opening.count)...], before: closing),
          !columns.indices(of: name).isEmpty
        else { continue }
        let place = String(decoding: opening, as: UTF8.self) + name + String(decoding: closing, as: UTF8.self)
        throw InputError(.foreignPlace(place, column: name))
      }
    }
  }

  private static func name(in bytes: ArraySlice<UInt8>, before closing: [UInt8]) -> String? {
    let near = bytes.prefix(longestName)
    guard let end = near.firstRange(of: closing)?.lowerBound else { return nil }
    return String(decoding: near[..<end], as: UTF8.self)
  }
}

extension Template {
  /// Throws where a text between the places has the name of a column in it as other tools write it.
  func checkPlaces(in columns: ColumnSet) throws(InputError) {
    // Braces a template writes out stand for themselves.
    for literal in literals { try ForeignPlaces.check(literal.replacing("{{", with: ""), in: columns) }
  }
}
