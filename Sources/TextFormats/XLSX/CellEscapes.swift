extension String {
  /// The text with escapes such as `_x000D_` decoded (ECMA-376, 22.9.2.19).
  var withoutSpreadsheetEscapes: String {
    guard utf8.count >= 7, contains("_x") else { return self }
    var rest = Array(utf8)[...]
    var bytes: [UInt8] = []
    while let byte = rest.first {
      if let character = rest.spreadsheetEscape {
        bytes += String(character).utf8
        rest = rest.dropFirst(7)
      } else {
        bytes.append(byte)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension ArraySlice<UInt8> {
  /// The character of the escape at the beginning of these bytes; nil if there is none.
  fileprivate var spreadsheetEscape: Unicode.Scalar? {
    let start = startIndex
    guard count >= 7, self[start] == UInt8(ascii: "_"), self[start + 1] == UInt8(ascii: "x"),
      self[start + 6] == UInt8(ascii: "_")
    else { return nil }
    var code: UInt32 = 0
    for digit in self[start + 2..<start + 6] {
      guard let value = digit.hexadecimalDigit else { return nil }
      code = code << 4 | UInt32(value)
    }
    return Unicode.Scalar(code)
  }
}
