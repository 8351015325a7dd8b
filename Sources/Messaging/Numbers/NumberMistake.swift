/// Something in place of a phone number, because a spreadsheet changed it or the wrong column was used.
public enum NumberMistake: Hashable, Sendable {
  case decimal, amount, date
  /// Scientific notation with too few digits.
  case digitsLost
  case letters
  /// Such as `030 1234/1235`: two numbers, or one with an extension.
  case severalNumbers
  /// Digits to dial after the call is answered.
  case `extension`
  /// A decimal digit other than 0 to 9.
  case foreignDigit(Unicode.Scalar)
  case control(Unicode.Scalar)
}

extension NumberMistake {
  typealias Text = WrittenNumber.Text

  /// The text, or the integer that a spreadsheet wrote as `5550100001.0` or `1.5550100001E+10`.
  static func checked(_ text: Text) throws(PhoneNumberError) -> Text {
    guard text.contains(where: { !$0.isASCIIDigit }) else { return text }
    if isDate(text) { throw .slip(.date) }
    if let number = try wholeNumber(scientific: text) { return number }
    if isAmount(text) { throw .slip(.amount) }
    return try wholeNumber(decimal: text)
  }

  // MARK: Dates

  private static let monthNames = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]

  /// Whether it is a day, month and year in any order, optionally followed by a time.
  private static func isDate(_ text: Text) -> Bool {
    let day = text.contains(":") ? text.prefix { $0 != " " && $0 != "T" } : text
    return isWrittenDate(day) || isNumericDate(day)
  }

  /// Such as `1-Dec-2026` or `Dec 1, 2026`.
  private static func isWrittenDate(_ text: Text) -> Bool {
    let parts = text.split { "-./ ,".unicodeScalars.contains($0) }
    return (2...3).contains(parts.count) && parts.filter(isMonthName).count == 1
      && parts.allSatisfy { isMonthName($0) || number($0) != nil }
  }

  /// Such as `2026-12-01`, `1/12/26`, `12/2026` or `12/26`.
  private static func isNumericDate(_ text: Text) -> Bool {
    guard let separator = text.first(where: { !$0.isASCIIDigit }), "-./".unicodeScalars.contains(separator)
    else { return false }
    var parts = text.split(separator: separator, omittingEmptySubsequences: false)
    if parts[0].count == 4 { parts.append(parts.removeFirst()) }
    let numbers = parts.compactMap(number)
    guard numbers.count == parts.count else { return false }
    if parts.count == 2 { return parts[0].count < 3 && isMonth(numbers[0], parts[1]) }
    return parts.count == 3 && parts[0].count < 3 && parts[1].count < 3
      && isDay(numbers[0], numbers[1]) && (parts[2].count == 2 || parts[2].count == 4 && isYear(numbers[2]))
  }

  /// Whether the numbers can be a month and its year, or a month and a day.
  private static func isMonth(_ number: Int, _ other: Text.SubSequence) -> Bool {
    guard let second = Self.number(other) else { return false }
    return other.count < 3 ? isDay(number, second) : (1...12).contains(number) && isYear(second)
  }

  private static func isYear(_ number: Int) -> Bool { (1900...2099).contains(number) }

  /// Whether one can be a month and the other a day.
  private static func isDay(_ one: Int, _ other: Int) -> Bool {
    min(one, other) >= 1 && min(one, other) <= 12 && max(one, other) <= 31
  }

  private static func isMonthName(_ text: Text) -> Bool {
    let letters = text.map(\.lowercased)
    return letters.count > 2 && monthNames.contains { $0.unicodeScalars.starts(with: letters) }
  }

  private static func isNumber(_ text: Text, upTo length: Int) -> Bool {
    (1...length).contains(text.count) && text.allSatisfy(\.isASCIIDigit)
  }

  private static func number(_ text: Text) -> Int? {
    isNumber(text, upTo: 4) ? Int(String(String.UnicodeScalarView(text))) : nil
  }

  // MARK: Amounts

  /// Whether it is a single amount, whose commas don't separate several numbers.
  package static func isAmountOfMoney(_ text: String) -> Bool {
    do {
      _ = try WrittenNumber(text)
      return false
    } catch {
      return error == .slip(.amount)
    }
  }

  /// Whether it has a currency, a decimal comma (`12,50`) or commas between thousands.
  private static func isAmount(_ text: Text) -> Bool {
    if text.contains(where: { $0.properties.generalCategory == .currencySymbol }) { return true }
    let currencies = ["EUR", "USD", "GBP", "CHF"]
    let letters = text.filter { ("A"..."Z").contains($0) }
    if currencies.contains(where: { $0.unicodeScalars.elementsEqual(letters) }) { return true }
    let groups = text.split(separator: ",", omittingEmptySubsequences: false)
    guard groups.count > 1, let whole = groups.first, isNumber(whole, upTo: 15) else { return false }
    let isDecimalComma = groups.count == 2 && isNumber(groups[1], upTo: 2)
    let hasThousands =
      whole.count < 4 && groups.dropFirst().allSatisfy { $0.prefix { $0.isASCIIDigit }.count == 3 }
    return isDecimalComma || hasThousands
  }

  // MARK: Numbers of a spreadsheet

  /// The integer in scientific notation, if all of its digits are there; nil for anything else.
  private static func wholeNumber(scientific text: Text) throws(PhoneNumberError) -> Text? {
    let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "E" || $0 == "e" }
    guard parts.count == 2, let exponent = Int(String(String.UnicodeScalarView(parts[1]))) else { return nil }
    let mantissa = parts[0].split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
    let sign = mantissa[0].first == "+" ? mantissa[0].prefix(1) : []
    guard isNumber(mantissa[0].dropFirst(sign.count), upTo: 1) else { return nil }
    let fraction = mantissa.count == 2 ? mantissa[1] : []
    guard fraction.allSatisfy(\.isASCIIDigit) else { return nil }
    guard (5...15).contains(exponent), fraction.count >= exponent,
      fraction.dropFirst(exponent).allSatisfy({ $0 == "0" })
    else { throw .slip(.digitsLost) }
    return sign + mantissa[0].dropFirst(sign.count) + fraction.prefix(exponent)
  }

  /// The integer, if only zeros follow the only point; the text as is, if the point is a separator.
  private static func wholeNumber(decimal text: Text) throws(PhoneNumberError) -> Text {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, isNumber(parts[1], upTo: 20) else { return text }
    let (whole, fraction) = (parts[0], parts[1])
    let digits = whole.first == "+" ? whole.dropFirst() : whole
    let isWhole = isNumber(digits, upTo: 20)
    if isWhole, digits.count > 6, fraction.allSatisfy({ $0 == "0" }) { return whole }
    // A decimal point would leave only part of a number before it: `+1.5550100001`, `0151.23456789`.
    let isSeparator =
      fraction.count > 2 && (!isWhole || whole.first == "+" && digits.count < 4 || startsLikeTrunk(digits))
    guard isSeparator else { throw .slip(.decimal) }
    return text
  }

  private static func startsLikeTrunk(_ digits: Text) -> Bool {
    digits.first == "0" && digits.count > 1 && digits.count < 7
  }
}
