import Messaging
import Platform
import TextFormats

/// Makes a text message of a mail.
enum MailText {
  private static let ellipsis = "..."
  /// Characters of GSM 03.38 in each of several segments: no encoding takes more.
  private static let mostInSegment = 153

  /// Subject and text, cut to so many segments; nil where there is neither.
  static func text(of mail: MailMessage, segments: Int) -> String? {
    let lines = [mail.subject, mail.text.isEmpty ? nil : mail.text].compactMap(\.self)
    guard !lines.isEmpty else { return nil }
    var changes = GSMChanges()
    // One typographic quote would take as much room as half of the text.
    return cut(GSMText.replacing(lines.joined(separator: "\n"), noting: &changes), to: segments)
  }

  /// A text that fits as it is, or its start with dots behind it.
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

  /// The text of bytes that are said to be in a character set. Programs say wrong things, and a warning must not be lost
  /// over it: what is not in that set is taken for UTF-8, or else for Latin-1 as Windows has it. So is what says that it is
  /// Latin-1, as browsers do it (WHATWG Encoding): Outlook says so of its typographic quotes.
  static func decode(_ bytes: [UInt8], _ charset: String) -> String {
    let name = charset.lowercased()
    let isUnicode = ["", "utf-8", "utf8", "us-ascii", "ascii"].contains(name)
    let isLatin = ["iso-8859-1", "iso8859-1", "latin1"].contains(name)
    if !isUnicode, let text = converted(bytes, isLatin ? "cp1252" : name) { return text }
    if let text = String(utf8: bytes) { return text }
    return converted(bytes, "cp1252") ?? String(String.UnicodeScalarView(bytes.map(Unicode.Scalar.init)))
  }

  /// Nil where the system doesn't know the character set, or the bytes are not in it. A character that is cut off at the
  /// end is left out.
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
