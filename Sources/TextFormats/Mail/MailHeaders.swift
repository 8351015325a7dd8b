/// The header fields of an email or of a part of one (RFC 5322, 2.2), unfolded.
struct MailHeaders {
  /// A limit that no program reaches.
  private static let most = 1000

  private var fields: [(name: String, value: [UInt8])] = []

  /// Takes the header fields and the empty line after them from the start of `rest`; lines end with LF or CRLF.
  ///
  /// A line that can't be a header field also ends them, but is not taken.
  init(readingFrom rest: inout ArraySlice<UInt8>) {
    // A separator that mailboxes put before each email.
    if rest.starts(with: "From ".utf8) { _ = rest.takeLine() }
    while !rest.isEmpty, fields.count < Self.most {
      let before = rest
      let line = rest.takeLine()
      if line.isEmpty { return }
      guard add(line) else {
        rest = before
        return
      }
    }
  }

  /// Whether the line is a header field, or continues the one before it.
  private mutating func add(_ line: ArraySlice<UInt8>) -> Bool {
    if line.first?.isLinearBlank == true, !fields.isEmpty {
      fields[fields.count - 1].value += line
      return true
    }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return false }
    let name = line[..<colon].trimmingBlanks
    guard !name.isEmpty, name.allSatisfy({ 0x21...0x7E ~= $0 }) else { return false }
    fields.append((String(decoding: name, as: UTF8.self).lowercased(), Array(line[(colon + 1)...].trimmingBlanks)))
    return true
  }

  /// Whether any of these fields is present; names are in lowercase.
  func hasAny(of names: Set<String>) -> Bool { fields.contains { names.contains($0.name) } }

  /// The first field with that name, as written.
  subscript(name: String) -> [UInt8]? { fields.first { $0.name == name }?.value }

  /// All fields with that name.
  func all(_ name: String) -> [[UInt8]] { fields.filter { $0.name == name }.map(\.value) }
}

/// A value with parameters, such as `text/plain; charset="utf-8"` (RFC 2045, 5.1).
struct ParameterizedValue {
  /// The text before the parameters, in lowercase.
  private(set) var value = ""
  /// By name in lowercase; only the first of each counts.
  private(set) var parameters: [String: String] = [:]

  init(_ bytes: [UInt8]) {
    for (index, part) in Self.parts(of: bytes).enumerated() {
      let text = String(decoding: part.trimmingBlanks, as: UTF8.self)
      if index == 0 {
        value = text.lowercased()
      } else if let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) {
        let name = String(text[..<equals]).trimmingBlanks.lowercased()
        if parameters[name] == nil { parameters[name] = Self.unquoted(text[equals...].dropFirst()) }
      }
    }
  }

  /// The parts between semicolons outside quotes.
  private static func parts(of bytes: [UInt8]) -> [[UInt8]] {
    var parts: [[UInt8]] = [[]]
    var isQuoted = false
    for byte in bytes {
      if "\"" ~= byte { isQuoted.toggle() }
      if ";" ~= byte, !isQuoted { parts.append([]) } else { parts[parts.count - 1].append(byte) }
    }
    return parts
  }

  private static func unquoted(_ text: Substring) -> String {
    let text = String(text).trimmingBlanks
    guard text.utf8.first == UInt8(ascii: "\"") else { return text }
    return text.filter { $0 != "\"" && $0 != "\\" }
  }
}

extension ArraySlice<UInt8> {
  /// Removes the next line, and returns it without its line break.
  mutating func takeLine() -> ArraySlice<UInt8> {
    let end = firstIndex(of: 0x0A) ?? endIndex
    let line = self[startIndex..<end]
    self = self[end...].dropFirst()
    return line.last == 0x0D ? line.dropLast() : line
  }

  /// Without leading and trailing spaces and tabs.
  var trimmingBlanks: ArraySlice<UInt8> {
    guard let first = firstIndex(where: { !$0.isLinearBlank }), let last = lastIndex(where: { !$0.isLinearBlank })
    else {
      return []
    }
    return self[first...last]
  }
}

extension [UInt8] {
  var trimmingBlanks: ArraySlice<UInt8> { self[...].trimmingBlanks }
}

extension String {
  /// Without leading and trailing spaces, tabs and line breaks.
  var trimmingBlanks: String { String(decoding: Array(utf8).trimmingBlanks, as: UTF8.self) }
}

extension UInt8 {
  /// Whether it is a space or tab, or part of a line break.
  var isLinearBlank: Bool { self == 0x20 || 0x09...0x0D ~= self }
}

/// The text of a header field that may contain encoded words such as `=?utf-8?B?R3LDvMOfZQ==?=` (RFC 2047).
enum HeaderText {
  private struct Word {
    var charset: String
    var bytes: [UInt8]
  }

