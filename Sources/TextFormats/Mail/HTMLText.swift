/// The approximate text of an HTML page: what a person would read aloud.
enum HTMLText {
  static func text(of html: String) -> String {
    var reader = HTMLReader(Array(html.utf8))
    reader.read()
    return String(decoding: reader.text, as: UTF8.self)
  }
}

/// Reads the bytes once; tags end at the next `>`.
private struct HTMLReader: ByteReader {
  let bytes: [UInt8]
  var offset = 0
  private(set) var text: [UInt8] = []
  /// Whether there is no `>` left, so that any further `<` is text.
  private var hasNoMoreTags = false

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func read() {
    while let byte = next {
      switch byte {
      case "<" where !hasNoMoreTags: readTag()
      case "&": readEntity()
      default:
        offset += 1
        // Line breaks in the source are just spaces.
        text.append(byte.isLinearBlank ? 0x20 : byte)
      }
    }
  }

  private mutating func readTag() {
    if bytes[offset...].starts(with: "<!--".utf8) { return skip(past: "-->") }
    guard let end = bytes[offset...].firstIndex(of: UInt8(ascii: ">")) else {
      hasNoMoreTags = true
      return
    }
    let inside = bytes[(offset + 1)..<end]
    guard let first = inside.first, first.isLetter || "/!?".utf8.contains(first) else {
      text.append(bytes[offset])
      offset += 1
      return
    }
    offset = end + 1
    let isEnd = first == UInt8(ascii: "/")
    show(
      String(
        decoding: inside.drop { $0 == UInt8(ascii: "/") }.prefix { $0.isLetter || 0x30...0x39 ~= $0 }, as: UTF8.self
      )
      .lowercased(), isEnd: isEnd)
  }

  /// Adds to the text what a tag means.
  private mutating func show(_ name: String, isEnd: Bool) {
    switch name {
    case "script", "style", "head", "title", "svg", "template": if !isEnd { skip(past: "</\(name)") }
    case "li": text += isEnd ? "\n" : "\n- "
    case "td", "th": text += " "
    case "p", "div", "br", "tr", "ul", "ol", "dl", "dt", "dd", "table", "hr", "pre", "blockquote", "section", "article",
      "header", "footer", "h1", "h2", "h3", "h4", "h5", "h6":
      text += "\n"
    default: break
    }
  }

  /// Skips everything up to and including an ASCII text, ignoring case; everything if it doesn't occur.
  private mutating func skip(past end: String) {
    let end = Array(end.utf8)
    while offset < bytes.count {
      let candidate = bytes[offset...].prefix(end.count)
      offset += 1
      guard candidate.count == end.count else { continue }
      if zip(candidate, end).allSatisfy({ $0 == $1 || $0.isLetter && $0 | 0x20 == $1 }) {
        offset += end.count - 1
        // The rest of an end tag.
        if end.last != UInt8(ascii: ">") {
          skip(while: { $0 != UInt8(ascii: ">") }); offset = min(offset + 1, bytes.count)
        }
        return
      }
    }
  }
}

// MARK: - Entities

extension HTMLReader {
  private static let longestEntity = 10
  private static let named: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ensp": " ", "emsp": " ", "thinsp": " ",
    "ndash": "–", "mdash": "—", "hellip": "…", "bull": "•", "middot": "·", "lsquo": "‘", "rsquo": "’", "ldquo": "“",
    "rdquo": "”", "laquo": "«", "raquo": "»", "euro": "€", "pound": "£", "yen": "¥", "cent": "¢", "copy": "©",
    "reg": "®", "trade": "™", "deg": "°", "plusmn": "±", "times": "×", "auml": "ä", "ouml": "ö", "uuml": "ü",
    "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "eacute": "é", "egrave": "è", "agrave": "à", "ccedil": "ç",
    "ntilde": "ñ", "aring": "å", "oslash": "ø", "aelig": "æ", "zwnj": "\u{200C}", "zwj": "\u{200D}",
  ]

  /// Reads `&name;`, `&#233;` or `&#xE9;`; anything else is text.
  private mutating func readEntity() {
    let window = bytes[(offset + 1)...].prefix(Self.longestEntity)
    guard let end = window.firstIndex(of: UInt8(ascii: ";")),
      let scalar = Self.scalar(String(decoding: window[..<end], as: UTF8.self))
    else {
      text.append(bytes[offset])
      offset += 1
      return
    }
    text.append(text: String(scalar))
    offset = end + 1
  }

  private static func scalar(_ name: String) -> Unicode.Scalar? {
    guard name.hasPrefix("#") else { return named[name] }
    let digits = name.dropFirst()
    let isHexadecimal = digits.first == "x" || digits.first == "X"
    guard let number = UInt32(isHexadecimal ? digits.dropFirst() : digits, radix: isHexadecimal ? 16 : 10) else {
      return nil
    }
    return Unicode.Scalar(number)
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool { 0x61...0x7A ~= self | 0x20 }
}
