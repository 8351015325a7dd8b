/// A recipient: a phone number in E.164, or a short code.
public struct PhoneNumber: Hashable, Sendable {
  /// `+`, calling code and national number, such as `+15550100001`; for a short code, just its 3 to 6 digits.
  public let e164: String

  /// The digits alone, as most APIs expect them.
  public var digits: String { isShortCode ? e164 : String(e164.dropFirst()) }

  /// Whether it is only valid within one country or network.
  public var isShortCode: Bool { e164.utf8.first != UInt8(ascii: "+") }

  init(validated e164: String) {
    self.e164 = e164
  }

  /// Takes a number in the form of `e164`; nil for anything else.
  ///
  /// Checks no numbering plan: plans get outdated, and it may have been let through by `--allow-unusual-numbers`.
  public init?(stored text: String) {
    guard text.isE164 || text.isShortCode else { return nil }
    self.init(validated: text)
  }
}

/// How to read numbers that people write.
public struct NumberRules: Hashable, Sendable {
  /// For numbers written without a calling code, which are rejected if this is nil.
  public var countryCode: CountryCode?
  /// Accepts numbers with `+` that their numbering plan doesn't allow.
  public var allowsUnusual: Bool

  public init(countryCode: CountryCode? = nil, allowsUnusual: Bool = false) {
    self.countryCode = countryCode
    self.allowsUnusual = allowsUnusual
  }
}

/// The calling code of a country: `+` and 1 to 3 digits.
public struct CountryCode: Hashable, Sendable {
  /// Such as 44.
  public let callingCode: Int

  /// With the `+`, such as `+44`.
  public var text: String { "+\(callingCode)" }

  /// Nil for anything but `+` and an assigned calling code.
  public init?(_ text: String) {
    let digits = text.utf8.dropFirst()
    guard text.utf8.first == UInt8(ascii: "+"), (1...3).contains(digits.count), digits.allSatisfy(\.isDigit),
      digits.first != UInt8(ascii: "0"), let code = Int(Substring(digits)), NumberingPlan(callingCode: code) != nil
    else { return nil }
    callingCode = code
  }
}

extension PhoneNumber {
  static let shortCodeLengths = 3...6
  /// The number of digits in E.164, including the calling code; fewer than 7 only if a numbering plan has them.
  static let usualLengths = 7...15

  /// Reads a number as people write it; see docs/numbers.md for the rules.
  public init(parsing text: String, by rules: NumberRules = NumberRules()) throws(PhoneNumberError) {
    var bytes = text
    if bytes.withUTF8({ $0.isE164 && $0.hasPossibleLength }) {
      self.init(validated: text)
    } else {
      self = try NumberReadings(of: WrittenNumber(text), by: rules).number()
    }
  }

  /// Reads a number as APIs write it: international, with `+`, `00` or neither, or a short code. Nil for anything else.
  ///
  /// Checks no numbering plan, as for a stored number.
  package init?(inAPI text: String) {
    guard let number = PhoneNumber(stored: text) ?? PhoneNumber(stored: "+\(text)") ?? PhoneNumber(spelledInAPI: text)
    else { return nil }
    self = number
  }

  private init?(spelledInAPI text: String) {
    guard var spelling = try? WrittenNumber(text) else { return nil }
    if !spelling.hasPlus, let shortCode = PhoneNumber(stored: spelling.text) {
      self = shortCode
      return
    }
    spelling.hasPlus = spelling.hasPlus || !spelling.digits.starts(with: "00".utf8)
    let rules = NumberRules(allowsUnusual: true)
    guard let number = try? NumberReadings(of: spelling, by: rules).number() else { return nil }
    self = number
  }

}

extension UnsafeBufferPointer<UInt8> {
  /// Whether a number is in the form of `PhoneNumber.e164`, as nearly all numbers of a list are.
  fileprivate var isE164: Bool {
    (7...16).contains(count) && self[0] == UInt8(ascii: "+") && self[1] != UInt8(ascii: "0")
      && self[1...].allSatisfy(\.isDigit)
  }

  /// Whether the numbering plan has numbers of this length. Requires `isE164`.
  fileprivate var hasPossibleLength: Bool {
    guard let plan = NumberingPlan(ofInternational: self[1...]) else { return false }
    return plan.isPossible(length: count - 1 - plan.codeLength)
  }
}

extension String {
  fileprivate var isE164: Bool {
    var text = self
    return text.withUTF8 { $0.isE164 }
  }

  fileprivate var isShortCode: Bool {
    PhoneNumber.shortCodeLengths.contains(utf8.count) && utf8.allSatisfy(\.isDigit)
  }
}

extension UInt8 {
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}
