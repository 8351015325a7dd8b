/// Converts a sheet to CSV, piece by piece: a line per row, with all fields quoted. A missing row becomes a blank
/// line, so that line numbers match the row numbers in Excel.
package struct SheetReader {
  /// More columns than any list has; Excel's own limit is 16,384.
  private static let mostColumns = 1024
  private static let mostRows = 1_048_576
  private static let pieceSize = 1 << 16

  private let workbook: Workbook
  private var reader: XMLReader
  /// The number of the last row.
  private var line = 0

  package init(_ workbook: Workbook, sheet bytes: [UInt8]) {
    self.workbook = workbook
    reader = XMLReader(bytes)
  }

  /// The CSV of the next rows; nil after the last one.
  package mutating func next() throws(InputError) -> [UInt8]? {
    var csv: [UInt8] = []
    while csv.count < Self.pieceSize, let token = reader.next() {
      guard case .open("row", let attributes) = token else { continue }
      let number = attributes["r"].flatMap { Int($0) } ?? line + 1
      // Limited to what a sheet can have, as the number comes from the file.
      csv += Array(repeating: UInt8(ascii: "\n"), count: max(0, min(number, Self.mostRows) - line - 1))
      line = max(line + 1, min(number, Self.mostRows))
      Self.append(try cells(), to: &csv)
    }
    if csv.isEmpty {
      guard reader.isWhole else { throw InputError(.workbookIncomplete) }
      return nil
    }
    return csv
  }

  /// The contents of the cells of a row, up to its end.
  private mutating func cells() throws(InputError) -> [String] {
    var cells: [String] = []
    while let token = reader.next(), token != .close("row") {
      guard case .open("c", let attributes) = token else { continue }
      let reference = attributes["r"]
      let column = max(0, reference.map(Self.column) ?? cells.count)
      let value = try value(attributes, name: reference ?? "row \(line)")
      guard column < Self.mostColumns else {
        if value.isEmpty { continue }
        throw InputError(.tooManyColumns(reference ?? "row \(line)", limit: Self.mostColumns))
      }
      while cells.count <= column { cells.append("") }
      cells[column] = value
    }
    return cells
  }

  private static func append(_ cells: [String], to csv: inout [UInt8]) {
    if cells.contains(where: { !$0.isEmpty }) {
      for (index, cell) in cells.enumerated() {
        if index > 0 { csv.append(UInt8(ascii: ",")) }
        csv.append(UInt8(ascii: "\""))
        for byte in cell.utf8 { csv += byte == UInt8(ascii: "\"") ? [byte, byte] : [byte] }
        csv.append(UInt8(ascii: "\""))
      }
    }
    csv.append(UInt8(ascii: "\n"))
  }

  /// The column index of a cell such as `AB12`: 27.
  private static func column(_ reference: String) -> Int {
    let letters = reference.unicodeScalars.prefix { $0.properties.isAlphabetic && $0.isASCII }.prefix(4)
    return letters.reduce(0) { $0 * 26 + Int($1.value & 0x5F) - 64 } - 1
  }

  /// The content of a cell, up to its end.
  private mutating func value(_ attributes: [String: String], name: String) throws(InputError) -> String {
    var (value, isFormula, hasValue) = ("", false, false)
    while let token = reader.next(), token != .close("c") {
      switch token {
      case .open("v", _): (value, hasValue) = (reader.textContent(of: "v"), true)
      case .open("is", _): (value, hasValue) = (reader.textContent(of: "is", skipping: ["rPh"]), true)
      case .open("f", _): isFormula = true
      default: break
      }
    }
    if isFormula, !hasValue || value.isEmpty && attributes["t"] != "str" { return SpecialCell.uncalculatedText }
    switch attributes["t"] {
    case "s":
      if !hasValue { return "" }
      guard let text = Int(value).flatMap({ workbook.sharedText($0) }) else { throw InputError(.textMissing(of: name)) }
      return text
    case "b": return value == "1" ? "TRUE" : "FALSE"
    case nil, "n": return workbook.number(value, style: attributes["s"].flatMap { Int($0) } ?? 0)
    default: return value.withoutSpreadsheetEscapes
    }
  }
}

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
