/// The fields of a query string or form, read as PHP reads them.
struct FormFields: Hashable, Sendable {
  /// A name and its value.
  struct Field: Hashable, Sendable {
    var name: String
    var value: String
  }

  var list: [Field]

  init(_ list: [Field] = []) {
    self.list = list
  }

  /// The last value of that name; nil where it is missing or empty, as clients write what they leave out either way.
  subscript(name: String) -> String? {
    guard let value = list.last(where: { $0.name == name })?.value, !value.isEmpty else { return nil }
    return value
  }

  /// The values of `name[]`, `name[0]` and the like, in the order written; empty where there are none.
  func elements(of name: String) -> [String] {
    list.filter { $0.name.hasPrefix("\(name)[") && $0.name.hasSuffix("]") }.map(\.value)
  }

  var names: Set<String> { Set(list.map(\.name)) }
}

extension FormFields {
  /// The fields of a body, which are none where it is no form: PHP takes no others apart.
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
}

/// The value of a field such as Content-Type: a name and parameters (RFC 9110, 8.3.1).
struct MediaType: Hashable {
  /// In small letters.
  var name: String
  /// Names in small letters; values without their quotes.
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
