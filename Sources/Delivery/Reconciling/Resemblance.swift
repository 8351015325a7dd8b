import Messaging

/// How a number in a provider's history compares to one of ours.
enum NumberResemblance {
  case same
  /// It is written in a way that could be either.
  case possible
  case other

  /// `text` is the number as the provider writes it; nil for none.
  init(_ text: String?, to number: PhoneNumber) {
    let ours = number.digits
    guard let digits = HistoryNumber(text).digits else {
      self = .possible
      return
    }
    if digits == ours {
      self = .same
    } else {
      self = digits.isNationalForm(of: ours) || ours.isNationalForm(of: digits) ? .possible : .other
    }
  }
}

/// A number as a provider's history writes it.
struct HistoryNumber {
  /// The fewest digits of a number.
  private static let shortest = 7
  /// The number of trailing digits that all forms of a number share.
  private static let keyLength = 6
  private static let punctuation: Set<Character> = ["+", " ", "\u{A0}", "-", "(", ")"]

  /// Digits without the international prefix; nil for anything but a complete number, such as a masked one.
  let digits: String?

  init(_ text: String?) {
    let text = text ?? ""
    let digits = text.filter(\.isASCIIDigit)
    let number = digits.hasPrefix("00") ? String(digits.dropFirst(2)) : digits
    let isReadable = text.allSatisfy { $0.isASCIIDigit || Self.punctuation.contains($0) }
    self.digits = isReadable && number.count >= Self.shortest ? number : nil
  }

  /// Equal for numbers that may be the same; nil if it may be any number.
  var key: String? { digits.map { String($0.suffix(Self.keyLength)) } }

  static func key(of number: PhoneNumber) -> String { String(number.digits.suffix(keyLength)) }
}

extension String {
  /// Whether these digits may be `whole` without its country code, or with a 0 in its place.
  fileprivate func isNationalForm(of whole: String) -> Bool {
    let significant = drop { $0 == "0" }
    return significant.count < whole.count && whole.hasSuffix(significant)
  }
}

/// How a text in a provider's history compares to one of ours.
enum TextResemblance {
  /// The same bytes.
  case same
  /// The same except for white space, line endings and the composition of characters.
  case similar
  case other
  /// The history has no text.
  case absent

  init(_ text: String?, to ours: String) {
    guard let text, !text.isEmpty else {
      self = .absent
      return
    }
    if text.utf8.elementsEqual(ours.utf8) {
      self = .same
    } else {
      self = text.filter { !$0.isWhitespace } == ours.filter { !$0.isWhitespace } ? .similar : .other
    }
  }
}
