extension Workbook {
  func sharedText(_ index: Int) -> String? { sharedTexts.indices.contains(index) ? sharedTexts[index] : nil }

  /// A whole number without a fraction or an exponent, a date as ISO 8601, anything else as it is.
  func number(_ text: String, style: Int) -> String {
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
