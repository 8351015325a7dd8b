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