  /// The text. Adjacent words in the same character set are decoded together, as some programs split characters.
  static func decoded(_ value: [UInt8], _ decode: MailMessage.Decoder) -> String {
    var text = ""
    var word: Word?
    var plain: [UInt8] = []
    var rest = value[...]
    while !rest.isEmpty {
      if let next = takeWord(&rest) {
        // Blanks between two encoded words are not part of the text.
        if word != nil, plain.allSatisfy(\.isLinearBlank) { plain = [] }
        if let last = word, plain.isEmpty, last.charset == next.charset {
          word?.bytes += next.bytes
        } else {
          flush(&word, &plain, to: &text, decode)
          word = next
        }
      } else if let byte = rest.popFirst() {
        plain.append(byte)
      }
    }
    flush(&word, &plain, to: &text, decode)
    return text
  }

  private static func flush(
    _ word: inout Word?, _ plain: inout [UInt8], to text: inout String, _ decode: MailMessage.Decoder
  ) {
    if let word { text += decode(word.bytes, word.charset) }
    if !plain.isEmpty { text += decode(plain, "utf-8") }
    (word, plain) = (nil, [])
  }

  /// Takes an encoded word from the start, if there is one. The limit is 75 characters, but some programs write more.
  private static func takeWord(_ rest: inout ArraySlice<UInt8>) -> Word? {
    guard rest.starts(with: "=?".utf8) else { return nil }
    let window = rest.dropFirst(2).prefix(1000)
    let fields = window.split(separator: UInt8(ascii: "?"), maxSplits: 3, omittingEmptySubsequences: false)
    guard fields.count == 4, fields[3].first == UInt8(ascii: "="),
      let bytes = bytes(of: fields[2], in: fields[1])
    else { return nil }
    rest = rest[(fields[3].startIndex + 1)...]
    // A language may follow the character set (RFC 2231, 5).
    let charset = fields[0].prefix { $0 != UInt8(ascii: "*") }
    return Word(charset: String(decoding: charset, as: UTF8.self).lowercased(), bytes: bytes)
  }

  private static func bytes(of text: ArraySlice<UInt8>, in encoding: ArraySlice<UInt8>) -> [UInt8]? {
    switch (encoding.first, encoding.count) {
    case (UInt8(ascii: "B"), 1), (UInt8(ascii: "b"), 1): TransferEncoding.base64(text)
    case (UInt8(ascii: "Q"), 1), (UInt8(ascii: "q"), 1):
      TransferEncoding.hexadecimal(text.map { "_" ~= $0 ? 0x20 : $0 }[...])
    default: nil
    }
  }
}

/// The addresses in a header field (RFC 5322, 3.4), without names, comments and group names.
package enum MailAddresses {
  /// A limit, so that no one can make this program send to more.
  private static let most = 1000

  /// Such as `root`, `ada@example.com` or `+15550100001`, in order; at most 1000.
  package static func read(_ value: [UInt8]) -> [String] {
    var reader = Reader()
    for byte in value where reader.addresses.count < most { reader.take(byte) }
    reader.end()
    return reader.addresses
  }

  private struct Reader {
    var addresses: [String] = []
    /// What has been read of the current address.
    private var current: [UInt8] = []
    /// The same including comments.
    private var written: [UInt8] = []
    private var commentDepth = 0
    private var isQuoted = false
    private var isEscaped = false
    /// Whether the address is, or was, in angle brackets: anything after them is ignored.
    private var bracket = Bracket.none

    private enum Bracket { case none, open, closed }

    mutating func take(_ byte: UInt8) {
      if isEscaped { return isEscaped = false }
      if bracket == .none { written.append(byte) }
      switch byte {
      case "\\": isEscaped = true
      case "\"" where commentDepth == 0: isQuoted.toggle()
      case _ where isQuoted: break
      case "(": commentDepth += 1
      case ")" where commentDepth > 0: commentDepth -= 1
      case _ where commentDepth > 0: break
      case "<": (current, bracket) = ([], .open)
      case ">": bracket = .closed
      case ",", ";":
        written.removeLast(bracket == .none ? 1 : 0)
        end()
      case ":" where bracket == .none: (current, written) = ([], [])
      case _ where bracket != .closed: current.append(byte)
      default: break
      }
    }

    /// Ends the current address. In `+49 (30) 123456`, the standard takes `(30)` as a comment, but it is part of the
    /// number.
    mutating func end() {
      let isNumber = bracket == .none && written.isPhoneNumber
      let address = String(decoding: isNumber ? written : current, as: UTF8.self).trimmingBlanks
      if !address.isEmpty { addresses.append(address) }
      (current, written, bracket) = ([], [], .none)
    }
  }
}

extension [UInt8] {
  /// Whether it only contains characters of phone numbers.
  fileprivate var isPhoneNumber: Bool {
    allSatisfy { "+0123456789-. ()/".utf8.contains($0) } && contains { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
  }
}
