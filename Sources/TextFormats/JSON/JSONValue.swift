/// A JSON document (RFC 8259) that preserves the order of members and the digits of numbers.
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// A number as written, such as `0.0075` or `12345678901234567890`.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)
}

/// The members of a JSON object in the order written; a repeated name keeps both.
public struct JSONObject: Hashable, Sendable {
  /// A name and its value.
  public struct Member: Hashable, Sendable {
    public var name: String
    public var value: JSONValue

    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  public var members: [Member]

  public init(_ members: [Member] = []) {
    self.members = members
  }

  /// The value of the last member with that name, as in most JSON readers.
  public subscript(name: String) -> JSONValue? {
    // By index, as a loop over the members would copy each.
    members.indices.last { members[$0].name == name }.map { members[$0].value }
  }
}

extension JSONValue {
  /// The member with that name; nil if it is missing, and for anything but an object.
  public subscript(name: String) -> JSONValue? {
    if case .object(let object) = self { object[name] } else { nil }
  }

  /// A string, or a number as written, as APIs write the same id both ways.
  public var text: String? {
    switch self {
    case .string(let text), .number(let text): text
    default: nil
    }
  }

  /// An integer, written as a number or as a string of digits; nil if it doesn't fit in 64 bits.
  public var int: Int? {
    text.flatMap { Int($0) }
  }

  /// The elements of an array; nil for anything else.
  public var array: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The object; nil for anything else.
  public var object: JSONObject? {
    if case .object(let object) = self { object } else { nil }
  }

  /// Whether it is the literal `null`.
  public var isNull: Bool {
    self == .null
  }
}

extension JSONValue {
  /// Appends the document on one line, without spaces; numbers as written, non-ASCII text as UTF-8.
  public func write(to output: inout [UInt8]) {
    write(to: &output, depth: nil)
  }

  /// Appends the document with each element and member on its own line, indented by two spaces per level.
  ///
  /// The first line is not indented, and no line break ends the last; `depth` is the level of the document itself.
  public func writeIndented(to output: inout [UInt8], depth: Int = 0) {
    write(to: &output, depth: depth)
  }

  /// Writes on one line if `depth` is nil.
  private func write(to output: inout [UInt8], depth: Int?) {
    switch self {
    case .null: output += "null"
    case .bool(let value): output += value ? "true" : "false"
    case .number(let spelling): output.append(text: spelling)
    case .string(let text): output.append(jsonString: text)
    case .array(let elements):
      output += "["
      for index in elements.indices {
        output.startItem(index, depth: depth)
        elements[index].write(to: &output, depth: depth.map { $0 + 1 })
      }
      output.endItems(elements.count, depth: depth)
      output += "]"
    case .object(let object):
      output += "{"
      // By index, as a loop over the members would copy each.
      for index in object.members.indices {
        output.startItem(index, depth: depth)
        output.append(jsonString: object.members[index].name)
        output += depth == nil ? ":" : ": "
        object.members[index].value.write(to: &output, depth: depth.map { $0 + 1 })
      }
      output.endItems(object.members.count, depth: depth)
      output += "}"
    }
  }
}

extension [UInt8] {
  /// Appends a text in quotes, with quotes, backslashes and control characters escaped: C0, DEL, C1 (which terminals
  /// obey), and line and paragraph separators (at which JavaScript breaks lines).
  public mutating func append(jsonString text: String) {
    var text = text
    append(UInt8(ascii: "\""))
    text.withUTF8 { bytes in
      var (run, index) = (0, bytes.endOfPlainText())
      while index < bytes.count {
        let length = bytes[index].mayBeEscapedInJSON ? bytes.lengthEscapedInJSON(at: index) : 0
        if length > 0 {
          append(contentsOf: UnsafeBufferPointer(rebasing: bytes[run..<index]))
          appendEscaped(bytes[index..<index + length])
          run = index + length
        }
        index += Swift.max(length, 1)
      }
      append(contentsOf: UnsafeBufferPointer(rebasing: bytes[run...]))
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func appendEscaped(_ character: Slice<UnsafeBufferPointer<UInt8>>) {
    switch character.first {
    case "\"": self += #"\""#
    case "\\": self += #"\\"#
    case "\u{8}": self += #"\b"#
    case "\u{C}": self += #"\f"#
    case "\n": self += #"\n"#
    case "\r": self += #"\r"#
    case "\t": self += #"\t"#
    // U+2028 and U+2029.
    case 0xE2: append(text: #"\u20\#((character[character.startIndex + 2] & 0x3F).hexadecimal)"#)
    // For U+0080 to U+009F, the second byte is the code point.
    default: append(text: #"\u00\#(character[character.endIndex - 1].hexadecimal)"#)
    }
  }

  fileprivate mutating func startItem(_ index: Int, depth: Int?) {
    if index > 0 { self += "," }
    if let depth { appendLineBreak(depth: depth + 1) }
  }

  fileprivate mutating func endItems(_ count: Int, depth: Int?) {
    if let depth, count > 0 { appendLineBreak(depth: depth) }
  }

  private mutating func appendLineBreak(depth: Int) {
    append(UInt8(ascii: "\n"))
    append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .number(String(value)) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  public init(nilLiteral: ()) { self = .null }

  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(JSONObject(elements.map { JSONObject.Member($0.0, $0.1) }))
  }
}

extension UInt8 {
  /// Whether a character that is escaped in output may begin with it.
  @inline(__always)
  fileprivate var mayBeEscapedInJSON: Bool {
    mustBeEscapedInJSON || self >= 0x7F && (self == 0x7F || self == 0xC2 || self == 0xE2)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The length in bytes of the character at an index if it must be escaped; 0 otherwise.
  fileprivate func lengthEscapedInJSON(at index: Int) -> Int {
    switch self[index] {
    case 0xC2: self[index + 1] < 0xA0 ? 2 : 0
    case 0xE2: self[index + 1] == 0x80 && self[index + 2] & 0xFE == 0xA8 ? 3 : 0
    default: 1
    }
  }
}
