import TextFormats

/// Why a text is not accepted as a phone number.
public enum PhoneNumberError: Error, Hashable, Sendable {
  case empty
  /// It has neither `+` nor `00`, and no country code is set.
  case countryCodeMissing
  /// No calling code starts with 0.
  case leadingZero
  /// No calling code begins with these digits.
  case unassignedCode(String)
  /// No kind of number with this calling code has this many digits after it.
  case wrongLength(PossibleLengths, digits: Int)
  /// A prefix that is only dialed within the country follows the calling code.
  case trunkPrefix(String, callingCode: Int, without: PhoneNumber)
  /// More digits than E.164 allows or, if the numbering plan is ignored, fewer than phone numbers have.
  case notE164(digits: Int)
  /// A national number that is not possible in the plan of the profile's country.
  case noReading(PossibleLengths, tried: [PhoneNumber])
  /// A national number with several readings in the plan of the profile's country.
  case ambiguous([PhoneNumber])
  case slip(NumberMistake)
  case unexpectedCharacter(Unicode.Scalar)
}

/// The numbers of digits of mobile and fixed-line numbers, for messages.
public struct PossibleLengths: Hashable, Sendable {
  let callingCode: Int
  let lengths: [Int]

  init(_ plan: NumberingPlan) {
    callingCode = plan.callingCode
    lengths = plan.lengths
  }

  /// Such as `10 digits`, `8 or 9 digits`, `7 to 10 digits`.
  fileprivate var words: String {
    guard let first = lengths.first, let last = lengths.last else { return "another length" }
    if last - first == lengths.count - 1, lengths.count > 2 { return "\(first) to \(last) digits" }
    let others = lengths.dropLast().map(String.init).joined(separator: ", ")
    return (others.isEmpty ? "" : "\(others) or ") + counted(last, "digit")
  }
}

extension PossibleLengths {
  fileprivate var demand: String { lengths.isEmpty ? "which isn't a valid length" : "where numbers have \(words)" }

  /// What is wrong with all of these numbers for the calling code.
  fileprivate func objection(to numbers: [PhoneNumber]) -> String {
    let hasPossible = numbers.contains { lengths.contains($0.digits.utf8.count - String(callingCode).utf8.count) }
    return hasPossible ? "no number of this length starts with these digits" : "numbers have \(words)"
  }
}

extension PhoneNumberError {
  package var reason: String {
    switch self {
    case .empty: "has no digits"
    case .countryCodeMissing: "has no country code"
    case .leadingZero: "starts with +0, but no country code starts with 0"
    case .unassignedCode(let digits): "has the unknown country code +\(digits)"
    case .wrongLength(let possible, let digits):
      "has \(counted(digits, "digit")) after +\(possible.callingCode), \(possible.demand)"
    case .trunkPrefix(let prefix, let code, _): "has a trunk prefix (\(prefix)) after +\(code)"
    case .notE164(let digits): "has \(counted(digits, "digit")); phone numbers have 7 to 15"
    case .noReading(let possible, let tried):
      "doesn't fit +\(possible.callingCode), where \(possible.objection(to: tried)) "
        + "(tried \(tried.map(\.e164).joined(separator: ", ")))"
    case .ambiguous(let numbers): "could be \(numbers.map(\.e164).joined(separator: " or "))"
    case .slip(let slip): slip.reason
    case .unexpectedCharacter(let scalar):
      "contains \(scalar.quotedName.hasPrefix("'") ? "" : "the character ")\(scalar.quotedName)"
    }
  }

  fileprivate var hint: String? {
    switch self {
    case .countryCodeMissing: "start it with + and the country code, or set country_code in the profile"
    case .noReading, .ambiguous: "start it with + and the country code"
    case .unassignedCode, .wrongLength: "if it is correct, add --allow-unusual-numbers"
    case .trunkPrefix(let prefix, let code, let number): "drop the \(prefix) after +\(code): \(number.e164)"
    case .slip(let slip): slip.hint
    case .unexpectedCharacter(";"): "separate numbers with commas"
    case .unexpectedCharacter: "remove that character"
    case .empty, .leadingZero, .notE164: "write it with + and the country code, such as +15550100001"
    }
  }
}

