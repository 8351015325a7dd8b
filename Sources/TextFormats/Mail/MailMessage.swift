/// An email (RFC 5322, MIME) as far as a text message is made of it: who it is for, its subject, and its text.
///
/// Nothing in it is an error: what can't be read is left out, and an input without headers is a text. It is read in time
/// and memory proportional to its length.
package struct MailMessage {
  /// The text of bytes in a character set; `charset` is as the email names it, and may be anything.
  package typealias Decoder = (_ bytes: [UInt8], _ charset: String) -> String

  /// Some of these are in every email; without any, what looks like headers is text.
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

  /// On one line; nil without one.
  package var subject: String? {
    headers["subject"].map { HeaderText.decoded($0, decode) }.map { $0.tidyLines.joined(separator: " ") }
      .flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Without a signature, blank lines, and spaces in a row; empty without one.
  package var text: String {
    let lines = part.text(decode)?.tidyLines ?? []
    return lines.joined(separator: "\n")
  }

  /// The addresses in `To`, `Cc` and `Bcc`, such as `root` or `ada@example.com`.
  package var recipients: [String] {
    ["to", "cc", "bcc"].flatMap { headers.all($0) }.flatMap { MailAddresses.read($0) }
  }

  /// Names the email wherever it is; nil without one.
  package var messageID: String? {
    headers["message-id"].map { String(decoding: $0, as: UTF8.self).trimmingBlanks }.flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension String {
  /// The lines that have something on them, without what isn't seen and spaces in a row.
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
