import TextFormats

/// Why bytes are no text to send.
public enum MessageTextError: Error, Hashable, Sendable {
  case empty
  /// Nothing but white space.
  case blank
  /// The byte at this offset, counted from 0, doesn't belong to UTF-8.
  case notUTF8(offset: Int)
}

extension MessageTextError {
  package var reason: String {
    switch self {
    case .empty: "the message is empty"
    case .blank: "the message is blank"
    case .notUTF8(let offset): "the message isn't valid UTF-8 (byte \(offset))"
    }
  }
}

/// A text that can be sent: UTF-8, and not blank. It is never normalised and never cut.
public enum MessageText {
  /// Checks a text that is known to be UTF-8.
  public static func checked(_ text: String) throws(MessageTextError) -> String {
    guard !text.isEmpty else { throw .empty }
    guard !text.isBlank else { throw .blank }
    return text
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

extension MessageTextError {
  /// One for each case.
  package static var examples: [Self] { [.empty, .blank, .notUTF8(offset: 7)] }
}
