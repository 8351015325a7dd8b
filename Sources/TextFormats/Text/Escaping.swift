// How to write a text in another language: that of a terminal, a shell, or a URL.

extension String {
  /// The text with escapes for everything that moves the cursor, breaks a line, changes text direction, or is
  /// invisible.
  ///
  /// These are `\n`, `\r`, `\t`, `\x1b` and so on for other C0 and C1 controls, and `\u{202e}` and so on for line and
  /// paragraph separators, directional marks, embeddings, overrides and isolates, and anything without width,
  /// including tags. Joiners and variation selectors that are part of emoji are kept. A `\` stays as it is: this is
  /// for reading, not for decoding.
  public var escapingControls: String {
    guard unicodeScalars.contains(where: { $0.controlEscape != nil }) else { return self }
    var escaped = String.UnicodeScalarView()
    let scalars = Array(unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      if let escape = scalar.controlEscape, !scalars.hasEmojiPart(at: index) {
        escaped += escape.unicodeScalars
      } else {
        escaped.append(scalar)
      }
    }
    return String(escaped)
  }

  /// The text as one word of a POSIX shell, quoted only if necessary.
  public var shellQuoted: String {
    guard isEmpty || !isShellLiteral else { return self }
    // By scalars: as a character, a quote followed by a combining accent is not a quote.
    let parts = unicodeScalars.split(separator: "'", omittingEmptySubsequences: false)
    return "'\(parts.map { String($0) }.joined(separator: #"'\''"#))'"
  }

  /// Whether a POSIX shell takes each of its bytes literally; true for an empty text, which isn't a word.
  package var isShellLiteral: Bool {
    utf8.allSatisfy { byte in
      switch byte {
      case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".", "/", "+", ",", ":", "@", "%", "=": true
      default: false
      }
    }
  }
}

extension Unicode.Scalar {
  fileprivate var controlEscape: String? {
    switch self {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}": "\\x\(UInt8(truncatingIfNeeded: value).hexadecimal)"
    case _ where isUnseen: "\\u{\(String(value, radix: 16))}"
    default: nil
    }
  }

  /// Whether it is a line separator or a default ignorable code point (Unicode 5.21) that is not a letter: directional
  /// marks, joiners, tags and selectors.
  private var isUnseen: Bool {
    switch self {
    case "\0"..."\u{AC}": false
    case "\u{AD}", "\u{61C}", "\u{180B}"..."\u{180F}", "\u{200B}"..."\u{200F}", "\u{2028}"..."\u{202E}",
      "\u{2060}"..."\u{206F}", "\u{FE00}"..."\u{FE0F}", "\u{FEFF}", "\u{FFF9}"..."\u{FFFB}",
      "\u{1D173}"..."\u{1D17A}", "\u{E0000}"..."\u{E0FFF}":
      true
    default: false
    }
  }
}

extension [Unicode.Scalar] {
  /// Whether there is a joiner between two emoji, a selector after a character with two presentations, or a tag in
  /// the flag of a region such as Wales.
  fileprivate func hasEmojiPart(at index: Int) -> Bool {
    guard index > 0 else { return false }
    switch self[index] {
    case "\u{FE0E}", "\u{FE0F}": return self[index - 1].properties.isEmoji
    case "\u{200D}":
      guard index + 1 < count, self[index + 1].isPictograph else { return false }
      return self[index - 1].isPictograph || self[index - 1] == "\u{FE0F}"
    case "\u{E0030}"..."\u{E007F}": return isInRegionFlag(index)
    default: return false
    }
  }

  /// Whether this tag belongs to the flag of England, Scotland or Wales (a black flag with tags); others are invisible.
  private func isInRegionFlag(_ index: Int) -> Bool {
    guard let flag = self[..<index].lastIndex(of: "\u{1F3F4}") else { return false }
    let tags = self[(flag + 1)...].prefix(6).compactMap { Unicode.Scalar($0.value &- 0xE0000) }
    let region = String(String.UnicodeScalarView(tags))
    return index <= flag + 6 && ["gbeng\u{7F}", "gbsct\u{7F}", "gbwls\u{7F}"].contains(region)
  }
}

extension Unicode.Scalar {
  /// Whether it is an emoji or a skin tone modifier; digits are emoji only with a selector.
  fileprivate var isPictograph: Bool { value > 0xFF && properties.isEmoji }
}

