import TextFormats

/// A date and time of day in the proleptic Gregorian calendar, without a time zone.
public struct CivilTime: Hashable, Sendable {
  public var year: Int
  public var month: Int
  public var day: Int
  public var hour: Int
  public var minute: Int
  public var second: Int

  /// Doesn't check the fields; see `isValid`.
  public init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
  }

  /// The civil time `offset` seconds east of UTC.
  public init(_ moment: Timestamp, offset: Int = 0) {
    let local = moment.unixSeconds + Int64(offset)
    let days = Int(local.flooredQuotient(by: 86_400))
    let seconds = Int(local - Int64(days) * 86_400)
    let date = GregorianCalendar.date(after: days)
    (year, month, day) = (date.year, date.month, date.day)
    (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
  }

  /// Whether the fields are a real date and time (years 1 to 9999, no leap seconds).
  public var isValid: Bool {
    (1...9999).contains(year) && (1...12).contains(month)
      && (1...GregorianCalendar.days(inMonth: month, of: year)).contains(day)
      && (0...23).contains(hour) && (0...59).contains(minute) && (0...59).contains(second)
  }

  /// Seconds since the epoch if this is taken as UTC.
  public var secondsSinceEpoch: Int64 {
    Int64(GregorianCalendar.days(to: GregorianCalendar.Date(year: year, month: month, day: day))) * 86_400
      + Int64(hour * 3600 + minute * 60 + second)
  }
}

extension CivilTime {
  /// `YYYY-MM-DD HH:MM:SS`, optionally with another separator between date and time.
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

  /// The form of HTTP headers (RFC 9110, 5.6.7), such as `Sun, 06 Nov 1994 08:49:37 GMT`.
  public var httpDate: String {
    let civil = CivilTime(self)
    // 1970-01-01 was a Thursday.
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let day = Int(unixSeconds.flooredQuotient(by: 86_400) - 7 * unixSeconds.flooredQuotient(by: 7 * 86_400))
    let date = "\(padded(civil.day)) \(months[civil.month - 1]) \(padded(civil.year, 4))"
    return "\(days[day]), \(date) \(civil.timeText):\(padded(civil.second)) GMT"
  }
}

/// A time zone: the UTC offset at each moment. The rules come from elsewhere (the system's tables).
public struct TimeZoneRules: Sendable {
  /// IANA name, or `local` for the machine's own zone.
  public var name: String
  /// Seconds east of UTC at a moment.
  public var offset: @Sendable (Timestamp) -> Int

  public init(name: String, offset: @escaping @Sendable (Timestamp) -> Int) {
    self.name = name
    self.offset = offset
  }

  public static let utc = TimeZoneRules(name: "UTC") { _ in 0 }

  /// The moment at which clocks in this zone show `civil`; nil unless there is exactly one.
  public func moment(of civil: CivilTime) -> Timestamp? {
    let moments = moments(of: civil)
    return moments.count == 1 ? moments[0] : nil
  }

  /// The moments at which clocks in this zone show `civil`: none where they jump over it, two where they show it twice.
  public func moments(of civil: CivilTime) -> [Timestamp] {
    let local = civil.secondsSinceEpoch
    let offsets = Set([-86_400, 0, 86_400].map { offset(Timestamp(unixSeconds: local + $0)) })
    let moments = offsets.map { Timestamp(unixSeconds: local - Int64($0)) }
    return moments.filter { $0.unixSeconds + Int64(offset($0)) == local }
  }

  /// The local time in this zone at a moment.
  public func civil(at moment: Timestamp) -> CivilTime {
    CivilTime(moment, offset: offset(moment))
  }
}
