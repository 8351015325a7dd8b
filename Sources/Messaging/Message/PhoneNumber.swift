import TextFormats

/// A phone number in E.164: `+` and 7 to 15 digits, the first not 0.
public struct PhoneNumber: Hashable, Sendable {
  /// With the `+`, such as `+15550100`.
  public let e164: String

  /// The digits alone, as most APIs want them.
  public var digits: String { String(e164.dropFirst()) }

  init(validated e164: String) {
    self.e164 = e164
  }
}

/// Why a text is no phone number.
public enum PhoneNumberError: Error, Hashable, Sendable {
  case empty
  /// Neither `+` nor `00`, and no country code is set.
  case countryCodeMissing
  /// `(0)` after a country code: dialled within the country, wrong from outside.
  case ambiguousZero
  /// Fewer than 7 or more than 15 digits.
  case wrongLength(digits: Int)
  case leadingZero
  case unexpectedCharacter(Unicode.Scalar)
}

extension PhoneNumberError {
  package var reason: String {
    switch self {
    case .empty: "it has no digits"
    case .countryCodeMissing: "it has no country code"
    case .ambiguousZero: "(0) is dialled only within the country"
    case .wrongLength(let digits): "it has \(counted(digits, "digit")), and 7 to 15 are needed"
    case .leadingZero: "no country code starts with 0"
    case .unexpectedCharacter(let scalar): "it has the character '\(scalar)' in it"
    }
  }
}

extension InputError.Problem {
  package static func phoneNumber(_ text: String, _ error: PhoneNumberError) -> Self {
    let hint: String? =
      switch error {
      case .countryCodeMissing: "start it with + and the country code, or set country_code in the profile"
      case .ambiguousZero: "leave the (0) out"
      default: nil
      }
    return Self("'\(text)' is no phone number: \(error.reason)", hint: hint)
  }

  package static func device(_ text: String) -> Self {
    Self("'\(text)' is no device", hint: "write it as 1, or as 1:0 for a SIM of it")
  }
}

/// The prefix that makes a national number international: `+` and 1 to 3 digits, the first not 0.
public struct CountryCode: Hashable, Sendable {
  /// With the `+`, such as `+44`.
  public let text: String

  /// Nil for anything else.
  public init?(_ text: String) {
    let digits = text.dropFirst()
    guard text.first == "+", (1...3).contains(digits.count), digits.allSatisfy(\.isASCIIDigit), digits.first != "0"
    else { return nil }
    self.text = text
  }
}

extension PhoneNumber {
  /// Reads a number as people write it: spaces, `-`, `.`, `(` and `)` are dropped, a leading `00` means `+`.
  ///
  /// A number with neither needs `countryCode`, which takes the place of one leading 0.
  public init(parsing text: String, countryCode: CountryCode? = nil) throws(PhoneNumberError) {
    if text.isE164 {
      self.init(validated: text)
      return
    }
    let written = try Self.withoutPunctuation(text)
    guard !written.isEmpty else { throw .empty }
    if let digits = Self.internationalDigits(of: written) {
      guard !Self.hasBracketedZero(text) else { throw .ambiguousZero }
      try self.init(internationalDigits: digits)
    } else {
      guard let countryCode else { throw .countryCodeMissing }
      let national = written.first == zero ? written.dropFirst() : written[...]
      try self.init(internationalDigits: countryCode.text.utf8.dropFirst() + Array(national))
    }
  }

  private init(internationalDigits digits: [UInt8]) throws(PhoneNumberError) {
    guard !digits.contains(plus) else { throw .unexpectedCharacter("+") }
    guard digits.first != zero else { throw .leadingZero }
    guard (7...15).contains(digits.count) else { throw .wrongLength(digits: digits.count) }
    self.init(validated: "+" + String(decoding: digits, as: UTF8.self))
  }

  /// What follows a `+` or `00`; nil where the number starts with neither.
  private static func internationalDigits(of written: [UInt8]) -> [UInt8]? {
    if written.first == plus { return Array(written.dropFirst()) }
    if written.starts(with: [zero, zero]) { return Array(written.dropFirst(2)) }
    return nil
  }

  /// The digits and plus signs of `text`, once nothing else but the punctuation of phone numbers is in it.
  private static func withoutPunctuation(_ text: String) throws(PhoneNumberError) -> [UInt8] {
    var kept: [UInt8] = []
    for scalar in text.unicodeScalars {
      switch scalar {
      case "0"..."9", "+": kept.append(UInt8(truncatingIfNeeded: scalar.value))
      case " ", "\u{A0}", "\u{2007}", "\u{202F}", "-", ".", "(", ")": continue
      default: throw .unexpectedCharacter(scalar)
      }
    }
    return kept
  }

  /// Whether `(0)` stands in it, perhaps with spaces between.
  private static func hasBracketedZero(_ text: String) -> Bool {
    guard text.utf8.contains(UInt8(ascii: "(")) else { return false }
    let solid = text.unicodeScalars.filter { "0123456789+()".unicodeScalars.contains($0) }
    return String(String.UnicodeScalarView(solid)).contains("(0)")
  }
}

private let plus = UInt8(ascii: "+")
private let zero = UInt8(ascii: "0")

extension String {
  /// Whether it is written as `PhoneNumber` keeps it, as nearly all numbers of a list are.
  fileprivate var isE164: Bool {
    var text = self
    return text.withUTF8 { bytes in
      (8...16).contains(bytes.count) && bytes[0] == plus && bytes[1] != zero
        && bytes[1...].allSatisfy { (zero...UInt8(ascii: "9")).contains($0) }
    }
  }
}
