import Messaging

/// Who messages are from, as these APIs write it.
enum Sender {
  /// The digits of a phone number, or of a short code of 3 to 6 digits; nil for anything else.
  static func digits(_ text: String) -> String? {
    if let number = PhoneNumber(inAPI: text) { return number.digits }
    return (3...6).contains(text.utf8.count) && text.utf8.allSatisfy(\.isDigit) ? text : nil
  }

  /// Whether it is an alphanumeric sender ID: 1 to 11 letters `A` to `Z` and digits, at least one of them a letter.
  static func isAlphanumericID(_ text: String) -> Bool {
    (1...11).contains(text.utf8.count) && text.utf8.allSatisfy { $0.isLetter || $0.isDigit }
      && text.utf8.contains(where: \.isLetter)
  }
}

extension ProviderSettings {
  /// The sender of a message: its own, else the profile's.
  func sender(of message: OutgoingMessage) -> String? {
    message.from?.unlessBlank ?? strings["from"]?.unlessBlank
  }
}

extension String {
  /// Nil where there is nothing but white space.
  var unlessBlank: String? {
    unicodeScalars.contains { !$0.properties.isWhitespace } ? self : nil
  }
}

extension UInt8 {
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  fileprivate var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}
