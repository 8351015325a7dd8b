import Messaging
import TextFormats

extension JSONValue {
  /// The phone number in a string or number.
  var phoneNumber: PhoneNumber? {
    text.flatMap(PhoneNumber.init(inAPI:))
  }

  /// A text with something in it; nil for a blank one.
  var words: String? {
    text?.unlessBlank
  }

  /// An amount by its spelling, such as `0.0075`: digits, and perhaps a point with more of them.
  var decimal: String? {
    guard let text, text.utf8.areDecimal else { return nil }
    return text
  }

  /// A balance by its spelling: an amount that may be below zero.
  var signedDecimal: String? {
    guard let text, (text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]).areDecimal
    else { return nil }
    return text
  }

  /// Yes or no in any of the ways that APIs write it; nil for anything else.
  var flag: Bool? {
    if case .bool(let value) = self { return value }
    switch text?.lowercased() {
    case "1", "true", "yes": return true
    case "0", "false", "no": return false
    default: return nil
    }
  }

  /// The elements of an array that holds objects only; nil for anything else.
  var objects: [JSONValue]? {
    array.flatMap { $0.allSatisfy { $0.object != nil } ? $0 : nil }
  }

  /// A number as E.164 where it is one, else as the provider wrote it, such as a short code.
  var party: String? {
    phoneNumber?.e164 ?? words
  }

  /// A count: a whole number, not negative.
  var count: Int? {
    int.flatMap { $0 >= 0 ? $0 : nil }
  }
}

extension Collection where Element == UInt8 {
  /// Whether these are digits, and perhaps a point with more of them.
  fileprivate var areDecimal: Bool {
    let parts = split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isDigit) }
  }
}
