import TextFormats

/// A text that can be sent: valid UTF-8, and not blank. It is never normalized or cut.
public enum MessageText {
  /// What is wrong with a text that is known to be UTF-8; nil for one that can be sent.
  package static func objection(to text: String) -> String? {
    if text.isEmpty { return "the message is empty" }
    return text.isBlank ? "the message is blank" : nil
  }
}

extension String {
  /// Whether it contains nothing but white space.
  package var isBlank: Bool { unicodeScalars.allSatisfy(\.isWhitespace) }
}

extension Unicode.Scalar {
  /// Looking up the properties of each character would take longer than everything else done with most texts.
  fileprivate var isWhitespace: Bool {
    isASCII ? self == " " || ("\t"..."\r").contains(self) : properties.isWhitespace
  }
}

/// Names that can replace a number as the sender of messages.
public enum SenderID {
  /// Whether it is an alphanumeric sender ID: 1 to 11 ASCII letters and digits, with at least one letter.
  public static func isAlphanumeric(_ text: String) -> Bool {
    (1...11).contains(text.utf8.count) && text.utf8.allSatisfy { isLetter($0) || isDigit($0) }
      && text.utf8.contains(where: isLetter)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
