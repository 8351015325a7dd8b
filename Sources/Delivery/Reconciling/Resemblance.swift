import Messaging

/// How a number in a provider's history compares with one of ours.
enum NumberResemblance {
  case same
  /// It is written in a way that leaves open whose it is.
  case possible
  case other

  /// `text` is as the provider writes it; nil for none.
  init(_ text: String?, to number: PhoneNumber) {
    let written = HistoryNumber(text)
    let ours = number.digits
    switch written.form {
    case .plain(let digits):
      self = digits == ours ? .same : digits.isNationalForm(of: ours) || ours.isNationalForm(of: digits) ? .possible : .other
    case .masked(let ending): self = ours.hasSuffix(ending) ? .possible : .other
    case .unreadable: self = .possible
    }
  }
}

/// A number as a provider's history writes it.
struct HistoryNumber {
  enum Form {
    /// Digits, without the prefix of an international number.
    case plain(String)
    /// Some digits are hidden; what follows them is not.
    case masked(ending: String)
    case unreadable
  }

  /// The fewest digits of a number.
  private static let shortest = 7
  /// As many digits as all forms of a number have in common at their ends.
  private static let keyLength = 6
  private static let punctuation: Set<Character> = [" ", "\u{A0}", "-", "(", ")"]
  private static let masks: Set<Character> = ["*", "x", "X", "#", "•", "…", "_"]

  let form: Form

  init(_ text: String?) {
    let text = text ?? ""
    let digits = text.filter(\.isASCIIDigit)
    let others = Set(text).filter { !$0.isASCIIDigit }
    let international = digits.hasPrefix("00") ? String(digits.dropFirst(2)) : digits
    if others.subtracting(Self.punctuation).isSubset(of: ["+"]), international.count >= Self.shortest {
      form = .plain(international)
    } else if Self.isMasked(text) {
      form = .masked(ending: String(text.reversed().prefix(while: \.isASCIIDigit).reversed()))
    } else {
      form = .unreadable
    }
  }

  /// Whether it is a number of which some digits are hidden; a single `x` may as well start an extension.
  private static func isMasked(_ text: String) -> Bool {
    let rest = text.filter { !$0.isASCIIDigit && $0 != "+" && !punctuation.contains($0) }
    return (rest.count > 1 || rest == "…") && rest.allSatisfy(masks.contains)
  }

  /// What numbers that may be the same have in common; nil for one that may be any.
  var key: String? {
    if case .plain(let digits) = form { String(digits.suffix(Self.keyLength)) } else { nil }
  }

  static func key(of number: PhoneNumber) -> String { String(number.digits.suffix(keyLength)) }
}

extension String {
  /// Whether these digits may be those of `whole` without its country code, or with a 0 in its place.
  fileprivate func isNationalForm(of whole: String) -> Bool {
    let significant = drop { $0 == "0" }
    return significant.count < whole.count && whole.hasSuffix(significant)
  }
}

/// How a text in a provider's history compares with one of ours.
enum TextResemblance {
  /// The same bytes.
  case same
  /// The same but for white space, line ends and the way in which characters are composed.
  case similar
  case other
  /// The history doesn't tell the text.
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
