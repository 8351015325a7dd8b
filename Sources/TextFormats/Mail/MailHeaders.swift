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