extension NumberMistake {
  fileprivate var reason: String {
    switch self {
    case .decimal: "is a decimal number"
    case .amount: "is an amount of money"
    case .date: "is a date"
    case .digitsLost: "is in scientific notation, so digits are missing"
    case .letters: "contains letters"
    case .severalNumbers: "looks like two numbers, or has an extension"
    case .extension: "has an extension, which can't receive texts"
    case .foreignDigit(let scalar): "contains the digit \(scalar.quotedName)"
    case .control(let scalar): "contains the control character \(scalar.quotedName)"
    }
  }

  fileprivate var hint: String? {
    switch self {
    case .decimal, .date, .digitsLost:
      "in Excel, format the column as Text, then enter or import the numbers again, with +"
    case .letters: "write the number with digits only"
    case .severalNumbers: "write one number, without '/' or ' - '"
    case .extension: "remove the extension"
    case .foreignDigit: "use the digits 0 to 9"
    case .amount: "write a number with + and the country code, such as +15550100001"
    case .control: "remove that character"
    }
  }
}

extension InputError.Problem {
  package static func phoneNumber(_ text: String, _ error: PhoneNumberError) -> Self {
    if case .ambiguous = error {
      return Self("ambiguous phone number: '\(text.safeExcerpt)' \(error.reason)", hint: error.hint)
    }
    return Self("not a phone number: '\(text.safeExcerpt)' \(error.reason)", hint: error.hint)
  }

  /// A short code in a list, where it is more likely something else.
  package static func shortCode(_ number: PhoneNumber, isSupported: Bool) -> Self {
    Self(
      "\(number.e164) is a short code, not a phone number",
      hint: isSupported
        ? "if you mean the short code, add --short-codes"
        : "if it is a phone number, start it with + and the country code")
  }

  package static func device(_ text: String) -> Self {
    Self("not a device: '\(text)'", hint: "use an ID such as 1, or 1:0 for its first SIM")
  }
}

extension String {
  /// Shortened to a plausible length, with all but letters and ASCII shown as code points.
  fileprivate var safeExcerpt: String {
    let scalars = unicodeScalars
    let most = 40
    let visible = scalars.prefix(most).map {
      $0.isASCII || $0.properties.isAlphabetic ? String($0) : "<\($0.codePoint)>"
    }
    return visible.joined() + (scalars.count > most ? "…" : "")
  }
}

extension InputError.Problem {
  /// The problem with one text for each reason.
  package static var numberExamples: [Self] {
    let texts = [
      "---", "+0555", "+999123", "+44123", "+4407700900123", "+8831", "123456", "5550100001.5", "$ 12.50", "3/14/2026",
      "4.47E+11",
      "1-800-FLOWERS", "020 7946 0958/0959", "+15550100001 ext. 12", "+1555010000\u{0661}", "+1555\u{7}",
      "+15550100001;", "+1555#", "+120255501000000000", "12345678", "5555555555",
    ]
    let problems = texts.compactMap { problem(of: $0, countryCode: CountryCode("+44")) }
    return [problem(of: "5550100001", countryCode: nil)].compactMap(\.self) + problems
      + [
        .phoneNumber(
          "0012345",
          .ambiguous([PhoneNumber(stored: "+15550100001"), PhoneNumber(stored: "+15550100002")].compactMap(\.self)))
      ]
      + [.device("2:x"), .phoneNumber("123", .notE164(digits: 3))]
  }

  private static func problem(of text: String, countryCode: CountryCode?) -> Self? {
    do {
      _ = try PhoneNumber(parsing: text, by: NumberRules(countryCode: countryCode))
      return nil
    } catch {
      return .phoneNumber(text, error)
    }
  }
}
