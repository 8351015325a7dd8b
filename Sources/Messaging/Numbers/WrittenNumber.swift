/// The digits of a number as someone wrote it, stripped of the punctuation of phone numbers.
struct WrittenNumber {
  typealias Text = ArraySlice<Unicode.Scalar>

  /// ASCII digits.
  private(set) var digits: [UInt8] = []
  var hasPlus = false
  /// Ranges in `digits` that were in parentheses, such as the 0 in `+44 (0)7700 900123`.
  private(set) var bracketed: [Range<Int>] = []
  private var bracketStart: Int?
  /// The numbers of digits before each `/`, or hyphen between spaces, which may be within a number or between two.
  private(set) var joints: [Int] = []

  /// Throws if it can't be a phone number under any numbering plan.
  init(_ text: String) throws(PhoneNumberError) {
    let bare = Self.unwrapped(Self.plain(text.unicodeScalars))
    let written = try NumberMistake.checked(bare)
    for index in written.indices {
      try add(written[index], before: written[(index + 1)...])
      if Self.isJoint(at: index, in: written) { joints.append(digits.count) }
    }
    joints.removeAll { $0 == 0 || $0 == digits.count }
  }

  private static func isJoint(at index: Int, in text: Text) -> Bool {
    if text[index] == "/" { return true }
    guard text[index] == "-", index > text.startIndex, index + 1 < text.endIndex else { return false }
    return text[index - 1] == " " && text[index + 1] == " "
  }

  /// The part before a joint.
  func before(_ joint: Int) -> WrittenNumber {
    var part = self
    part.digits = Array(digits[..<joint])
    part.bracketed = bracketed.filter { $0.upperBound <= joint }
    part.joints = []
    return part
  }

  /// The part after a joint, as a number without its calling code.
  func after(_ joint: Int) -> WrittenNumber {
    var part = self
    part.digits = Array(digits[joint...])
    (part.hasPlus, part.bracketed, part.joints) = (false, [], [])
    return part
  }

  /// The digits alone.
  var text: String { String(decoding: digits, as: UTF8.self) }

  private mutating func add(_ scalar: Unicode.Scalar, before rest: Text) throws(PhoneNumberError) {
    switch scalar {
    case "0"..."9": digits.append(UInt8(truncatingIfNeeded: scalar.value))
    case "+" where digits.isEmpty && !hasPlus: hasPlus = true
    case "(": bracketStart = digits.count
    case ")":
      if let start = bracketStart { bracketed.append(start..<digits.count) }
    case " ", "-", ".", "/": break
    default: throw .init(unexpected: scalar, before: rest)
    }
  }

  /// The visible characters, with every blank as a space and every dash as `-`.
  private static func plain(_ scalars: String.UnicodeScalarView) -> [Unicode.Scalar] {
    scalars.compactMap { scalar in
      if scalar.isASCII { return scalar == "\t" ? " " : scalar }
      let properties = scalar.properties
      if properties.isDefaultIgnorableCodePoint { return nil }
      switch properties.generalCategory {
      case .spaceSeparator: return " "
      case .dashPunctuation: return "-"
      default: return scalar == "\u{2212}" ? "-" : scalar
      }
    }
  }

  /// Without what spreadsheets and links put around a number: `'`, `="…"`, `tel:` and spaces.
  private static func unwrapped(_ scalars: [Unicode.Scalar]) -> Text {
    var rest = scalars[...].trimmingSpaces
    while true {
      if rest.first == "'" {
        rest = rest.dropFirst().trimmingSpaces
      } else if rest.starts(with: "=\"".unicodeScalars), rest.last == "\"", rest.count > 2 {
        rest = rest.dropFirst(2).dropLast().trimmingSpaces
      } else if rest.prefix(4).elementsEqual("tel:".unicodeScalars, by: { $0.lowercased == $1 }) {
        rest = rest.dropFirst(4).trimmingSpaces
      } else {
        return rest
      }
    }
  }
}

extension PhoneNumberError {
  /// The error for the first character that is not allowed in a number.
  fileprivate init(unexpected scalar: Unicode.Scalar, before rest: WrittenNumber.Text) {
    let properties = scalar.properties
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: self = .slip(.control(scalar))
    case .decimalNumber, .otherNumber: self = .slip(.foreignDigit(scalar))
    case .currencySymbol: self = .slip(.amount)
    default:
      let isExtension = ([scalar] + rest).startsExtension
      self = isExtension ? .slip(.extension) : properties.isAlphabetic ? .slip(.letters) : .unexpectedCharacter(scalar)
    }
  }
}

