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

/// The body of an email, or a part of one (RFC 2045 and 2046).
struct MIMEPart {
  /// Limits on the depth and number of parts, which texts written by people don't reach.
  private static let deepest = 12
  private static let mostParts = 100

  private let headers: MailHeaders
  private let body: ArraySlice<UInt8>
  private let type: ParameterizedValue

  init(_ headers: MailHeaders, _ body: ArraySlice<UInt8>) {
    (self.headers, self.body) = (headers, body)
    type = ParameterizedValue(headers["content-type"] ?? Array("text/plain".utf8))
  }

  private init(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    let headers = MailHeaders(readingFrom: &rest)
    self.init(headers, rest)
  }

  /// The text for people; nil if there is none.
  func text(_ decode: MailMessage.Decoder) -> String? { text(decode, depth: 0) }

  private func text(_ decode: MailMessage.Decoder, depth: Int) -> String? {
    guard depth < Self.deepest else { return nil }
    switch type.value.split(separator: "/").first {
    case "multipart":
      let parts = parts
      guard !parts.isEmpty else { return plainText(decode) }
      if type.value == "multipart/alternative" { return Self.best(of: parts, decode, depth: depth + 1) }
      let texts = parts.filter { !$0.isAttachment }.compactMap { $0.text(decode, depth: depth + 1) }
      return texts.isEmpty ? nil : texts.joined(separator: "\n")
    case "message" where type.value == "message/rfc822": return MIMEPart(body).text(decode, depth: depth + 1)
    case "text" where type.value == "text/html": return HTMLText.text(of: decodedText(decode))
    case "text" where type.value != "text/calendar": return plainText(decode)
    case nil: return plainText(decode)
    default: return nil
    }
  }

  /// The plain version of a text in several forms, if there is one.
  private static func best(of parts: [MIMEPart], _ decode: MailMessage.Decoder, depth: Int) -> String? {
    for part in parts where part.type.value == "text/plain" {
      if let text = part.text(decode, depth: depth), !text.trimmingBlanks.isEmpty { return text }
    }
    for part in parts where part.type.value != "text/plain" {
      if let text = part.text(decode, depth: depth) { return text }
    }
    return nil
  }

  private var isAttachment: Bool {
    headers["content-disposition"].map { ParameterizedValue($0).value == "attachment" } ?? false
  }

  /// The parts between the boundaries; the last one may lack its closing boundary.
  private var parts: [MIMEPart] {
    guard let boundary = type.parameters["boundary"], !boundary.isEmpty else { return [] }
    let delimiter = Array("--\(boundary)".utf8)
    var parts: [MIMEPart] = []
    var (rest, start) = (body, Int?.none)
    while !rest.isEmpty {
      let lineStart = rest.startIndex
      let line = rest.takeLine()
      guard line.starts(with: delimiter) else { continue }
      let behind = line.dropFirst(delimiter.count).trimmingBlanks
      guard behind.isEmpty || behind.elementsEqual("--".utf8) else { continue }
      if let start { parts.append(MIMEPart(body[start..<lineStart])) }
      start = behind.isEmpty ? rest.startIndex : nil
      if start == nil || parts.count == Self.mostParts { return parts }
    }
    if let start { parts.append(MIMEPart(body[start...])) }
    return parts
  }
}

// MARK: - Text

extension MIMEPart {
  private func plainText(_ decode: MailMessage.Decoder) -> String {
    let isFlowed = type.parameters["format"]?.lowercased() == "flowed"
    return Self.withoutSignature(decodedText(decode), isFlowed: isFlowed)
  }

  private func decodedText(_ decode: MailMessage.Decoder) -> String {
    let encoding = headers["content-transfer-encoding"].map { ParameterizedValue($0).value }
    let bytes =
      switch encoding {
      case "quoted-printable": TransferEncoding.quotedPrintable(body)
      case "base64": TransferEncoding.base64(body)
      default: Array(body)
      }
    return decode(bytes, type.parameters["charset"]?.lowercased() ?? "utf-8")
  }

  /// Lines up to the signature, with lines that were wrapped joined again (RFC 3676, 4.1 and 4.3).
  private static func withoutSignature(_ text: String, isFlowed: Bool) -> String {
    var joined: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let line = rest.takeLine()
      if line.elementsEqual("-- ".utf8) { break }
      joined += line
      if !isFlowed || line.last != UInt8(ascii: " ") { joined.append(0x0A) }
    }
    return String(decoding: joined, as: UTF8.self)
  }
}

/// Decodes the ASCII encodings of a part's bytes (RFC 2045, 6). Anything invalid is kept as is, or dropped if it
/// can't mean anything.
enum TransferEncoding {
  /// With soft line breaks removed.
  static func quotedPrintable(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var decoded: [UInt8] = []
    var rest = bytes
    while !rest.isEmpty {
      var line = rest.takeLine()
      while line.last == 0x20 || line.last == 0x09 { line = line.dropLast() }
      let isSoft = line.last == UInt8(ascii: "=")
      decoded += hexadecimal(isSoft ? line.dropLast() : line)
      if !isSoft { decoded.append(0x0A) }
    }
    return decoded
  }

  /// With `=` and two hexadecimal digits per byte.
  static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var decoded: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      let digits = "=" ~= byte ? rest.prefix(2).compactMap(\.hexadecimalDigit) : []
      decoded.append(digits.count == 2 ? digits[0] << 4 | digits[1] : byte)
      if digits.count == 2 { rest = rest.dropFirst(2) }
    }
    return decoded
  }

  /// Base64; other characters are skipped.
  static func base64(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var decoded: [UInt8] = []
    var (bits, count) = (0, 0)
    for byte in bytes {
      if "=" ~= byte { (bits, count) = (0, 0) }
      guard let value = value(ofDigit: byte) else { continue }
      (bits, count) = (bits << 6 | value, count + 6)
      if count >= 8 {
        count -= 8
        decoded.append(UInt8(truncatingIfNeeded: bits >> count))
        bits &= (1 << count) - 1
      }
    }
    return decoded
  }

  private static func value(ofDigit byte: UInt8) -> Int? {
    switch byte {
    case "A"..."Z": Int(byte) - 65
    case "a"..."z": Int(byte) - 71
    case "0"..."9": Int(byte) + 4
    case "+": 62
    case "/": 63
    default: nil
    }
  }
}
