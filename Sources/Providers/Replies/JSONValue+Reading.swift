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
    guard let text else { return nil }
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count <= 2 && parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isDigit) }) ? text : nil
  }
}