extension [Unicode.Scalar] {
  /// Whether it begins with a mark of an extension (RFC 3966: `;ext=`) followed by digits.
  fileprivate var startsExtension: Bool {
    let letters = prefix { !$0.isASCIIDigit }.map(\.lowercased).filter { !" .:=;-".unicodeScalars.contains($0) }
    guard contains(where: \.isASCIIDigit) else { return false }
    return ["x", "xt", "ext", "extn", "extension", "#", "dw"].contains { letters.elementsEqual($0.unicodeScalars) }
  }
}

extension ArraySlice<Unicode.Scalar> {
  fileprivate var trimmingSpaces: Self {
    guard let first = firstIndex(where: { $0 != " " }), let last = lastIndex(where: { $0 != " " }) else { return [] }
    return self[first...last]
  }
}

extension Unicode.Scalar {
  /// An uppercase ASCII letter in lowercase; any other scalar as it is.
  var lowercased: Unicode.Scalar {
    ("A"..."Z").contains(self) ? Unicode.Scalar(UInt8(truncatingIfNeeded: value) | 0x20) : self
  }

  var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

/// The phone numbers that a written number can mean.
///
/// With a calling code, there is one. Without, the numbering plan of the profile's country says which are possible,
/// and a number is accepted only if exactly one is.
struct NumberReadings {
  private let spelling: WrittenNumber
  private let rules: NumberRules

  init(of spelling: WrittenNumber, by rules: NumberRules) {
    self.spelling = spelling
    self.rules = rules
  }

  /// Enough for an international prefix and an E.164 number.
  private static let mostDigits = 20

  func number() throws(PhoneNumberError) -> PhoneNumber {
    let digits = spelling.digits[...]
    guard !digits.isEmpty else { throw .empty }
    if spelling.joints.contains(where: dividesNumbers) { throw .slip(.severalNumbers) }
    guard digits.count <= Self.mostDigits else { throw .notE164(digits: digits.count) }
    if spelling.hasPlus { return try international(digits) }
    let plan = rules.countryCode.flatMap { NumberingPlan(callingCode: $0.callingCode) }
    if let plan, let number = try onlyReading(plan) { return number }
    if digits.starts(with: "00".utf8) { return try international(digits.dropFirst(2)) }
    if isShort { return PhoneNumber(validated: spelling.text) }
    guard let plan else { throw .countryCodeMissing }
    throw .noReading(PossibleLengths(plan), tried: distinct(nationals(plan).map { .international(plan.code + $0) }))
  }

  /// Whether the joint follows a complete number, as in `030 1234/1235`, or precedes one with a trunk prefix.
  private func dividesNumbers(_ joint: Int) -> Bool {
    if isWhole(spelling.before(joint)) { return true }
    let after = spelling.after(joint)
    return !spelling.hasPlus && after.digits.first == UInt8(ascii: "0") && isWhole(after)
  }

  private func isWhole(_ part: WrittenNumber) -> Bool {
    do {
      return try NumberReadings(of: part, by: NumberRules(countryCode: rules.countryCode)).number().fitsPlan
    } catch {
      if case .ambiguous = error { return true }
      return false
    }
  }

  /// The only number that the plan of the profile's country allows for the digits; nil if it allows none.
  private func onlyReading(_ plan: NumberingPlan) throws(PhoneNumberError) -> PhoneNumber? {
    guard !isShort || plan.fitsShortMobile(spelling.digits[...]) else { return nil }
    var numbers = distinct(dialedAbroad(plan))
    if numbers.isEmpty { numbers = distinct(nationals(plan).filter(plan.fits).map { .international(plan.code + $0) }) }
    guard numbers.count < 2 else { throw .ambiguous(numbers) }
    return numbers.first
  }

  private func distinct(_ numbers: [PhoneNumber]) -> [PhoneNumber] {
    numbers.indices.filter { !numbers[..<$0].contains(numbers[$0]) }.map { numbers[$0] }
  }

