extension String {
  /// The text with everything that would move a cursor, break a line or turn the direction of text shown as an escape.
  ///
  /// `\n`, `\r` and `\t`, `\x1b` for other C0 and C1 controls, `\u{202e}` for line and paragraph separators and for
  /// bidirectional embeddings, overrides and isolates. A `\` stays as it is: this is for people to read, not to undo.
  public var escapingControls: String {
    guard unicodeScalars.contains(where: { $0.controlEscape != nil }) else { return self }
    var escaped = ""
    for scalar in unicodeScalars {
      if let escape = scalar.controlEscape { escaped += escape } else { escaped.unicodeScalars.append(scalar) }
    }
    return escaped
  }
}

extension Unicode.Scalar {
  fileprivate var controlEscape: String? {
    switch self {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}": "\\x\(UInt8(truncatingIfNeeded: value).hexadecimal)"
    case "\u{2028}"..."\u{202E}", "\u{2066}"..."\u{2069}": "\\u{\(String(value, radix: 16))}"
    default: nil
    }
  }
}
