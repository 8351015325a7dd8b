import Messaging
import TextFormats

extension PhoneNumber {
  /// Reads a number as APIs write it: international, with `+`, `00` or neither. Nil for anything else.
  init?(inAPI text: String) {
    let hasPrefix = text.utf8.first == UInt8(ascii: "+") || text.utf8.starts(with: "00".utf8)
    guard let number = try? PhoneNumber(parsing: hasPrefix ? text : "+\(text)") else { return nil }
    self = number
  }
}

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
    guard let text else { return nil }
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count <= 2 && parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isDigit) }) ? text : nil
  }
}
