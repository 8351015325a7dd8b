import CLibrary
import TextFormats

/// The UTC offsets of time zones.
public enum TimeZones {
  /// Seconds east of UTC at a Unix time.
  public typealias Offset = @Sendable (Int64) -> Int

  /// The machine's own zone, from `TZ` or the system's settings.
  public static var local: Offset {
    tzset()
    return { seconds in
      var (moment, fields) = (time_t(seconds), tm())
      return localtime_r(&moment, &fields) == nil ? 0 : fields.tm_gmtoff
    }
  }

  /// The value of `TZ` if it is neither a rule nor a zone that this machine has a table for: the C library then
  /// silently uses UTC. Nil if the local zone is known.
  public static var unknownLocalName: String? {
    guard let value = CurrentProcess.environment.values["TZ"] else { return nil }
    let name = value.hasPrefix(":") ? String(value.dropFirst()) : value
    return isKnown(name) ? nil : name
  }

  /// Whether the C library can use the value of `TZ`.
  static func isKnown(_ name: String) -> Bool {
    if ["", "GMT", "UTC"].contains(name) || TimeZoneRule.isWellBegun(Array(name.utf8)) { return true }
    guard name.hasPrefix("/") else { return named(name) != nil }
    return (try? Files.read(name, limit: 1_048_576)).flatMap { TimeZoneTable($0) } != nil
  }

  /// The zone with an IANA name such as `Europe/Paris`, from the system's tables; nil if they don't contain it.
  public static func named(_ name: String) -> Offset? {
    // Minimal systems don't have the tables.
    if name == "UTC" { return { _ in 0 } }
    guard isPlausible(name) else { return nil }
    for folder in folders {
      guard let file = try? Files.read("\(folder)/\(name)", limit: 1_048_576) else { continue }
      guard let table = TimeZoneTable(file) else { return nil }
      return { table.offset(at: $0) }
    }
    return nil
  }

  /// The directories where the tables may be.
  static var folders: [String] {
    let chosen = CurrentProcess.environment.values["TZDIR"].map { [$0] } ?? []
    return chosen + ["/usr/share/zoneinfo", "/var/db/timezone/zoneinfo", "/usr/lib/zoneinfo"]
  }

  /// Whether the name can only lead to a file in the tables' directory: letters, digits, `+-_/`, no empty part.
  private static func isPlausible(_ name: String) -> Bool {
    name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty
        && part.allSatisfy { byte in
          switch byte {
          case "a"..."z", "A"..."Z", "0"..."9", "+", "-", "_": true
          default: false
          }
        }
    }
  }
}

/// A zone of the time zone database, read from its file (RFC 9636, TZif).
struct TimeZoneTable: Sendable {
  /// The times when the offset changes, in ascending order.
  private(set) var transitions: [Int64]
  /// The offset after each transition.
  private var offsets: [Int]
  /// The offset before the first transition.
  private var initialOffset: Int
  /// The rule after the last transition; nil if the file has none.
  private(set) var rule: TimeZoneRule?

  /// Reads a file; nil if it isn't a zone.
  init?(_ file: [UInt8]) {
    var reader = TimeZoneFileReader(rest: file[...])
    guard var block = reader.readBlock(isWide: false) else { return nil }
    if block.version >= UInt8(ascii: "2") {
      // The first block is for old readers. The second contains the same in 64 bits, and is followed by the rule.
      guard let wide = reader.readBlock(isWide: true), let footer = reader.readFooter() else { return nil }
      block = wide
      rule = TimeZoneRule(footer)
    }
    guard let initial = block.offsets.first else { return nil }
    transitions = block.transitions
    offsets = block.types.map { block.offsets[$0] }
    initialOffset = initial
  }

  /// Seconds east of UTC at a Unix time.
  func offset(at seconds: Int64) -> Int {
    guard let last = transitions.last else { return rule?.offset(at: seconds) ?? initialOffset }
    if seconds >= last, let rule { return rule.offset(at: seconds) }
    var (low, high) = (0, transitions.count)
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? initialOffset : offsets[low - 1]
  }
}

/// One of the two blocks of data in a TZif file.
private struct TimeZoneBlock {
  var version: UInt8
  var transitions: [Int64]
  /// For each transition, the index of its offset.
  var types: [Int]
  var offsets: [Int]
}

/// Reads the parts of a TZif file in order; nil if the file isn't valid.
private struct TimeZoneFileReader {
  var rest: ArraySlice<UInt8>

  /// A header and its data block; times have 8 bytes if it is wide, otherwise 4.
  mutating func readBlock(isWide: Bool) -> TimeZoneBlock? {
    guard take(4)?.elementsEqual("TZif".utf8) == true, let version = take(1)?.first, take(15) != nil else { return nil }
    // In file order: UT indicators, standard indicators, leap seconds, transitions, types, characters.
    let counts = (0..<6).compactMap { _ in number(bytes: 4).map { Int($0) } }
    guard counts.count == 6, counts.allSatisfy({ (0...65_536).contains($0) }) else { return nil }
    let width = isWide ? 8 : 4
    let transitions = (0..<counts[3]).compactMap { _ in number(bytes: width) }
    guard transitions.count == counts[3], let types = take(counts[3]) else { return nil }
    let offsets = (0..<counts[4]).compactMap { _ in localTimeType() }
    guard offsets.count == counts[4], types.allSatisfy({ $0 < offsets.count }),
      take(counts[5] + counts[2] * (width + 4) + counts[1] + counts[0]) != nil
    else { return nil }
    return TimeZoneBlock(version: version, transitions: transitions, types: types.map { Int($0) }, offsets: offsets)
  }

  /// The rule between two line feeds at the end of the file.
  mutating func readFooter() -> ArraySlice<UInt8>? {
    guard "\n" ~= take(1)?.first, let end = rest.firstIndex(of: 0x0A) else { return nil }
    return rest[..<end]
  }

  /// Offset, daylight saving flag, and index of the abbreviation; only the first matters here.
  private mutating func localTimeType() -> Int? {
    guard let offset = number(bytes: 4), take(2) != nil else { return nil }
    return Int(offset)
  }

  /// A big-endian number in two's complement.
  private mutating func number(bytes count: Int) -> Int64? {
    guard let bytes = take(count), let first = bytes.first else { return nil }
    return bytes.dropFirst().reduce(Int64(Int8(bitPattern: first))) { $0 << 8 | Int64($1) }
  }

  private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}

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