extension [UInt8] {
  /// Appends a text as a name or value of `application/x-www-form-urlencoded` (WHATWG URL, 5.2; a space as `+`).
  public mutating func appendFormEncoded(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 3 * bytes.count) { encoded in
        var count = 0
        for byte in bytes { count += byte.writeFormEncoded(to: encoded, at: count) }
        append(contentsOf: UnsafeBufferPointer(rebasing: encoded[..<count]))
      }
    }
  }
}

extension UInt8 {
  /// Whether it is unescaped in a form.
  fileprivate var isFormLiteral: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9", "*", "-", ".", "_": true
    default: false
    }
  }

  /// Writes it as encoded in a form; returns the number of bytes written.
  @inline(__always)
  fileprivate func writeFormEncoded(to bytes: UnsafeMutableBufferPointer<UInt8>, at index: Int) -> Int {
    if isFormLiteral || " " ~= self {
      bytes[index] = isFormLiteral ? self : UInt8(ascii: "+")
      return 1
    }
    bytes[index] = UInt8(ascii: "%")
    bytes[index + 1] = (self >> 4).uppercaseDigit
    bytes[index + 2] = (self & 15).uppercaseDigit
    return 3
  }

  /// This number, below 16, as a hexadecimal digit.
  fileprivate var uppercaseDigit: UInt8 {
    self < 10 ? UInt8(ascii: "0") + self : UInt8(ascii: "A") + self - 10
  }
}

extension Collection<UInt8> {
  /// The bytes with percent-encoding decoded (WHATWG URL, 1.3); a `%` without two hexadecimal digits is literal.
  public func percentDecoded() -> [UInt8] {
    var decoded: [UInt8] = []
    var rest = self[...]
    while let byte = rest.popFirst() {
      let digits = "%" ~= byte ? rest.prefix(2).compactMap(\.hexadecimalDigit) : []
      if digits.count == 2 {
        decoded.append(digits[0] << 4 | digits[1])
        rest = rest.dropFirst(2)
      } else {
        decoded.append(byte)
      }
    }
    return decoded
  }

  /// A name or value of `application/x-www-form-urlencoded`, decoded (WHATWG URL, 5.1): also turns `+` into a space.
  public func formDecoded() -> [UInt8] {
    map { "+" ~= $0 ? 0x20 : $0 }.percentDecoded()
  }
}

extension String {
  /// The text with any user name and password in a URL (RFC 3986, 3.2.1) replaced by asterisks.
  ///
  /// Meant for error messages about URLs, so it makes no assumptions: the scheme may be missing, the `@` may be
  /// encoded, and the port may not be a number.
  package var hidingUserInformation: String {
    split(separator: "\n", omittingEmptySubsequences: false).map(\.hidingUserInformation).joined(separator: "\n")
  }
}

extension Substring {
  /// The same for one line.
  fileprivate var hidingUserInformation: String {
    guard contains(":") else { return String(self) }
    let at = [lastIndex(of: "@"), ranges(of: "%40").last?.lowerBound].compactMap(\.self).max()
    guard let scheme = firstRange(of: "://") else { return hidingUserInformation(before: at) }
    if let at, at > scheme.upperBound { return "\(self[..<scheme.upperBound])********\(self[at...])" }
    let rest = self[scheme.upperBound...]
    let authority = rest.prefix { !"/?#\"' \t,)".contains($0) }
    guard authority.hasOddPort else { return String(self) }
    return "\(self[..<scheme.upperBound])********\(rest[authority.endIndex...])"
  }

  /// Hides `user:password` before an `@`; a proxy needs no scheme.
  private func hidingUserInformation(before at: Index?) -> String {
    guard let at else { return String(self) }
    let start = self[..<at].lastIndex { $0.isWhitespace || "\"'".contains($0) }.map(index(after:)) ?? startIndex
    guard self[start..<at].contains(":") else { return String(self) }
    return "\(self[..<start])********\(self[at...])"
  }

  /// Whether what is in the position of the port is not a number, as in `user:password`.
  private var hasOddPort: Bool {
    let host = first == "[" ? drop { $0 != "]" } : self
    guard let colon = host.firstIndex(of: ":") else { return false }
    return !host[colon...].dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
  }
}
