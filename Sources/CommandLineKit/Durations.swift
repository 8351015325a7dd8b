extension ValueKind where Value == Duration {
  /// The longest duration: a hundred years, so that an `Int` can count its nanoseconds.
  public static var longest: Duration { .seconds(36_500 * 86_400) }

  /// A time span such as `500ms`, `30s`, `5m`, `2h`, or `7d`; zero only if the range includes it.
  public static func duration(_ range: ClosedRange<Duration> = .milliseconds(1)...longest) -> Self {
    ValueKind("DURATION", describe: \.words) { (text) throws(ValueProblem) in
      let digits = text.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard !digits.isEmpty, let unit = durationUnits[String(text.utf8.dropFirst(digits.count)) ?? ""] else {
        throw .notADuration
      }
      guard let count = Int(String(Substring(digits))), count <= 1_000_000_000_000 else {
        throw .durationOutOfRange(range)
      }
      let duration = unit * count
      guard range.contains(duration) else { throw .durationOutOfRange(range) }
      return duration
    }
  }

  /// A time span such as `500ms`, `30s`, `5m`, `2h`, or `7d`; not zero.
  public static var duration: Self { duration() }
}

extension ValueKind where Value == Rate {
  /// A count per second, minute, or hour: `10/s`, `300/m`, or `1000/h`; never zero.
  public static var rate: Self {
    ValueKind("RATE", describe: \.words) { (text) throws(ValueProblem) in
      let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      guard parts.count == 2, let unit = rateUnits[String(Substring(parts[1]))] else { throw .notARate }
      do throws(ValueProblem) {
        return Rate(count: try strictInteger(parts[0], in: Rate.counts), per: unit)
      } catch {
        throw error == .notANumber ? .notARate : .rateOutOfRange(Rate.counts)
      }
    }
  }
}

/// A rate: a count per time span.
public struct Rate: Hashable, Sendable {
  /// The valid counts.
  public static let counts = 1...1_000_000_000

  /// In `counts` if it was parsed.
  public var count: Int
  /// One second, minute, or hour.
  public var per: Duration

  /// A count per time span.
  public init(count: Int, per: Duration) {
    self.count = count
    self.per = per
  }

  /// For example, `10/s`.
  public var words: String {
    "\(count)/\(rateUnits.first { $0.value == per }?.key ?? per.words)"
  }
}

extension Duration {
  /// In the largest unit that divides it (`90s`, `2h`); parsing the text returns the same value.
  public var words: String {
    let (seconds, attoseconds) = components
    guard attoseconds == 0 else { return "\(seconds * 1000 + attoseconds / 1_000_000_000_000_000)ms" }
    let units: [(Int64, String)] = [(86_400, "d"), (3600, "h"), (60, "m"), (1, "s")]
    guard seconds > 0, let (size, unit) = units.first(where: { seconds.isMultiple(of: $0.0) }) else {
      return "\(seconds)s"
    }
    return "\(seconds / size)\(unit)"
  }
}

private let durationUnits: [String: Duration] = [
  "ms": .milliseconds(1), "s": .seconds(1), "m": .seconds(60), "h": .seconds(3600), "d": .seconds(86_400),
]

private let rateUnits: [String: Duration] = ["s": .seconds(1), "m": .seconds(60), "h": .seconds(3600)]
