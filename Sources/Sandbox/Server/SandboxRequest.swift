import TextFormats

/// A request to a provider.
struct SandboxRequest: Hashable, Sendable {
  enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
  }

  var method: Method
  /// Percent-decoded, below the provider's name: `/services/send.php`; empty for the name alone.
  var path: String
  var query = FormFields()
  var body = FormFields()
  /// The `Authorization` field.
  var authorization: String?

  /// Query and body together, like PHP's `$_REQUEST`: the body wins.
  var fields: FormFields { FormFields(query.list + body.list) }
}

/// A request and its provider.
struct AddressedRequest: Hashable, Sendable {
  /// The first part of the path.
  var provider: String
  var request: SandboxRequest
}

extension AddressedRequest {
  /// Nil for a method other than GET and POST.
  init?(_ raw: RawRequest) throws(HTTPRefusal) {
    guard let method = SandboxRequest.Method(rawValue: raw.head.method) else { return nil }
    let target = Self.originForm(raw.head.target).split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let path = try String(validating: target[0].utf8.percentDecoded()).dropFirst()
    provider = String(path.prefix { $0 != "/" })
    request = SandboxRequest(
      method: method, path: String(path.dropFirst(provider.count)),
      query: try FormFields(urlEncoded: target.count > 1 ? Array(target[1].utf8) : []),
      body: try FormFields(body: raw.body, contentType: raw.head.values("content-type").first),
      authorization: raw.head.values("authorization").first)
  }

  /// The path of a target, not decoded, without the query.
  static func path(ofTarget target: String) -> Substring { originForm(target).prefix { $0 != "?" } }

  /// A target without `http://host`, which clients write for proxies (RFC 9112, 3.2.2).
  private static func originForm(_ target: String) -> Substring {
    guard target.lowercased().hasPrefix("http://") else { return target[...] }
    return target.dropFirst("http://".count).drop { $0 != "/" && $0 != "?" }
  }
}

/// A number that consists only of the digits 0 to 9; nil for anything else, and if it is too large.
func wholeNumber(_ text: String) -> Int? {
  text.utf8.allSatisfy(\.isDigit) ? Int(text) : nil
}

extension UInt8 {
  /// Whether it is one of `0` to `9`.
  var isDigit: Bool { (0x30...0x39).contains(self) }

  /// Whether it is one of `A` to `Z` or `a` to `z`.
  var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }

  /// Whether it is a space or a tab.
  var isBlank: Bool { self == 0x20 || self == 0x09 }
}

extension BidirectionalCollection<UInt8> {
  /// Without leading and trailing spaces and tabs.
  var trimmingBlanks: SubSequence {
    let rest = drop(while: \.isBlank)
    let last = rest.lastIndex { !$0.isBlank }
    return last.map { rest[...$0] } ?? rest
  }
}

extension StringProtocol {
  /// Without leading and trailing spaces and tabs.
  var trimmingBlanks: String {
    String(decoding: Array(utf8).trimmingBlanks, as: UTF8.self)
  }
}

/// The fields of a query string or form, parsed as PHP does.
struct FormFields: Hashable, Sendable {
  /// A name and its value.
  struct Field: Hashable, Sendable {
    var name: String
    var value: String
  }

  /// The maximum number of fields: a small body can contain millions of empty ones.
  static let limit = 100_000

  private(set) var list: [Field]

  init(_ list: [Field] = []) {
    self.list = list
  }

  /// The last value with that name; nil if it is missing or empty, because clients leave out fields in both ways.
  subscript(name: String) -> String? {
    guard let value = list.last(where: { $0.name == name })?.value, !value.isEmpty else { return nil }
    return value
  }

  /// The values of `name[]`, `name[0]`, and the like, in their order.
  func elements(of name: String) -> [String] {
    list.filter { $0.name.hasPrefix("\(name)[") && $0.name.hasSuffix("]") }.map(\.value)
  }

  var names: Set<String> { Set(list.map(\.name)) }

  private mutating func append(name: String, value: String) throws(HTTPRefusal) {
    guard list.count < Self.limit else { throw .bodyTooLarge }
    list.append(Field(name: name, value: value))
  }
}

