/// The content of an email (RFC 5322, MIME) needed for a text message: recipients, subject and text.
///
/// Nothing in it is an error: unreadable parts are left out, and input without headers is a text. Takes time and
/// memory proportional to the length of the input.
package struct MailMessage {
  /// Decodes bytes in a character set; `charset` is the name in the email, and may be anything.
  package typealias Decoder = (_ bytes: [UInt8], _ charset: String) -> String

  /// Every email has some of these; if none are present, apparent headers are part of the text.
  private static let usualHeaders: Set<String> = [
    "from", "to", "cc", "bcc", "subject", "date", "message-id", "sender", "reply-to", "mime-version", "content-type",
    "content-transfer-encoding", "received", "return-path", "delivered-to", "auto-submitted", "x-cron-env",
  ]

  private let headers: MailHeaders
  private let part: MIMEPart
  private let decode: Decoder

  package init(_ bytes: [UInt8], decode: @escaping Decoder) {
    var rest = bytes[...]
    let headers = MailHeaders(readingFrom: &rest)
    self.decode = decode
    if headers.hasAny(of: Self.usualHeaders) {
      (self.headers, part) = (headers, MIMEPart(headers, rest))
    } else {
      var none: ArraySlice<UInt8> = []
      self.headers = MailHeaders(readingFrom: &none)
      part = MIMEPart(self.headers, bytes[...])
    }
  }

  /// On one line; nil if there is none.
  package var subject: String? {
    headers["subject"].map { HeaderText.decoded($0, decode) }.map { $0.tidyLines.joined(separator: " ") }
      .flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Without signature, blank lines and repeated spaces; empty if there is none.
  package var text: String {
    let lines = part.text(decode)?.tidyLines ?? []
    return lines.joined(separator: "\n")
  }

  /// The addresses in `To`, `Cc` and `Bcc`, such as `root` or `ada@example.com`.
  package var recipients: [String] {
    ["to", "cc", "bcc"].flatMap { headers.all($0) }.flatMap { MailAddresses.read($0) }
  }

  /// Identifies the email globally; nil if there is none.
  package var messageID: String? {
    headers["message-id"].map { String(decoding: $0, as: UTF8.self).trimmingBlanks }.flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension String {
  /// The lines with content, without invisible characters and repeated spaces.
  fileprivate var tidyLines: [String] {
    var lines: [String] = []
    var line = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar {
      case "\n", "\u{2028}", "\u{2029}":
        lines.append(String(line))
        line = String.UnicodeScalarView()
      case " ", "\t", "\r", "\u{A0}": if line.last != " ", !line.isEmpty { line.append(" ") }
      case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{34F}", "\u{AD}", "\u{200B}"..."\u{200F}", "\u{202A}"..."\u{202E}",
        "\u{2060}"..."\u{206F}", "\u{FEFF}":
        break
      default: line.append(scalar)
      }
    }
    lines.append(String(line))
    return lines.map(\.trimmingBlanks).filter { !$0.isEmpty }
  }
}
