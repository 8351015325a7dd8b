/// An Excel workbook (Office Open XML, ECMA-376): the locations of its sheets, and what its cells share.
///
/// The errors of what reads it have no place.
package struct Workbook: Sendable {
  /// A sheet, and the part of the archive that contains it.
  package struct Sheet: Hashable, Sendable {
    package var name: String
    package var part: String
    package var isHidden = false

    /// Whether it has cells; some sheets are only a chart.
    package var hasCells: Bool { !part.hasPrefix("xl/chartsheets/") }
  }

  /// Texts that cells refer to by number.
  var sharedTexts: [String] = []
  /// For each cell style, whether it shows numbers as dates or times.
  var dateStyles: [Bool] = []
  /// Whether days count from 1904 instead of 1900.
  var countsFrom1904 = false

  package init() {}
}

extension Workbook {
  /// Reads the sheets in order, from `xl/workbook.xml` and `xl/_rels/workbook.xml.rels`.
  package mutating func sheets(workbook: [UInt8], relations: [UInt8]) throws(InputError) -> [Sheet] {
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
    guard reader.isWhole else { throw InputError(.workbookIncomplete) }
    return sheets
  }

  /// The parts that relations point to, by id.
  private static func targets(_ relations: [UInt8]) throws(InputError) -> [String: String] {
    var targets: [String: String] = [:]
    var reader = XMLReader(relations)
    while let token = reader.next() {
      guard case .open("Relationship", let attributes) = token, let id = attributes["Id"],
        let target = attributes["Target"]
      else { continue }
      targets[id] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/\(target)"
    }
    guard reader.isWhole else { throw InputError(.workbookIncomplete) }
    return targets
  }

  /// Reads the texts of `xl/sharedStrings.xml`, without their phonetic guides (`rPh`).
  package mutating func takeSharedTexts(_ bytes: [UInt8]) throws(InputError) {
    var reader = XMLReader(bytes)
    while let token = reader.next() {
      guard case .open("si", _) = token else { continue }
      sharedTexts.append(reader.textContent(of: "si", skipping: ["rPh"]).withoutSpreadsheetEscapes)
    }
    guard reader.isWhole else { throw InputError(.workbookIncomplete) }
  }

  /// Reads the formats of `xl/styles.xml`.
  package mutating func takeStyles(_ bytes: [UInt8]) throws(InputError) {
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
    guard reader.isWhole else { throw InputError(.workbookIncomplete) }
  }

  /// The numbers of built-in date and time formats (ECMA-376, 18.8.30).
  private static let builtInDateFormats = [14...22, 27...36, 45...47, 50...58]

  /// Whether a format such as `dd/mm/yyyy` is for dates or times: it has letters for them outside quotes and brackets.
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

extension InputError.Problem {
  package static let saveAgain = "save it again, or save it as CSV"

  /// A part of a spreadsheet ends too early, or is no XML.
  package static let workbookIncomplete = Self("damaged or cut off", hint: saveAgain)

  /// A cell refers to a text that doesn't exist.
  package static func textMissing(of cell: String) -> Self {
    Self("the text of \(cell) is missing", hint: saveAgain)
  }

  /// There is content beyond the last column that is read.
  package static func tooManyColumns(_ cell: String, limit: Int) -> Self {
    Self("\(cell) is beyond column \(limit), the last one that is read", hint: "clear that cell")
  }
}
