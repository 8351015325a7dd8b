import Messaging
import Platform
import TextFormats

/// Converts a mail to the text of a message.
enum MailText {
  private static let ellipsis = "..."
  /// GSM 03.38 characters per segment of a multi-segment message: no encoding has more.
  private static let mostInSegment = 153

  /// The subject and the text, cut to `segments`; nil if there is neither.
  static func text(of mail: MailMessage, segments: Int) -> String? {
    let lines = [mail.subject, mail.text.isEmpty ? nil : mail.text].compactMap(\.self)
    guard !lines.isEmpty else { return nil }
    var changes = GSMChanges()
    // A single typographic quote would reduce the length to less than half.
    return cut(GSMText.replacing(lines.joined(separator: "\n"), noting: &changes), to: segments)
  }

  /// The text if it fits, or else its start followed by dots.
  private static func cut(_ text: String, to segments: Int) -> String {
    let characters = Array(text.prefix(segments * mostInSegment + mostInSegment))
    let fits = { (text: String) in Segmentation(of: text).segments <= segments }
    if characters.count == text.count, fits(text) { return text }
    var (low, high) = (0, characters.count)
    while low < high {
      let middle = (low + high + 1) / 2
      if fits(String(characters[..<middle]) + ellipsis) { low = middle } else { high = middle - 1 }
    }
    return String(characters[..<low]) + ellipsis
  }

  /// Decodes bytes that are declared to be in a character set. Declarations can be wrong, and a warning must not be
  /// lost because of that: text that isn't valid in the set is decoded as UTF-8, or else as windows-1252. Text
  /// declared as Latin-1 is decoded as windows-1252, as in browsers (WHATWG Encoding), because Outlook declares
  /// typographic quotes as Latin-1.
  static func decode(_ bytes: [UInt8], _ charset: String) -> String {
    let name = charset.lowercased()
    let isUnicode = ["", "utf-8", "utf8", "us-ascii", "ascii"].contains(name)
    let isLatin = ["iso-8859-1", "iso8859-1", "latin1"].contains(name)
    if !isUnicode, let text = converted(bytes, isLatin ? "cp1252" : name) { return text }
    if let text = String(utf8: bytes) { return text }
    return converted(bytes, "cp1252") ?? String(String.UnicodeScalarView(bytes.map(Unicode.Scalar.init)))
  }

  /// Nil if the system doesn't know the character set, or the bytes aren't valid in it. Omits an incomplete
  /// character at the end.
  private static func converted(_ bytes: [UInt8], _ charset: String) -> String? {
    let isName = charset.utf8.allSatisfy { $0.isLetterOrDigit || "-_.:+".utf8.contains($0) }
    guard isName, let conversion = TextConversion(from: charset), let text = conversion.convert(bytes) else {
      return nil
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}
