/// When clocks change year after year, as `CET-1CEST,M3.5.0,M10.5.0/3` says (POSIX `TZ`, with the extensions of RFC 9636).
struct TimeZoneRule: Hashable, Sendable {
  private var standardOffset: Int
  private var daylight: Daylight?

  private struct Daylight: Hashable, Sendable {
    var offset: Int
    var start: YearlyMoment
    var end: YearlyMoment
  }

  /// Reads a rule; nil where it is empty or not one.
  init?(_ text: ArraySlice<UInt8>) {
    var reader = TimeZoneRuleReader(text)
    guard reader.skipName(), let west = reader.time() else { return nil }
    standardOffset = -west
    if reader.isAtEnd { return }
    guard reader.skipName() else { return nil }
    let daylightOffset = reader.time().map { -$0 } ?? standardOffset + 3600
    guard let start = reader.yearlyMoment(), let end = reader.yearlyMoment(), reader.isAtEnd else { return nil }
    daylight = Daylight(offset: daylightOffset, start: start, end: end)
  }

  /// Seconds east of UTC at a moment given in Unix seconds.
  func offset(at seconds: Int64) -> Int {
    guard let daylight else { return standardOffset }
    let (year, firstDay) = yearStart(of: seconds + Int64(standardOffset))
    let start = daylight.start.seconds(year: year, firstDay: firstDay) - Int64(standardOffset)
    let end = daylight.end.seconds(year: year, firstDay: firstDay) - Int64(daylight.offset)
    let isDaylight = start < end ? seconds >= start && seconds < end : seconds >= start || seconds < end
    return isDaylight ? daylight.offset : standardOffset
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
  /// Seconds after midnight, also negative or over a day.
  var time: Int

  /// Local seconds since the epoch in a year, whose first day is given in days since the epoch.
  func seconds(year: Int, firstDay: Int) -> Int64 {
    Int64(firstDay + dayOfYear(year: year, firstDay: firstDay)) * 86_400 + Int64(time)
  }

  private func dayOfYear(year: Int, firstDay: Int) -> Int {
    switch day {
    case .julian(let day): return day - 1 + (isLeap(year) && day >= 60 ? 1 : 0)
    case .ordinal(let day): return day
    case .weekday(let month, let week, let weekday):
      let lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      let monthStart = lengths[..<(month - 1)].reduce(0, +)
      // 1970-01-01 was a Thursday.
      let startsOn = floorModulo(firstDay + monthStart + 4, 7)
      let day = floorModulo(weekday - startsOn, 7) + (week - 1) * 7
      return monthStart + (day >= lengths[month - 1] ? day - 7 : day)
    }
  }
}

/// Reads the pieces of a rule.
struct TimeZoneRuleReader {
  private var rest: ArraySlice<UInt8>

  init(_ text: ArraySlice<UInt8>) {
    rest = text
  }

  var isAtEnd: Bool { rest.isEmpty }

  /// Skips an abbreviation: letters, or anything in angle brackets.
  mutating func skipName() -> Bool {
    if take(UInt8(ascii: "<")) {
      guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
      rest = rest[(end + 1)...]
      return true
    }
    let name = rest.prefix { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 & 0xdf }
    rest = rest.dropFirst(name.count)
    return name.count >= 3
  }

  /// `[+-]hours[:minutes[:seconds]]` in seconds; hours up to 167.
  mutating func time() -> Int? {
    let isNegative = take(UInt8(ascii: "-"))
    if !isNegative { _ = take(UInt8(ascii: "+")) }
    guard let hours = number(upTo: 167) else { return nil }
    var seconds = hours * 3600
    for unit in [60, 1] where take(UInt8(ascii: ":")) {
      guard let part = number(upTo: 59) else { return nil }
      seconds += part * unit
    }
    return isNegative ? -seconds : seconds
  }

  /// `,date[/time]`; without a time, 02:00.
  mutating func yearlyMoment() -> YearlyMoment? {
    guard take(UInt8(ascii: ",")), let day = day() else { return nil }
    guard take(UInt8(ascii: "/")) else { return YearlyMoment(day: day, time: 7200) }
    return time().map { YearlyMoment(day: day, time: $0) }
  }

  private mutating func day() -> YearlyMoment.Day? {
    if take(UInt8(ascii: "J")) { return number(upTo: 365).flatMap { $0 > 0 ? .julian($0) : nil } }
    guard take(UInt8(ascii: "M")) else { return number(upTo: 365).map { .ordinal($0) } }
    guard let month = number(upTo: 12), month > 0, take(UInt8(ascii: ".")),
      let week = number(upTo: 5), week > 0, take(UInt8(ascii: ".")), let day = number(upTo: 6)
    else { return nil }
    return .weekday(month: month, week: week, day: day)
  }

  private mutating func number(upTo limit: Int) -> Int? {
    let digits = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    guard (1...3).contains(digits.count) else { return nil }
    rest = rest.dropFirst(digits.count)
    let number = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    return number <= limit ? number : nil
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard rest.first == byte else { return false }
    rest = rest.dropFirst()
    return true
  }
}

private func isLeap(_ year: Int) -> Bool {
  year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The year of a moment in local seconds, and its first day in days since the epoch.
private func yearStart(of localSeconds: Int64) -> (year: Int, firstDay: Int) {
  // Clamped to some 25 million years, so that no sum overflows.
  let day = floorQuotient(Int(max(-800_000_000_000_000, min(localSeconds, 800_000_000_000_000))), 86_400)
  var year = 1970 + floorQuotient(day * 400, 146_097)
  while firstDay(of: year) > day { year -= 1 }
  while firstDay(of: year + 1) <= day { year += 1 }
  return (year, firstDay(of: year))
}

private func firstDay(of year: Int) -> Int {
  let past = year - 1
  return 365 * (year - 1970) + floorQuotient(past, 4) - floorQuotient(past, 100) + floorQuotient(past, 400) - 477
}

private func floorModulo(_ value: Int, _ divisor: Int) -> Int {
  let remainder = value % divisor
  return remainder < 0 ? remainder + divisor : remainder
}

private func floorQuotient(_ value: Int, _ divisor: Int) -> Int {
  (value - floorModulo(value, divisor)) / divisor
}
