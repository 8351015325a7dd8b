/// The delimiter of a CSV file: a comma in theory, in practice whatever the country's spreadsheets use.
enum CSVDialect {
  /// The recognized delimiters, most likely first.
  static let delimiters = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }

  /// Returns the likely delimiters of a CSV file, judging by its first line: of those in it outside quotes, the ones
  /// that make a column for the number; of several such, the most frequent. Several if they are equally likely; a comma
  /// if there are none.
  static func delimiters(of line: ArraySlice<UInt8>, _ options: RowOptions) -> [UInt8] {
    let known = delimiters + [options.likelyDelimiter].compactMap { $0 }.filter { !delimiters.contains($0) }
    var found: [(delimiter: UInt8, count: Int)] = []
    for delimiter in known {
      let count = cells(of: line, delimiter).count - 1
      if count > 0 { found.append((delimiter, count)) }
    }
    guard found.count > 1 else { return [found.first?.delimiter ?? delimiters[0]] }
    let fitting = found.filter { options.hasNumberColumn(cells(of: line, $0.delimiter)) }
    let likely = fitting.isEmpty ? found : fitting
    let most = likely.map(\.count).max()
    return likely.filter { $0.count == most }.map(\.delimiter)
  }

  /// The cells between delimiters, without surrounding quotes and spaces.
  private static func cells(of line: ArraySlice<UInt8>, _ delimiter: UInt8) -> [String] {
    var isQuoted = false
    let cells = line.split(omittingEmptySubsequences: false) { byte in
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      return byte == delimiter && !isQuoted
    }
    return cells.map { cell in
      String(decoding: cell.filter { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
    }
  }

  /// The delimiter in a line such as `sep=;`, which Excel writes before the header; nil for any other line.
  static func separatorLine(_ line: ArraySlice<UInt8>) -> UInt8? {
    var content = line
    if content.first == UInt8(ascii: "\""), content.last == UInt8(ascii: "\"") {
      content = content.dropFirst().dropLast()
    }
    guard content.count == 5, let separator = content.last else { return nil }
    return content.prefix(4).elementsEqual("sep=".utf8, by: { $0 | 0x20 == $1 | 0x20 }) ? separator : nil
  }
}

extension RowOptions {
  /// Whether one of these cells of the first line names the column of the number or, if column names are given or the
  /// header is missing, is a number.
  fileprivate func hasNumberColumn(_ cells: [String]) -> Bool {
    let names = Set(numberColumns.map(ColumnSet.key))
    if let columns {
      let index = columns.firstIndex { names.contains(ColumnSet.key(of: $0)) }
      return index.map { cells.indices.contains($0) && cells[$0].isNothingButNumbers } ?? false
    }
    return cells.contains { names.contains(ColumnSet.key(of: $0)) || $0.isNothingButNumbers }
  }
}

extension UInt8 {
  /// A space or a tab.
  var isBlank: Bool { self == 0x20 || self == 0x09 }
}

extension String {
  /// Whether this cell can only be a phone number, not a column name.
  package var isWrittenNumber: Bool { parts.contains { $0.isOneNumber || $0.isScientific } }

  /// Whether every part of this cell can only be a phone number.
  var isNothingButNumbers: Bool {
    let parts = parts
    return !parts.isEmpty && parts.allSatisfy { $0.isOneNumber || $0.isScientific }
  }

  /// The parts of a cell that may hold several numbers, in lowercase.
  private var parts: [String] {
    replacing(":::", with: ";").split { ",;\n\r\r\n".contains($0) }
      .map { $0.lowercased().replacing("tel:", with: "") }
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

  /// The way spreadsheets show long numbers: `4.47e+11`.
  private var isScientific: Bool {
    guard let mark = firstRange(of: "e+") else { return false }
    let (mantissa, exponent) = (self[..<mark.lowerBound], self[mark.upperBound...])
    return mantissa.count > 1 && mantissa.allSatisfy { $0.isNumber || $0 == "." } && !exponent.isEmpty
      && exponent.allSatisfy(\.isNumber)
  }
}

extension Unicode.Scalar {
  fileprivate var isBetweenDigits: Bool {
    properties.isWhitespace || [.dashPunctuation, .format].contains(properties.generalCategory)
  }
}
