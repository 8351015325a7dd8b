import Application
import Configuration
import Messaging
import Platform
import TextFormats

/// The recipients of a mail: addresses that are phone numbers, and the user's fallback number for all others.
struct MailRecipients {
  private let context: Context
  private let settings: Settings
  /// Numbers, separated by commas, for addresses that aren't phone numbers; nil for none.
  private let fallback: String?
  private let isFallbackTyped: Bool

  /// `fallback` overrides the setting `sendmail_to`.
  init(_ context: Context, _ settings: Settings, fallback: String?) {
    (self.context, self.settings) = (context, settings)
    self.fallback = fallback ?? settings.string(CommonSettings.sendmailTo.name)
    isFallbackTyped = fallback != nil
  }

  /// The numbers without duplicates. If there are no addresses, the fallback alone.
  func numbers(of addresses: [String]) throws -> [PhoneNumber] {
    guard !addresses.isEmpty || fallback != nil else {
      throw Failure.noRecipient
    }
    var numbers: [PhoneNumber] = []
    for number in try addresses.isEmpty ? fallbackNumbers("") : addresses.flatMap(numbers(of:))
    where !numbers.contains(number) {
      numbers.append(number)
    }
    return numbers
  }

  private func numbers(of address: String) throws -> [PhoneNumber] {
    guard let text = Self.number(in: address) else { return try fallbackNumbers(address) }
    do {
      return [try context.phoneNumber(text, of: "recipient", settings)]
    } catch let error as any UserError {
      throw Failure(error, as: .noUser)
    }
  }

  private func fallbackNumbers(_ address: String) throws -> [PhoneNumber] {
    guard let fallback else {
      throw Failure.notANumber(address)
    }
    do {
      let name = isFallbackTyped ? "--to" : CommonSettings.sendmailTo.name
      return try fallback.split(separator: ",", omittingEmptySubsequences: false).map { number in
        try context.phoneNumber(String(number), of: name, settings)
      }
    } catch let error as any UserError {
      throw Failure(error, as: isFallbackTyped ? .usage : .configuration)
    }
  }

  /// The phone number in a mail address, in a form that can be parsed; nil for any other address.
  ///
  /// `+` and digits are a phone number at any domain. Digits without `+` are a phone number only if there is no
  /// domain, or if it is `sms`, where they are an international number. At any other domain, they are the name of a
  /// mailbox.
  static func number(in address: String) -> String? {
    let parts = address.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let (local, domain) = (parts[0], parts.count > 1 ? parts[1].lowercased() : nil)
    let digits = local.utf8.count { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    guard digits > 0, local.unicodeScalars.allSatisfy({ "+0123456789-. ()/".unicodeScalars.contains($0) }) else {
      return nil
    }
    if local.hasPrefix("+") { return local }
    switch domain {
    case nil: return local
    case "sms": return local.hasPrefix("00") ? local : "+\(local)"
    default: return nil
    }
  }
}

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
