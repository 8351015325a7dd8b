/// What separates the fields of a CSV: a comma in theory, and whatever the spreadsheet's country uses in practice.
enum CSVDialect {
  /// The delimiters that are recognized, the likeliest first.
  static let delimiters = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }

  /// The delimiter that stands most often in a header, outside of quotes; a comma where there is none.
  static func delimiter(ofHeader line: ArraySlice<UInt8>) -> UInt8 {
    var counts = Array(repeating: 0, count: delimiters.count)
    var isQuoted = false
    for byte in line {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted, let index = delimiters.firstIndex(of: byte) { counts[index] += 1 }
    }
    let most = counts.max() ?? 0
    return counts.firstIndex(of: most).map { delimiters[$0] } ?? delimiters[0]
  }

  /// The delimiter that a line such as `sep=;` names, as Excel writes it before the header; nil for any other line.
  static func separatorLine(_ line: ArraySlice<UInt8>) -> UInt8? {
    var content = line
    if content.first == UInt8(ascii: "\""), content.last == UInt8(ascii: "\"") {
      content = content.dropFirst().dropLast()
    }
    guard content.count == 5, let separator = content.last else { return nil }
    return content.prefix(4).elementsEqual("sep=".utf8, by: { $0 | 0x20 == $1 | 0x20 }) ? separator : nil
  }
}

extension UInt8 {
  /// A space or a tab.
  var isBlank: Bool { self == 0x20 || self == 0x09 }
}

extension String {
  /// Whether this cell can only be a phone number, and no name of a column.
  package var isWrittenNumber: Bool {
    replacing(":::", with: ";").split { ",;\n\r\r\n".contains($0) }.contains { part in
      let part = part.lowercased().replacing("tel:", with: "")
      return part.isOneNumber || part.isScientific
    }
  }

  private var isOneNumber: Bool {
    var digits = 0
    for scalar in unicodeScalars {
      switch scalar {
      case "0"..."9": digits += 1
      case "+", "-", "\u{2212}", ".", "(", ")", "/", "'", "=", "\"": continue
      default: if !scalar.isBetweenDigits { return false }
      }
    }
    return (7...15).contains(digits)
  }

  /// As spreadsheets show long numbers: `4.47e+11`.
  private var isScientific: Bool {
    let parts = split(separator: "e+")
    return parts.count == 2 && parts[0].count > 1 && parts[0].allSatisfy { $0.isNumber || $0 == "." }
      && parts[1].allSatisfy(\.isNumber)
  }
}

extension Unicode.Scalar {
  fileprivate var isBetweenDigits: Bool {
    properties.isWhitespace || [.dashPunctuation, .format].contains(properties.generalCategory)
  }
}
