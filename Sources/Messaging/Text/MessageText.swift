import TextFormats

/// Why bytes are no text to send.
public enum MessageTextError: Error, Hashable, Sendable {
  case empty
  /// Nothing but white space.
  case blank
  /// The byte at this offset, counted from 0, doesn't belong to UTF-8.
  case notUTF8(offset: Int)
}

/// A text that can be sent: UTF-8, and not blank. It is never normalised and never cut.
public enum MessageText {
  /// Checks a text that is known to be UTF-8.
  public static func checked(_ text: String) throws(MessageTextError) -> String {
    guard !text.isEmpty else { throw .empty }
    guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else { throw .blank }
    return text
  }
}