  private var isShort: Bool { PhoneNumber.shortCodeLengths.contains(spelling.digits.count) }
}

// MARK: - Numbers with their calling code

extension NumberReadings {
  /// A number that begins with its calling code, as written.
  private func international(_ digits: ArraySlice<UInt8>) throws(PhoneNumberError) -> PhoneNumber {
    do {
      return try possible(digits)
    } catch {
      guard rules.allowsUnusual, digits.first != UInt8(ascii: "0") else { throw error }
      guard PhoneNumber.usualLengths.contains(digits.count) else { throw .notE164(digits: digits.count) }
      return .international(digits)
    }
  }

  /// A number that begins with its calling code and may exist: some kind of number there has this length.
  private func possible(_ digits: ArraySlice<UInt8>) throws(PhoneNumberError) -> PhoneNumber {
    guard digits.first != UInt8(ascii: "0") else { throw .leadingZero }
    guard digits.count <= PhoneNumber.usualLengths.upperBound else { throw .notE164(digits: digits.count) }
    guard let plan = NumberingPlan(ofInternational: digits) else {
      throw .unassignedCode(String(decoding: digits.prefix(3), as: UTF8.self))
    }
    let national = national(of: digits, plan)
    guard plan.isPossible(length: national.count) else {
      if let error = trunkPrefix(of: national, plan) { throw error }
      throw .wrongLength(PossibleLengths(plan), digits: national.count)
    }
    return .international(plan.code + national)
  }

  /// Reports a trunk prefix after the calling code, if nothing else is wrong, as in `+44 07700 900123`.
  private func trunkPrefix(of national: ArraySlice<UInt8>, _ plan: NumberingPlan) -> PhoneNumberError? {
    for prefix in plan.trunkPrefixes where national.starts(with: prefix) {
      let rest = national.dropFirst(prefix.count)
      guard plan.fits(rest) else { continue }
      let digits = String(decoding: prefix, as: UTF8.self)
      return .trunkPrefix(digits, callingCode: plan.callingCode, without: .international(plan.code + rest))
    }
    return nil
  }

  /// What follows the calling code, without a trunk prefix in parentheses, as in `+44 (0)7700 900123`.
  private func national(of digits: ArraySlice<UInt8>, _ plan: NumberingPlan) -> ArraySlice<UInt8> {
    let national = digits.dropFirst(plan.code.count)
    guard let bracketed = spelling.bracketed.first(where: { $0.lowerBound == national.startIndex }),
      plan.trunkPrefixes.contains(where: { $0.elementsEqual(spelling.digits[bracketed]) })
    else { return national }
    return national.dropFirst(bracketed.count)
  }
}

// MARK: - Numbers as they are dialed in a country

extension NumberReadings {
  /// The numbers after an international prefix of the country, or `00`, if they may exist.
  ///
  /// Preferring those that fit the numbering plan, as a prefix of a country may be the beginning of another.
  private func dialedAbroad(_ plan: NumberingPlan) -> [PhoneNumber] {
    let numbers = plan.internationalPrefixLengths(in: spelling.digits).compactMap { length in
      try? possible(spelling.digits.dropFirst(length))
    }
    let likely = numbers.count > 1 ? numbers.filter(\.fitsPlan) : []
    return likely.isEmpty ? numbers : likely
  }

  /// The digits as they are, without a trunk prefix, and without a calling code typed without `+`.
  private func nationals(_ plan: NumberingPlan) -> [ArraySlice<UInt8>] {
    let digits = spelling.digits[...]
    let withoutTrunk = plan.trunkPrefixes.filter(digits.starts).map { digits.dropFirst($0.count) }
    return [digits] + withoutTrunk + (digits.starts(with: plan.code) ? [national(of: digits, plan)] : [])
  }
}

extension PhoneNumber {
  /// Whether mobile or fixed-line numbers begin like this.
  fileprivate var fitsPlan: Bool {
    let digits = Array(e164.utf8.dropFirst())[...]
    guard let plan = NumberingPlan(ofInternational: digits) else { return false }
    return plan.fits(digits.dropFirst(plan.codeLength))
  }

  fileprivate static func international(_ digits: some Sequence<UInt8>) -> PhoneNumber {
    PhoneNumber(validated: "+" + String(decoding: Array(digits), as: UTF8.self))
  }
}
