extension JSONValue {
  /// Appends the document on one line, without spaces; numbers by their spelling, non-ASCII text as UTF-8.
  public func write(to output: inout [UInt8]) {
    write(to: &output, depth: nil)
  }

  /// Appends the document with each element and member on a line of its own, indented by two spaces a level.
  ///
  /// The first line is not indented and no line break ends the last; `depth` is the level the document itself is at.
  public func writeIndented(to output: inout [UInt8], depth: Int = 0) {
    write(to: &output, depth: depth)
  }

  /// Writes on one line where there is no depth.
  private func write(to output: inout [UInt8], depth: Int?) {
    switch self {
    case .null: output += "null"
    case .bool(let value): output += value ? "true" : "false"
    case .number(let spelling): output.append(text: spelling)
    case .string(let text): text.writeJSON(to: &output)
    case .array(let elements):
      output.appendList(elements, between: ("[", "]"), depth: depth) { element, output, depth in
        element.write(to: &output, depth: depth)
      }
    case .object(let object):
      output.appendList(object.members, between: ("{", "}"), depth: depth) { member, output, depth in
        member.name.writeJSON(to: &output)
        output += depth == nil ? ":" : ": "
        member.value.write(to: &output, depth: depth)
      }
    }
  }
}

extension [UInt8] {
  fileprivate mutating func appendList<Item>(
    _ items: [Item], between brackets: (StaticString, StaticString), depth: Int?,
    write: (Item, inout [UInt8], Int?) -> Void
  ) {
    self += brackets.0
    for (index, item) in items.enumerated() {
      if index > 0 { self += "," }
      if let depth { appendLineBreak(depth: depth + 1) }
      write(item, &self, depth.map { $0 + 1 })
    }
    if let depth, !items.isEmpty { appendLineBreak(depth: depth) }
    self += brackets.1
  }

  private mutating func appendLineBreak(depth: Int) {
    append(UInt8(ascii: "\n"))
    append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }
}

extension String {
  /// Appends the text in quotes, with quotes, backslashes and control characters (U+0000 to U+001F) escaped.
  fileprivate func writeJSON(to output: inout [UInt8]) {
    var text = self
    output.append(UInt8(ascii: "\""))
    text.withUTF8 { bytes in
      if bytes.contains(where: \.mustBeEscapedInJSON) {
        for byte in bytes { output.appendEscaped(byte) }
      } else {
        output.append(contentsOf: bytes)
      }
    }
    output.append(UInt8(ascii: "\""))
  }
}

extension [UInt8] {
  fileprivate mutating func appendEscaped(_ byte: UInt8) {
    switch byte {
    case "\"": self += #"\""#
    case "\\": self += #"\\"#
    case "\u{8}": self += #"\b"#
    case "\u{C}": self += #"\f"#
    case "\n": self += #"\n"#
    case "\r": self += #"\r"#
    case "\t": self += #"\t"#
    case 0..<0x20: append(text: #"\u00\#(byte.hexadecimal)"#)
    default: append(byte)
    }
  }
}

extension UInt8 {
  /// Quotes, backslashes and control characters (RFC 8259, 7).
  var mustBeEscapedInJSON: Bool {
    self < 0x20 || self == 0x22 || self == 0x5C
  }
}
