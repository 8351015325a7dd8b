extension Workbook {
  /// More columns than any list has; Excel itself has 16,384.
  private static let mostColumns = 1024

  /// A sheet as CSV: a line for each of its rows, all fields in quotes. A row that is missing is a blank line, so that
  /// lines have the numbers that Excel shows.
  package func csv(sheet bytes: [UInt8]) -> [UInt8] {
    var csv: [UInt8] = []
    var line = 0
    var cells: [String] = []
    var reader = XMLReader(bytes)
    while let token = reader.next() {
      switch token {
      case .open("row", let attributes):
        let number = attributes["r"].flatMap { Int($0) } ?? line + 1
        // Only as many as a sheet can have: the number is the file's own claim.
        csv += Array(repeating: UInt8(ascii: "\n"), count: max(0, min(number, 1_048_576) - line - 1))
        (line, cells) = (max(line + 1, min(number, 1_048_576)), [])
      case .open("c", let attributes):
        let column = attributes["r"].map(Self.column) ?? cells.count
        guard column < Self.mostColumns else { continue }
        while cells.count < column { cells.append("") }
        cells.append(value(attributes, &reader))
      case .close("row"): Self.append(cells, to: &csv)
      default: break
      }
    }
    return csv
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

  /// The index of the column of a cell such as `AB12`: 27.
  private static func column(_ reference: String) -> Int {
    let letters = reference.unicodeScalars.prefix { $0.properties.isAlphabetic && $0.isASCII }.prefix(4)
    return letters.reduce(0) { $0 * 26 + Int($1.value & 0x5F) - 64 } - 1
  }

  /// What is in a cell, up to its end.
  private func value(_ attributes: [String: String], _ reader: inout XMLReader) -> String {
    var value = ""
    while let token = reader.next(), token != .close("c") {
      switch token {
      case .open("v", _): value = reader.textContent(of: "v")
      case .open("is", _): value = reader.textContent(of: "is", skipping: ["rPh"])
      default: break
      }
    }
    switch attributes["t"] {
    case "s": return Int(value).flatMap { sharedTexts.indices.contains($0) ? sharedTexts[$0] : nil } ?? ""
    case "b": return value == "1" ? "TRUE" : "FALSE"
    case nil, "n": return number(value, style: attributes["s"].flatMap { Int($0) } ?? 0)
    default: return value
    }
  }

  /// A whole number without a fraction or an exponent, a date as ISO 8601, anything else as it is.
  private func number(_ text: String, style: Int) -> String {
    guard let number = Double(text), number.magnitude < 1e15 else { return text }
    if dateStyles.indices.contains(style), dateStyles[style], number >= 0, number < 2_958_466 { return date(number) }
    return number.rounded() == number ? String(Int(number)) : text
  }

  /// The day and time that a number of days means, such as `2036-03-01 09:30`; of less than a day the time alone.
  private func date(_ days: Double) -> String {
    // Days before March 1900 are off by one in Excel, which has a February 29 then; nobody has those in a list.
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