extension FormFields {
  /// The fields of a body; empty if it isn't a form, because PHP parses no other types.
  init(body: [UInt8], contentType: String?) throws(HTTPRefusal) {
    let type = MediaType(contentType ?? "")
    switch type.name {
    case "application/x-www-form-urlencoded": try self.init(urlEncoded: body)
    case "multipart/form-data":
      guard let boundary = type.parameters["boundary"], !boundary.isEmpty else {
        throw .badRequest("multipart/form-data without a boundary")
      }
      try self.init(multipart: body, boundary: boundary)
    default: self.init()
    }
  }

  /// Parses `name=value&name=value` (WHATWG URL, 5.1). Throws if the text isn't UTF-8.
  init(urlEncoded bytes: [UInt8]) throws(HTTPRefusal) {
    list = []
    for pair in bytes.split(separator: UInt8(ascii: "&")) {
      let name = pair.prefix { $0 != UInt8(ascii: "=") }
      let value = pair.dropFirst(name.count + 1)
      try append(
        name: String(validating: name.formDecoded()), value: String(validating: value.formDecoded()))
    }
  }
}

extension FormFields {
  /// Parses `multipart/form-data` (RFC 7578) in linear time; leaves out files.
  init(multipart bytes: [UInt8], boundary: String) throws(HTTPRefusal) {
    list = []
    let delimiter = Array("\r\n--\(boundary)".utf8)
    // The line break before the first delimiter is optional.
    var end = bytes.starts(with: delimiter.dropFirst(2)) ? -2 : bytes.range(of: delimiter, from: 0)?.lowerBound
    while let delimiterStart = end {
      let part = bytes[(delimiterStart + delimiter.count)...]
      if part.starts(with: "--".utf8) { return }
      end = bytes.range(of: delimiter, from: part.startIndex)?.lowerBound
      if let end { try append(part: part[..<end]) }
    }
    throw .badRequest("a multipart body without its last boundary")
  }

  /// Adds a part, which starts at the line break after its delimiter.
  private mutating func append(part: ArraySlice<UInt8>) throws(HTTPRefusal) {
    guard let end = part.range(of: Array("\r\n\r\n".utf8), from: part.startIndex) else {
      throw .badRequest("a part without a head")
    }
    let lines = try String(validating: part[..<end.lowerBound]).split(separator: "\r\n")
    guard let line = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }) else {
      throw .badRequest("a part without Content-Disposition")
    }
    let parameters = MediaType(String(line.drop { $0 != ":" }.dropFirst())).parameters
    guard let name = parameters["name"] else { throw .badRequest("a part without a name") }
    guard parameters["filename"] == nil else { return }
    try append(name: name, value: String(validating: part[end.upperBound...]))
  }
}

/// The value of a field such as Content-Type: a name and parameters (RFC 9110, 8.3.1).
private struct MediaType {
  /// In lowercase.
  var name: String
  /// By lowercase name; values without their quotes.
  var parameters: [String: String] = [:]

  init(_ text: String) {
    let parts = text.split(separator: ";").map(\.trimmingBlanks)
    name = parts.first?.lowercased() ?? ""
    for part in parts.dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2 else { continue }
      let value = pair[1].hasPrefix("\"") && pair[1].hasSuffix("\"") ? pair[1].dropFirst().dropLast() : pair[1]
      parameters[pair[0].lowercased()] = String(value)
    }
  }
}

extension RandomAccessCollection<UInt8> where Index == Int {
  /// The next range of `pattern`, which starts with CR LF.
  ///
  /// Continues after a partial match, so it compares no byte more than twice: a partial match of these patterns
  /// can't contain the start of another one.
  fileprivate func range(of pattern: [UInt8], from start: Int) -> Range<Int>? {
    var index = start
    while let found = self[index...].firstIndex(of: pattern[0]) {
      index = found + 1
      while index - found < pattern.count, index < endIndex, self[index] == pattern[index - found] { index += 1 }
      if index - found == pattern.count { return found..<index }
    }
    return nil
  }
}

extension String {
  /// Decodes UTF-8. Throws if the bytes aren't valid.
  init(validating bytes: some Collection<UInt8>) throws(HTTPRefusal) {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .badRequest("text that is not UTF-8") }
    self = text
  }
}
