/// Why a spreadsheet can't be read.
package enum WorkbookError: Error, Hashable, Sendable {
  /// A part of it ends too early, or is no XML.
  case incomplete
  /// A cell refers to a text that is not there.
  case missingText(cell: String)
  /// There is something beyond the last column that is read.
  case tooManyColumns(cell: String, limit: Int)
}

/// A spreadsheet of Excel (Office Open XML, ECMA-376): where its sheets are, and what its cells share.
package struct Workbook: Sendable {
  /// A sheet, and the part of the archive that holds it.
  package struct Sheet: Hashable, Sendable {
    package var name: String
    package var part: String
    package var isHidden = false

    /// Whether it has cells: a sheet may be one chart.
    package var hasCells: Bool { !part.hasPrefix("xl/chartsheets/") }
  }

  /// Texts that cells refer to by number.
  var sharedTexts: [String] = []
  /// For each style of a cell, whether it shows a number as a date or a time.
  var dateStyles: [Bool] = []
  /// Whether days count from 1904 instead of 1900.
  var countsFrom1904 = false

  package init() {}
}

extension Workbook {
  /// The sheets in their order, from `xl/workbook.xml` and `xl/_rels/workbook.xml.rels`.
  package mutating func sheets(workbook: [UInt8], relations: [UInt8]) throws(WorkbookError) -> [Sheet] {
    let targets = try Self.targets(relations)
    var sheets: [Sheet] = []
    var reader = XMLReader(workbook)
    while let token = reader.next() {
      guard case .open(let element, let attributes) = token else { continue }
      if element == "workbookPr" { countsFrom1904 = ["1", "true"].contains(attributes["date1904"] ?? "") }
      guard element == "sheet", let name = attributes["name"], let part = attributes["id"].flatMap({ targets[$0] })
      else {
        continue
      }
      let isHidden = ["hidden", "veryHidden"].contains(attributes["state"] ?? "")
      sheets.append(Sheet(name: name, part: part, isHidden: isHidden))
    }
    guard reader.isWhole else { throw .incomplete }
    return sheets
  }

  /// The parts that relations lead to, by their ids.
  private static func targets(_ relations: [UInt8]) throws(WorkbookError) -> [String: String] {
    var targets: [String: String] = [:]
    var reader = XMLReader(relations)
    while let token = reader.next() {
      guard case .open("Relationship", let attributes) = token, let id = attributes["Id"],
        let target = attributes["Target"]
      else { continue }
      targets[id] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/\(target)"
    }
    guard reader.isWhole else { throw .incomplete }
    return targets
  }

  /// Takes the texts of `xl/sharedStrings.xml`; how they sound (`rPh`) is not part of them.
  package mutating func takeSharedTexts(_ bytes: [UInt8]) throws(WorkbookError) {
    var reader = XMLReader(bytes)
    while let token = reader.next() {
      guard case .open("si", _) = token else { continue }
      sharedTexts.append(reader.textContent(of: "si", skipping: ["rPh"]).withoutSpreadsheetEscapes)
    }
    guard reader.isWhole else { throw .incomplete }
  }

  /// Takes the formats of `xl/styles.xml`.
  package mutating func takeStyles(_ bytes: [UInt8]) throws(WorkbookError) {
    var formats: [Int: Bool] = [:]
    var isInCellFormats = false
    var reader = XMLReader(bytes)
    while let token = reader.next() {
      switch token {
      case .open("cellXfs", _): isInCellFormats = true
      case .close("cellXfs"): isInCellFormats = false
      case .open("numFmt", let attributes):
        if let id = attributes["numFmtId"].flatMap({ Int($0) }) {
          formats[id] = Self.isDateFormat(attributes["formatCode"] ?? "")
        }
      case .open("xf", let attributes) where isInCellFormats:
        let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
        dateStyles.append(formats[id] ?? Self.builtInDateFormats.contains { $0.contains(id) })
      default: break
      }
    }
    guard reader.isWhole else { throw .incomplete }
  }

  /// Numbers of the formats for dates and times that every spreadsheet has (ECMA-376, 18.8.30).
  private static let builtInDateFormats = [14...22, 27...36, 45...47, 50...58]

  /// Whether a format such as `dd/mm/yyyy` is one for dates or times: letters for them outside of quotes and brackets.
  private static func isDateFormat(_ code: String) -> Bool {
    var (isQuoted, isBracketed, isEscaped) = (false, false, false)
    for scalar in code.lowercased().unicodeScalars {
      if isEscaped {
        isEscaped = false
      } else if scalar == "\\" || scalar == "_" {
        isEscaped = true
      } else if scalar == "\"" {
        isQuoted.toggle()
      } else if scalar == "[" {
        isBracketed = true
      } else if scalar == "]" {
        isBracketed = false
      } else if !isQuoted, !isBracketed, "ymdhs".unicodeScalars.contains(scalar) {
        return true
      }
    }
    return false
  }
}
