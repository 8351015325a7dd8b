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
