// Writers append to one buffer; going through a `String.UTF8View` takes them several times as long.

extension [UInt8] {
  /// Appends the UTF-8 of a text.
  mutating func append(text: String) {
    var text = text
    text.withUTF8 { append(contentsOf: $0) }
  }

  /// Appends a text that is known to the compiler.
  @inline(__always)
  static func += (bytes: inout [UInt8], text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }
}
