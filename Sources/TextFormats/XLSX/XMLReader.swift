/// Reads the elements and texts of an XML document in order, supporting as much of XML as spreadsheets use.
///
/// Namespace prefixes are dropped, and comments, declarations and processing instructions are skipped. A malformed
/// document ends early, and `isWhole` is then false.
struct XMLReader {
  enum Token: Equatable {
    /// An opening tag; also for an empty element, followed by its `close`.
    case open(String, [String: String])
    case close(String)
    case text(String)
  }

  private let bytes: [UInt8]
  private var index = 0
  /// The number of open elements; nil before the first.
  private var depth: Int?
  /// The end of an empty element, to be returned next.
  private var pendingClose: String?

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Whether the root element was read to its end.
  var isWhole: Bool { depth == 0 }

  /// The next token; nil at the end.
  mutating func next() -> Token? {
    let token = readToken()
    switch token {
    case .open: depth = (depth ?? 0) + 1
    case .close: depth = depth.map { $0 - 1 }
    case .text, nil: break
    }
    return token
  }

  private mutating func readToken() -> Token? {
    if let name = pendingClose {
      pendingClose = nil
      return .close(name)
    }
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "<") else { return text() }
      if starts(with: "<![CDATA[") { return characterData() }
      if starts(with: "<!--") {
        skip(past: "-->")
      } else if starts(with: "<?") || starts(with: "<!") {
        skip(past: ">")
      } else {
        return tag()
      }
    }
    return nil
  }

  /// The text up to the end of the element just opened, without that of elements named in `skipping`.
  mutating func textContent(of name: String, skipping: Set<String> = []) -> String {
    var content = ""
    var skipped: String?
    while let token = next(), token != .close(name) {
      switch token {
      case .open(let inner, _) where skipping.contains(inner): skipped = skipped ?? inner
      case .close(let inner) where inner == skipped: skipped = nil
      case .text(let text): if skipped == nil { content += text }
      default: break
      }
    }
    return content
  }
}

extension XMLReader {
  private func starts(with prefix: StaticString) -> Bool {
    let count = prefix.utf8CodeUnitCount
    guard index + count <= bytes.count else { return false }
    return bytes[index..<index + count].elementsEqual(UnsafeBufferPointer(start: prefix.utf8Start, count: count))
  }

  private mutating func skip(past end: StaticString) {
    while index < bytes.count, !starts(with: end) { index += 1 }
    index = min(bytes.count, index + end.utf8CodeUnitCount)
  }

  private mutating func text() -> Token {
    let end = bytes[index...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
    defer { index = end }
    return .text(Self.unescaped(bytes[index..<end]))
  }

  private mutating func characterData() -> Token {
    let start = index + 9
    skip(past: "]]>")
    return .text(
      String(decoding: bytes[min(start, bytes.count)..<max(min(start, bytes.count), index - 3)], as: UTF8.self))
  }

  private mutating func tag() -> Token? {
    guard let end = endOfTag() else {
      index = bytes.count
      return nil
    }
    var content = bytes[index + 1..<end]
    index = end + 1
    if content.first == UInt8(ascii: "/") { return .close(Self.localName(content.dropFirst())) }
    let isEmpty = content.last == UInt8(ascii: "/")
    if isEmpty { content = content.dropLast() }
    let nameEnd = content.firstIndex { $0.isJSONWhitespace } ?? content.endIndex
    let name = Self.localName(content[..<nameEnd])
    if isEmpty { pendingClose = name }
    return .open(name, Self.attributes(content[nameEnd...]))
  }

  /// The end of the tag that starts here, its `>`; one in quotes is part of a value.
  private func endOfTag() -> Int? {
    var quote: UInt8?
    for position in index..<bytes.count {
      let byte = bytes[position]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return position
      }
    }
    return nil
  }

  private static func attributes(_ bytes: ArraySlice<UInt8>) -> [String: String] {
    var attributes: [String: String] = [:]
    var rest = bytes
    while let equals = rest.firstIndex(of: UInt8(ascii: "=")) {
      let name = localName(rest[..<equals])
      let value = rest[(equals + 1)...].drop(while: \.isJSONWhitespace)
      guard let quote = value.first, let end = value.dropFirst().firstIndex(of: quote) else { break }
      attributes[name] = unescaped(value.dropFirst().prefix(upTo: end))
      rest = rest[(end + 1)...]
    }
    return attributes
  }

  /// The name without its prefix and surrounding white space.
  private static func localName(_ bytes: ArraySlice<UInt8>) -> String {
    let name = bytes.filter { !$0.isJSONWhitespace }
    let start = name.lastIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? 0
    return String(decoding: name[start...], as: UTF8.self)
  }

  private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
    var text: [UInt8] = []
    var rest = bytes
    while let start = rest.firstIndex(of: UInt8(ascii: "&")) {
      text += rest[..<start]
      guard let end = rest[start...].firstIndex(of: UInt8(ascii: ";")),
        let character = character(named: rest[(start + 1)..<end])
      else {
        text.append(UInt8(ascii: "&"))
        rest = rest[(start + 1)...]
        continue
      }
      text += String(character).utf8
      rest = rest[(end + 1)...]
    }
    return String(decoding: text + rest, as: UTF8.self)
  }

  private static func character(named name: ArraySlice<UInt8>) -> Unicode.Scalar? {
    switch String(decoding: name, as: UTF8.self) {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    case let name where name.hasPrefix("#x"): return UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
    case let name where name.hasPrefix("#"): return UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init)
    default: return nil
    }
  }
}
