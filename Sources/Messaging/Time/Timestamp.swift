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
