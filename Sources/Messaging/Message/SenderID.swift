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
