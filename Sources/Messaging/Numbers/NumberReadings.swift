/// The phone numbers that a written number can mean.
///
/// With a calling code, there is one. Without, the numbering plan of the profile's country says which are possible,
/// and a number is accepted only if exactly one is.
struct NumberReadings {
  private let spelling: NumberSpelling
  private let rules: NumberRules

  init(of spelling: NumberSpelling, by rules: NumberRules) {
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

  private func isWhole(_ part: NumberSpelling) -> Bool {
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
