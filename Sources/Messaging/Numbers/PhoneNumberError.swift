import TextFormats

/// Why a text is not taken as a phone number.
public enum PhoneNumberError: Error, Hashable, Sendable {
  case empty
  /// Neither `+` nor `00`, and no country code is set.
  case countryCodeMissing
  /// No calling code starts with 0.
  case leadingZero
  /// No calling code is the beginning of these digits.
  case unassignedCode(String)
  /// No kind of number with this calling code has this many digits after it.
  case wrongLength(PossibleLengths, digits: Int)
  /// More digits than E.164 allows, or, where the numbering plan doesn't count, fewer than phone numbers have.
  case notE164(digits: Int)
  /// A national number that the plan of the profile's country has no place for.
  case noReading(PossibleLengths, tried: [PhoneNumber])
  /// A national number that the plan of the profile's country has several places for.
  case ambiguous([PhoneNumber])
  case slip(NumberSlip)
  case unexpectedCharacter(Unicode.Scalar)
}

/// How many digits mobile and fixed-line numbers have, for messages.
public struct PossibleLengths: Hashable, Sendable {
  let callingCode: Int
  let lengths: [Int]

  init(_ plan: NumberingPlan) {
    callingCode = plan.callingCode
    lengths = plan.lengths
  }

  /// Such as `10 digits`, `8 or 9 digits`, `7 to 10 digits`.
  fileprivate var words: String {
    guard let first = lengths.first, let last = lengths.last else { return "other lengths" }
    if last - first == lengths.count - 1, lengths.count > 2 { return "\(first) to \(last) digits" }
    let others = lengths.dropLast().map(String.init).joined(separator: ", ")
    return (others.isEmpty ? "" : "\(others) or ") + counted(last, "digit")
  }
}

extension PhoneNumberError {
  package var reason: String {
    switch self {
    case .empty: "it has no digits"
    case .countryCodeMissing: "it has no country code"
    case .leadingZero: "no country code starts with 0"
    case .unassignedCode(let digits): "no country code is the start of +\(digits)"
    case .wrongLength(let possible, let digits):
      "it has \(counted(digits, "digit")) after +\(possible.callingCode), where numbers have \(possible.words)"
    case .notE164(let digits): "it has \(counted(digits, "digit")), and 7 to 15 are needed"
    case .noReading(let possible, let tried):
      "it fits no number of +\(possible.callingCode), where numbers have \(possible.words) "
        + "(tried \(tried.map(\.e164).joined(separator: ", ")))"
    case .ambiguous(let numbers): "it can be \(numbers.map(\.e164).joined(separator: " or "))"
    case .slip(let slip): slip.reason
    case .unexpectedCharacter(let scalar): "it has the character \(scalar.quotedName) in it"
    }
  }

  fileprivate var hint: String? {
    switch self {
    case .countryCodeMissing: "start it with + and the country code, or set country_code in the profile"
    case .noReading, .ambiguous: "start it with + and the country code"
    case .unassignedCode, .wrongLength: "if it is right all the same, add --allow-unusual-numbers"
    case .slip(let slip): slip.hint
    case .unexpectedCharacter(";"): "separate numbers with commas"
    default: nil
    }
  }
}

extension NumberSlip {
  fileprivate var reason: String {
    switch self {
    case .decimal: "it is a decimal number"
    case .amount: "it is an amount"
    case .date: "it is a date"
    case .digitsLost: "it is in scientific notation, and digits are lost"
    case .letters: "it has letters in it"
    case .extension: "it has an extension, and texts can't be sent to one"
    case .foreignDigit(let scalar): "it has the digit \(scalar.quotedName) in it"
    case .control(let scalar): "it has the control character \(scalar.quotedName) in it"
    }
  }

  fileprivate var hint: String? {
    switch self {
    case .decimal, .date, .digitsLost:
      "in Excel, format the column as Text before you enter or import the numbers, and write them with their +"
    case .letters: "write the digits that the letters stand for"
    case .extension: "leave the extension out"
    case .foreignDigit: "write it with the digits 0 to 9"
    case .amount, .control: nil
    }
  }
}

extension InputError.Problem {
  package static func phoneNumber(_ text: String, _ error: PhoneNumberError) -> Self {
    Self("'\(text.safeExcerpt)' is not a phone number: \(error.reason)", hint: error.hint)
  }

  /// A short code in a list, which is more likely to be something else.
  package static func shortCode(_ number: PhoneNumber, isSupported: Bool) -> Self {
    Self(
      "\(number.e164) is a short code, not a phone number",
      hint: isSupported ? "--short-codes sends to short codes as well" : "start a number with + and the country code")
  }

  package static func device(_ text: String) -> Self {
    Self("'\(text)' is no device", hint: "write it as 1, or as 1:0 for a SIM of it")
  }
}

extension String {
  /// Not more than anyone writes as a number, with anything but letters and ASCII as the number of its character.
  fileprivate var safeExcerpt: String {
    let scalars = unicodeScalars
    let most = 40
    let visible = scalars.prefix(most).map {
      $0.isASCII || $0.properties.isAlphabetic ? String($0) : "<\($0.codePoint)>"
    }
    return visible.joined() + (scalars.count > most ? "…" : "")
  }
}
