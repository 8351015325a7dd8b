/// Reads all of a word as a date, a time or both (RFC 3339).
struct TOMLDateTimeReader: ByteReader {
  let bytes: [UInt8]
  var offset = 0

  init(_ word: [UInt8]) {
    bytes = word
  }

  /// Whether a word that starts with a digit is meant to be a date or time rather than a number.
  static func looksLikeOne(_ word: [UInt8]) -> Bool {
    let behindDigits = word.first { !("0"..."9" ~= $0) }
    return "-" ~= behindDigits || ":" ~= behindDigits
  }

  /// Nil where the word is none, or the date does not exist.
  mutating func value() -> TOMLValue.Content? {
    let value = ":" ~= bytes.dropFirst(2).first ? time().map { .localTime($0) } : dateAndTime()
    return next == nil ? value : nil
  }

  private mutating func dateAndTime() -> TOMLValue.Content? {
    guard let date = date() else { return nil }
    if next == nil { return .localDate(date) }
    guard take("T") || take("t") || take(" "), let time = time() else { return nil }
    if next == nil { return .localDateTime(date, time) }
    return offsetMinutes().map { .offsetDateTime(date, time, offsetMinutes: $0) }
  }

  private mutating func date() -> GregorianCalendar.Date? {
    guard let year = digits(4, in: 0...9999), take("-"), let month = digits(2, in: 1...12), take("-"),
      let day = digits(2, in: 1...GregorianCalendar.days(inMonth: month, of: year))
    else { return nil }
    return GregorianCalendar.Date(year: year, month: month, day: day)
  }

  private mutating func time() -> TOMLTime? {
    guard let hour = digits(2, in: 0...23), take(":"), let minute = digits(2, in: 0...59), take(":"),
      let second = digits(2, in: 0...60), let nanosecond = fraction()
    else { return nil }
    return TOMLTime(hour: hour, minute: minute, second: second, nanosecond: nanosecond)
  }

  /// Nanoseconds: 0 without a `.`, nil where no digit follows it.
  private mutating func fraction() -> Int? {
    guard take(".") else { return 0 }
    let digits = take { "0"..."9" ~= $0 }
    let padded = Array(digits.prefix(9)) + repeatElement(0x30, count: max(0, 9 - digits.count))
    return digits.isEmpty ? nil : Int(String(decoding: padded, as: UTF8.self))
  }

  /// Minutes east of Greenwich.
  private mutating func offsetMinutes() -> Int? {
    if take("Z") || take("z") { return 0 }
    let isWest = "-" ~= next
    guard take("-") || take("+"), let hours = digits(2, in: 0...23), take(":"), let minutes = digits(2, in: 0...59)
    else { return nil }
    return (isWest ? -1 : 1) * (60 * hours + minutes)
  }

  private mutating func digits(_ count: Int, in range: ClosedRange<Int>) -> Int? {
    var number = 0
    for _ in 0..<count {
      guard let digit = next, "0"..."9" ~= digit else { return nil }
      number = 10 * number + Int(digit - 0x30)
      offset += 1
    }
    return range.contains(number) ? number : nil
  }
}
