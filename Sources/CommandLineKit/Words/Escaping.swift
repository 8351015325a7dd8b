extension String {
  /// What came from outside, made safe to print on one line: control characters, line separators and marks that turn
  /// the direction of text are shown as `\n`, `\x1b` or `\u{202e}`.
  var escaped: String {
    unicodeScalars.reduce(into: "") { $0 += $1.isUnsafeToPrint ? $1.escape : String($1) }
  }

  /// Escaped, cut to a length that fits into a message, and in quotes.
  var quoted: String {
    let limit = 80
    let cut = String(unicodeScalars.prefix(limit))
    return "'\(cut.escaped)\(unicodeScalars.dropFirst(limit).isEmpty ? "" : "...")'"
  }
}

extension Unicode.Scalar {
  fileprivate var isUnsafeToPrint: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: true
    default: false
    }
  }

  fileprivate var escape: String {
    switch self {
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    default:
      let digits = String(value, radix: 16)
      return value < 0x80 ? "\\x\(value < 0x10 ? "0" : "")\(digits)" : "\\u{\(digits)}"
    }
  }
}
