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

  /// The moments that may be meant: one, unless clocks skip the time or show it twice.
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
