import TextFormats

/// A yearly rule for clock changes, such as `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX `TZ`, with the extensions of RFC 9636).
struct TimeZoneRule: Hashable, Sendable {
  private var standardOffset: Int
  private var daylight: Daylight?

  private struct Daylight: Hashable, Sendable {
    var offset: Int
    var start: YearlyMoment
    var end: YearlyMoment
  }

  /// Reads a rule; nil if the text is empty or not a rule.
  init?(_ text: ArraySlice<UInt8>) {
    var reader = TimeZoneRuleReader(bytes: Array(text))
    guard reader.skipName(), let west = reader.time() else { return nil }
    standardOffset = -west
    if reader.next == nil { return }
    guard reader.skipName() else { return nil }
    let daylightOffset = reader.time().map { -$0 } ?? standardOffset + 3600
    guard let start = reader.yearlyMoment(), let end = reader.yearlyMoment(), reader.next == nil else { return nil }
    daylight = Daylight(offset: daylightOffset, start: start, end: end)
  }

  /// Whether it begins with a name and an offset, as in `EST5EDT`, for which C libraries know the rest.
  static func isWellBegun(_ text: [UInt8]) -> Bool {
    var reader = TimeZoneRuleReader(bytes: text)
    return reader.skipName() && reader.time() != nil
  }

  /// Seconds east of UTC at a Unix time.
  func offset(at seconds: Int64) -> Int {
    guard let daylight else { return standardOffset }
    let year = year(at: seconds)
    let start = daylight.start.seconds(in: year) - Int64(standardOffset)
    let end = daylight.end.seconds(in: year) - Int64(daylight.offset)
    let isDaylight = start < end ? seconds >= start && seconds < end : seconds >= start || seconds < end
    return isDaylight ? daylight.offset : standardOffset
  }

  private func year(at seconds: Int64) -> Int {
    // Some 25 million years, which is enough, and prevents overflow.
    let limit: Int64 = 800_000_000_000_000
    let local = Int(max(-limit, min(seconds, limit))) + standardOffset
    return GregorianCalendar.date(after: local.flooredQuotient(by: 86_400)).year
  }
}

/// A day of the year and a time of day.
struct YearlyMoment: Hashable, Sendable {
  enum Day: Hashable, Sendable {
    /// 1 to 365; February 29 is never counted.
    case julian(Int)
    /// 0 to 365; February 29 is counted.
    case ordinal(Int)
    /// Week 1 to 5 (5: the last) of a month, weekday from 0 for Sunday.
    case weekday(month: Int, week: Int, day: Int)
  }

  var day: Day
  /// Seconds after midnight; may be negative or more than a day.
  var time: Int

  /// Local seconds since the epoch.
  func seconds(in year: Int) -> Int64 {
    Int64(days(in: year)) * 86_400 + Int64(time)
  }

  private func days(in year: Int) -> Int {
    func days(month: Int, day: Int) -> Int {
      GregorianCalendar.days(to: GregorianCalendar.Date(year: year, month: month, day: day))
    }
    switch day {
    case .julian(let day):
      return days(month: 1, day: day) + (GregorianCalendar.isLeap(year) && day >= 60 ? 1 : 0)
    case .ordinal(let day): return days(month: 1, day: day + 1)
    case .weekday(let month, let week, let weekday):
      let first = days(month: month, day: 1)
      let day = (weekday - GregorianCalendar.weekday(after: first) + 7) % 7 + (week - 1) * 7
      return first + (day < GregorianCalendar.days(inMonth: month, of: year) ? day : day - 7)
    }
  }
}

/// Parses the parts of a rule; nil if a part is missing or invalid.
private struct TimeZoneRuleReader: ByteReader {
  let bytes: [UInt8]
  var offset = 0

  /// Skips an abbreviation: letters, or anything in angle brackets.
  mutating func skipName() -> Bool {
    if take("<") {
      skip { !(">" ~= $0) }
      return take(">")
    }
    return take { "A"..."Z" ~= $0 & 0xDF }.count >= 3
  }

  /// `[+-]hours[:minutes[:seconds]]` in seconds; up to 167 hours.
  mutating func time() -> Int? {
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    guard let hours = number(upTo: 167) else { return nil }
    var seconds = hours * 3600
    for unit in [60, 1] where take(":") {
      guard let part = number(upTo: 59) else { return nil }
      seconds += part * unit
    }
    return isNegative ? -seconds : seconds
  }

  /// `,date[/time]`; without a time, 02:00.
  mutating func yearlyMoment() -> YearlyMoment? {
    guard take(","), let day = day() else { return nil }
    guard take("/") else { return YearlyMoment(day: day, time: 7200) }
    return time().map { YearlyMoment(day: day, time: $0) }
  }

  private mutating func day() -> YearlyMoment.Day? {
    if take("J") { return number(upTo: 365).flatMap { $0 > 0 ? .julian($0) : nil } }
    guard take("M") else { return number(upTo: 365).map { .ordinal($0) } }
    guard let month = number(upTo: 12), month > 0, take("."), let week = number(upTo: 5), week > 0, take("."),
      let day = number(upTo: 6)
    else { return nil }
    return .weekday(month: month, week: week, day: day)
  }

  private mutating func number(upTo limit: Int) -> Int? {
    let digits = take { "0"..."9" ~= $0 }
    guard (1...3).contains(digits.count) else { return nil }
    let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return number <= limit ? number : nil
  }
}
