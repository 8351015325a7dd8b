import CommandLineKit
import Messaging

/// A time as users write it. A clock and a time zone are needed to get the actual time.
package enum TimeExpression: Hashable, Sendable {
  case moment(Timestamp)
  /// Local time in a zone that is given later.
  case local(CivilTime)
  /// Seconds from now, negative for the past.
  case relative(Int64)
  /// A time of day, on a day relative to today.
  case day(DayWord, hour: Int, minute: Int)

  /// Examples for hints; the absolute date is in the future.
  package static let hint =
    "use a time such as 09:30, \"tomorrow 9:00\", \"2036-03-01 09:30\", +2h, or -1d"

  /// Parses RFC 3339 with or without seconds and offset, `YYYY-MM-DD[ HH:MM[:SS]]`, `HH:MM`, `tomorrow HH:MM`,
  /// `@UNIXSECONDS`, `now`, `+2h`, and `-1d`; nil for anything else.
  package init?(_ text: String) {
    if text == "now" {
      self = .relative(0)
    } else if let seconds = Self.offset(text) {
      self = .relative(seconds)
    } else if text.first == "@", let seconds = Self.unixSeconds(text.dropFirst()) {
      self = .moment(Timestamp(unixSeconds: seconds))
    } else if let time = Self.dated(text) ?? Self.ofDay(text) {
      self = time
    } else {
      return nil
    }
  }

  /// A text that is the same whenever the expression is: `+2h` doesn't depend on the current time.
  package var text: String {
    switch self {
    case .moment(let moment): "@\(moment.unixSeconds)"
    case .local(let civil): "local @\(civil.secondsSinceEpoch)"
    case .relative(let seconds): "now and \(seconds) s"
    case .day(let day, let hour, let minute): "\(day) \(hour):\(minute)"
    }
  }

  /// The moments that the expression can mean: one, or none if clocks skip the time, or two if they repeat it.
  package func moments(now: Timestamp, zone: TimeZoneRules) -> [Timestamp] {
    switch self {
    case .moment(let moment): [moment]
    case .relative(let seconds): [now.adding(seconds: seconds)]
    case .local(let civil): zone.moments(of: civil)
    case .day(let day, let hour, let minute):
      zone.moments(of: day.civil(hour: hour, minute: minute, now: zone.civil(at: now)))
    }
  }

  private static func offset(_ text: String) -> Int64? {
    guard let sign = text.first, sign == "+" || sign == "-",
      let duration = try? ValueKind<Duration>.duration.parse(String(text.dropFirst()))
    else { return nil }
    return sign == "+" ? duration.components.seconds : -duration.components.seconds
  }

  /// Up to 11 digits, enough for the year 5138.
  private static func unixSeconds(_ digits: Substring) -> Int64? {
    guard (1...11).contains(digits.utf8.count), digits.allSatisfy("0123456789".contains) else { return nil }
    return Int64(digits)
  }
}

extension ValueKind where Value == TimeExpression {
  /// A moment, as in `--at`.
  package static var time: Self {
    ValueKind("TIME") { (text) throws(ValueProblem) in
      guard let time = TimeExpression(text) else {
        throw .other("not a valid time", hint: TimeExpression.hint)
      }
      return time
    }
  }
}

/// A day relative to today.
package enum DayWord: Hashable, Sendable {
  /// Today, or tomorrow if the time of day is past.
  case next
  case today, tomorrow
  /// 0 for Sunday to 6; includes today if the time of day isn't past.
  case weekday(Int)

  private static let weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

  /// Parses `today`, `tomorrow`, and `mon` to `sun`, in any case.
  fileprivate init?(_ word: Substring) {
    switch word.lowercased() {
    case "today": self = .today
    case "tomorrow": self = .tomorrow
    case let word:
      guard let index = Self.weekdays.firstIndex(of: word) else { return nil }
      self = .weekday(index)
    }
  }

  /// The time on that day; `now` is the current local time.
  func civil(hour: Int, minute: Int, now: CivilTime) -> CivilTime {
    var time = now
    (time.hour, time.minute, time.second) = (hour, minute, 0)
    let isOver = time.secondsSinceEpoch <= now.secondsSinceEpoch
    return time.adding(days: days(from: now, isOver: isOver))
  }

  private func days(from now: CivilTime, isOver: Bool) -> Int {
    switch self {
    case .next: return isOver ? 1 : 0
    case .today: return 0
    case .tomorrow: return 1
    case .weekday(let weekday):
      let days = (weekday - now.weekday + 7) % 7
      return days == 0 && isOver ? 7 : days
    }
  }
}

extension CivilTime {
  /// 0 for Sunday to 6.
  fileprivate var weekday: Int {
    // 1970-01-01 was a Thursday.
    let days = Int((Double(secondsSinceEpoch) / 86_400).rounded(.down))
    return ((days + 4) % 7 + 7) % 7
  }

  fileprivate func adding(days: Int) -> CivilTime {
    CivilTime(Timestamp(unixSeconds: secondsSinceEpoch + Int64(days) * 86_400))
  }
}

extension TimeExpression {
  /// Parses `HH:MM`, optionally after the word for a day.
  static func ofDay(_ text: String) -> TimeExpression? {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard let time = parts.last, let (hour, minute) = hourAndMinute(time) else { return nil }
    switch parts.count {
    case 1: return .day(.next, hour: hour, minute: minute)
    case 2: return DayWord(parts[0]).map { .day($0, hour: hour, minute: minute) }
    default: return nil
    }
  }

  private static func hourAndMinute(_ text: Substring) -> (Int, Int)? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
      text.utf8.allSatisfy({ 0x30...0x3A ~= $0 }), let hour = Int(parts[0]), let minute = Int(parts[1]),
      hour < 24, minute < 60
    else { return nil }
    return (hour, minute)
  }

  /// Parses a date with an optional time and an optional UTC offset.
  static func dated(_ text: String) -> TimeExpression? {
    if let civil = CivilTime(text) { return .local(civil) }
    if let moment = Timestamp(rfc3339: text) { return .moment(moment) }
    guard text.utf8.count >= 16, text.utf8.dropFirst(10).first.map({ "Tt ".utf8.contains($0) }) ?? false else {
      return nil
    }
    let (date, rest) = (text.prefix(10), text.dropFirst(11))
    guard let mark = rest.firstIndex(where: { "Zz+-".contains($0) }) else {
      return CivilTime("\(date) \(rest)").map(TimeExpression.local)
    }
    // Seconds and the colon of the offset are optional.
    let time = rest[..<mark].utf8.count == 5 ? "\(rest[..<mark]):00" : "\(rest[..<mark])"
    let zone = rest[mark...].utf8.count == 5 ? "\(rest[mark...].prefix(3)):\(rest.suffix(2))" : "\(rest[mark...])"
    return Timestamp(rfc3339: "\(date)T\(time)\(zone)").map(TimeExpression.moment)
  }
}
