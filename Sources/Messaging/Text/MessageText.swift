import TextFormats

/// A text that can be sent: UTF-8, and not blank. It is never normalised and never cut.
public enum MessageText {
  /// What is wrong with a text that is known to be UTF-8; nil for one that can be sent.
  package static func objection(to text: String) -> String? {
    if text.isEmpty { return "the message is empty" }
    return text.isBlank ? "the message is blank" : nil
  }
}

extension String {
  /// Whether there is nothing but white space in it.
  package var isBlank: Bool { unicodeScalars.allSatisfy(\.isWhitespace) }
}

extension Unicode.Scalar {
  /// Looking up the properties of each character would take longer than all else that is done with most texts.
  fileprivate var isWhitespace: Bool {
    isASCII ? self == " " || ("\t"..."\r").contains(self) : properties.isWhitespace
  }
}

/// Names that messages can be from in place of a number.
public enum SenderID {
  /// Whether it is an alphanumeric sender ID: 1 to 11 letters `A` to `Z` and digits, at least one of them a letter.
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
