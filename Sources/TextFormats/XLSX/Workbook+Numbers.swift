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
