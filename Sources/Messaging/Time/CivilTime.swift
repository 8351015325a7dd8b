/// A date and time of day on the proleptic Gregorian calendar, in no zone of its own.
public struct CivilTime: Hashable, Sendable {
  public var year: Int
  public var month: Int
  public var day: Int
  public var hour: Int
  public var minute: Int
  public var second: Int

  /// Takes the fields as they are; `isValid` says whether such a day and time exists.
  public init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
  }

  /// The civil time in UTC, moved by `offset` seconds east.
  public init(_ moment: Timestamp, offset: Int = 0) {
    let local = moment.unixSeconds + Int64(offset)
    let days = Int(local.flooredQuotient(by: 86_400))
    let seconds = Int(local - Int64(days) * 86_400)
    (year, month, day) = Self.date(daysSinceEpoch: days)
    (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
  }

  /// Whether the fields name a real day and time (years 1 to 9999, no leap second).
  public var isValid: Bool {
    (1...9999).contains(year) && (1...12).contains(month) && (1...Self.daysIn(month: month, of: year)).contains(day)
      && (0...23).contains(hour) && (0...59).contains(minute) && (0...59).contains(second)
  }

  /// Seconds since the epoch if this were UTC.
  public var secondsSinceEpoch: Int64 {
    Int64(Self.daysSinceEpoch(year: year, month: month, day: day)) * 86_400
      + Int64(hour * 3600 + minute * 60 + second)
  }

  static func daysIn(month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days from the epoch; years are counted from March, so that the leap day ends one.
  private static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
    let marchYear = month > 2 ? year : year - 1
    let era = marchYear.flooredQuotient(by: 400)
    let yearOfEra = marchYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private static func date(daysSinceEpoch days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted.flooredQuotient(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }
}

extension BinaryInteger {
  /// The quotient rounded towards negative infinity.
  func flooredQuotient(by divisor: Self) -> Self {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder != 0 && (remainder < 0) != (divisor < 0) ? quotient - 1 : quotient
  }
}

extension CivilTime {
  /// `YYYY-MM-DD HH:MM:SS`, with another separator between date and time where given.
  public func text(separator: String = " ") -> String {
    "\(dateText)\(separator)\(timeText):\(padded(second))"
  }

  /// `YYYY-MM-DD`.
  public var dateText: String { "\(padded(year, 4))-\(padded(month))-\(padded(day))" }

  /// `HH:MM`.
  public var timeText: String { "\(padded(hour)):\(padded(minute))" }
}

private func padded(_ number: Int, _ width: Int = 2) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension Timestamp {
  /// RFC 3339 in UTC, such as `2026-03-01T09:30:00Z`.
  public var rfc3339: String { "\(CivilTime(self).text(separator: "T"))Z" }
}
