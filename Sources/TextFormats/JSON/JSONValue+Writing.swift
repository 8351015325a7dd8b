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
    case .null: output += "null".utf8
    case .bool(let value): output += (value ? "true" : "false").utf8
    case .number(let spelling): output += spelling.utf8
    case .string(let text): text.writeJSON(to: &output)
    case .array(let elements):
      output.appendList(elements, in: "[]", depth: depth) { element, output, depth in
        element.write(to: &output, depth: depth)
      }
    case .object(let object):
      output.appendList(object.members, in: "{}", depth: depth) { member, output, depth in
        member.name.writeJSON(to: &output)
        output += (depth == nil ? ":" : ": ").utf8
        member.value.write(to: &output, depth: depth)
      }
    }
  }
}

extension [UInt8] {
  fileprivate mutating func appendList<Item>(
    _ items: [Item], in brackets: String, depth: Int?, write: (Item, inout [UInt8], Int?) -> Void
  ) {
    self += brackets.utf8.prefix(1)
    for (index, item) in items.enumerated() {
      if index > 0 { self += ",".utf8 }
      if let depth { appendLineBreak(depth: depth + 1) }
      write(item, &self, depth.map { $0 + 1 })
    }
    if let depth, !items.isEmpty { appendLineBreak(depth: depth) }
    self += brackets.utf8.suffix(1)
  }

  private mutating func appendLineBreak(depth: Int) {
    append(UInt8(ascii: "\n"))
    append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }
}

extension String {
  /// Appends the text in quotes, with quotes, backslashes and control characters (U+0000 to U+001F) escaped.
  fileprivate func writeJSON(to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    if utf8.contains(where: \.mustBeEscapedInJSON) {
      for byte in utf8 { output.appendEscaped(byte) }
    } else {
      output += utf8
    }
    output.append(UInt8(ascii: "\""))
  }
}

extension [UInt8] {
  fileprivate mutating func appendEscaped(_ byte: UInt8) {
    switch byte {
    case "\"": self += #"\""#.utf8
    case "\\": self += #"\\"#.utf8
    case "\u{8}": self += #"\b"#.utf8
    case "\u{C}": self += #"\f"#.utf8
    case "\n": self += #"\n"#.utf8
    case "\r": self += #"\r"#.utf8
    case "\t": self += #"\t"#.utf8
    case 0..<0x20: self += #"\u00\#(byte.hexadecimal)"#.utf8
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
