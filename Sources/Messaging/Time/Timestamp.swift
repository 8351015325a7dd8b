import TextFormats

/// A moment as whole seconds since 1970-01-01T00:00:00Z.
public struct Timestamp: Hashable, Comparable, Sendable {
  public var unixSeconds: Int64

  public init(unixSeconds: Int64) {
    self.unixSeconds = unixSeconds
  }

  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.unixSeconds < right.unixSeconds
  }

  /// The moment this many seconds later (earlier if negative).
  public func adding(seconds: Int64) -> Timestamp {
    Timestamp(unixSeconds: unixSeconds + seconds)
  }
}

extension Timestamp {
  /// Reads RFC 3339, such as `2026-03-01T09:30:00+01:00`; fractions of a second are dropped. Nil for anything else.
  public init?(rfc3339 text: String) {
    var scanner = TimeScanner(text)
    guard let civil = scanner.civilTime(separators: "Tt "), scanner.skipFraction(),
      let offset = scanner.zoneOffset(), scanner.isAtEnd
    else { return nil }
    self.init(unixSeconds: civil.secondsSinceEpoch - Int64(offset))
  }
}

extension CivilTime {
  /// Reads `YYYY-MM-DD`, `YYYY-MM-DD HH:MM` or `YYYY-MM-DD HH:MM:SS`. Nil for anything else, and for nonexistent dates.
  public init?(_ text: String) {
    var scanner = TimeScanner(text)
    guard let time = scanner.date(andTimeAfter: " "), scanner.isAtEnd else { return nil }
    self = time
  }
}

/// Reads fixed-width numbers of dates and times from the front of a text.
private struct TimeScanner {
  private var rest: Substring.UTF8View

  init(_ text: String) {
    rest = text[...].utf8
  }

  var isAtEnd: Bool { rest.isEmpty }

  /// Date, one of `separators`, and a time with seconds.
  mutating func civilTime(separators: String) -> CivilTime? {
    guard var time = day(), let separator = rest.popFirst(), separators.utf8.contains(separator),
      hoursAndMinutes(into: &time), skip(":"), let second = number(digits: 2)
    else { return nil }
    time.second = second
    return time.isValid ? time : nil
  }

  /// Date, optionally followed by a time with or without seconds.
  mutating func date(andTimeAfter separator: Character) -> CivilTime? {
    guard var time = day() else { return nil }
    if !isAtEnd {
      guard skip(separator), hoursAndMinutes(into: &time) else { return nil }
      if !isAtEnd {
        guard skip(":"), let second = number(digits: 2) else { return nil }
        time.second = second
      }
    }
    return time.isValid ? time : nil
  }

  /// Skips `.` and digits; false if there is a point without digits.
  mutating func skipFraction() -> Bool {
    guard skip(".") else { return true }
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
    rest = rest.dropFirst(digits)
    return digits > 0
  }

  /// Seconds east of UTC, from `Z` or `±HH:MM`.
  mutating func zoneOffset() -> Int? {
    switch rest.popFirst() {
    case UInt8(ascii: "Z"), UInt8(ascii: "z"): return 0
    case UInt8(ascii: "+"): return hourOffset()
    case UInt8(ascii: "-"): return hourOffset().map { -$0 }
    default: return nil
    }
  }

  private mutating func hourOffset() -> Int? {
    guard let hours = number(digits: 2), hours < 24, skip(":"), let minutes = number(digits: 2), minutes < 60
    else { return nil }
    return hours * 3600 + minutes * 60
  }

  private mutating func day() -> CivilTime? {
    guard let year = number(digits: 4), skip("-"), let month = number(digits: 2), skip("-"),
      let day = number(digits: 2)
    else { return nil }
    return CivilTime(year: year, month: month, day: day)
  }

  private mutating func hoursAndMinutes(into time: inout CivilTime) -> Bool {
    guard let hour = number(digits: 2), skip(":"), let minute = number(digits: 2) else { return false }
    time.hour = hour
    time.minute = minute
    return true
  }

  private mutating func skip(_ character: Character) -> Bool {
    guard let byte = rest.first, byte == character.asciiValue else { return false }
    rest = rest.dropFirst()
    return true
  }

  private mutating func number(digits: Int) -> Int? {
    let bytes = rest.prefix(digits)
    guard bytes.count == digits, bytes.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    rest = rest.dropFirst(digits)
    return bytes.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }
}

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

  /// The moments at which clocks in this zone show `civil`: none if they skip it, two if they repeat it.
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
