// The names of characters in messages.

extension Unicode.Scalar {
  /// Such as `U+2019 RIGHT SINGLE QUOTATION MARK`.
  package var codePointAndName: String {
    [codePoint, properties.name ?? properties.nameAlias].compactMap(\.self).joined(separator: " ")
  }

  /// Such as `U+2019`.
  package var codePoint: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }

  /// A printable ASCII character in quotes, any other by code point and name, as some look alike or are invisible.
  package var quotedName: String {
    (" "..."~").contains(self) ? "'\(self)'" : codePointAndName
  }
}
