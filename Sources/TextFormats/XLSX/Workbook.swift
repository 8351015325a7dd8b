/// An Excel workbook (Office Open XML, ECMA-376): the locations of its sheets, and what its cells share.
///
/// Errors thrown while reading it have no place.
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

  /// A part of a spreadsheet ends too early, or isn't XML.
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

extension Workbook {
  func sharedText(_ index: Int) -> String? { sharedTexts.indices.contains(index) ? sharedTexts[index] : nil }

  /// A date in ISO 8601, and any other number as people see it: in plain digits, without artifacts of binary
  /// fractions. Anything that is not a number, or has more digits than a spreadsheet keeps, is unchanged.
  func number(_ text: String, style: Int) -> String {
    guard let number = Double(text), number.magnitude < 1e15 else { return text }
    if dateStyles.indices.contains(style), dateStyles[style], number >= 0, number < 2_958_466 { return date(number) }
    return number.rounded() == number ? String(Int(number)) : text.plainDecimal ?? text
  }

  /// The date and time for a number of days, such as `2036-03-01 09:30`; only the time if it is less than a day.
  private func date(_ days: Double) -> String {
    // Days before March 1900 are off by one in Excel, which has a February 29, 1900. Lists don't contain such dates.
    let epoch = GregorianCalendar.Date(
      year: countsFrom1904 ? 1904 : 1899, month: countsFrom1904 ? 1 : 12, day: countsFrom1904 ? 1 : 30)
    let seconds = Int((days * 86_400).rounded())
    let date = GregorianCalendar.date(after: GregorianCalendar.days(to: epoch) + seconds / 86_400)
    let day = "\(Self.padded(date.year, 4))-\(Self.padded(date.month, 2))-\(Self.padded(date.day, 2))"
    let time = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60]
    guard time.contains(where: { $0 > 0 }) else { return day }
    let clock = (time[2] == 0 ? time.prefix(2) : time[...]).map { Self.padded($0, 2) }.joined(separator: ":")
    return days < 1 ? clock : "\(day) \(clock)"
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension String {
  /// The number of digits that spreadsheets show.
  private static let shownDigits = 15

  /// A decimal number without an exponent: `19.99` for `19.989999999999998`, `0.001` for `1E-3`. Nil for anything else.
  fileprivate var plainDecimal: String? {
    let sign = hasPrefix("-") ? "-" : ""
    let parts = dropFirst(sign.count).split(whereSeparator: { "eE".contains($0) })
    let mantissa = parts.first?.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false) ?? []
    guard mantissa.count > 0, parts.count <= 2, let exponent = parts.count == 2 ? Int(parts[1]) : 0 else { return nil }
    let digits = mantissa.joined()
    guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
    let significant = digits.drop { $0 == "0" }
    let point = mantissa[0].count + exponent - (digits.count - significant.count)
    return significant.roundedDigits(Self.shownDigits).map { sign + $0.digits.withPoint(at: point + $0.carried) }
  }

  /// These digits with a decimal point after the first `point`, or with `-point` zeros before them if that is negative.
  private func withPoint(at point: Int) -> String {
    if point <= 0 { return "0." + String(repeating: "0", count: -point) + self }
    guard point < count else { return self + String(repeating: "0", count: point - count) }
    return "\(prefix(point)).\(dropFirst(point))"
  }
}

extension Substring {
  /// The first digits, rounded, without trailing zeros, and how many digits rounding added. Nil if there are none.
  fileprivate func roundedDigits(_ most: Int) -> (digits: String, carried: Int)? {
    guard let kept = Int(prefix(most)) else { return nil }
    let isUp = dropFirst(most).first.map { $0 >= "5" } ?? false
    var digits = String(kept + (isUp ? 1 : 0))
    let carried = digits.count - Swift.min(count, most)
    while digits.last == "0" { digits.removeLast() }
    return (digits, carried)
  }
}
