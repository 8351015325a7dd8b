extension FormFields {
  /// Reads `multipart/form-data` (RFC 7578); files are left out.
  init(multipart bytes: [UInt8], boundary: String) throws(HTTPRefusal) {
    list = []
    let lineBreak = Array("\r\n".utf8)
    let delimiter = lineBreak + Array("--\(boundary)".utf8)
    // The first delimiter may lack the line break in front.
    var rest = ArraySlice(lineBreak + bytes)
    guard let first = rest.firstRange(of: delimiter) else { throw .badRequest("no boundary in the body") }
    rest = rest[first.upperBound...]
    while !rest.starts(with: "--".utf8) {
      guard let end = rest.firstRange(of: delimiter) else { throw .badRequest("a part without an end") }
      if let field = try Self.field(part: rest[..<end.lowerBound]) { list.append(field) }
      rest = rest[end.upperBound...]
    }
  }

  /// One part, from the line break after its delimiter on; nil for a file.
  private static func field(part: ArraySlice<UInt8>) throws(HTTPRefusal) -> Field? {
    guard let end = part.firstRange(of: Array("\r\n\r\n".utf8)) else { throw .badRequest("a part without a head") }
    let head = try String(validating: Array(part[..<end.lowerBound]))
    let lines = head.split(separator: "\r\n")
    guard let line = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }) else {
      throw .badRequest("a part without Content-Disposition")
    }
    let parameters = MediaType(String(line.drop { $0 != ":" }.dropFirst())).parameters
    guard let name = parameters["name"] else { throw .badRequest("a part without a name") }
    guard parameters["filename"] == nil else { return nil }
    return Field(name: name, value: try String(validating: Array(part[end.upperBound...])))
  }
}
