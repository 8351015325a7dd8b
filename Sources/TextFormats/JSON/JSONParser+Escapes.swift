extension JSONParser {
  /// The scalar that an escape stands for whose backslash has been read.
  mutating func escape() throws(Failure) -> Unicode.Scalar {
    let backslash = offset - 1
    let letter = next
    guard letter != nil else { throw failure(.unexpectedEnd) }
    offset += 1
    switch letter {
    case "\"": return "\""
    case "\\": return "\\"
    case "/": return "/"
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u": return try unicodeEscape(at: backslash)
    default: throw Failure(kind: .invalidEscape, offset: backslash)
    }
  }

  /// The scalar of `\uXXXX`, or of two such escapes that are a surrogate pair.
  private mutating func unicodeEscape(at backslash: Int) throws(Failure) -> Unicode.Scalar {
    let unit = try codeUnit(at: backslash)
    if let scalar = Unicode.Scalar(unit) { return scalar }
    let second = offset
    if UTF16.isLeadSurrogate(unit), take("\\"), take("u") {
      let low = try codeUnit(at: second)
      if UTF16.isTrailSurrogate(low) { return UTF16.decode(UTF16.EncodedScalar([unit, low])) }
    }
    throw Failure(kind: .loneSurrogate, offset: backslash)
  }

  /// The four hexadecimal digits of an escape.
  private mutating func codeUnit(at backslash: Int) throws(Failure) -> UInt16 {
    if let unit = takeHexadecimal(digits: 4) { return UInt16(unit) }
    throw next == nil ? failure(.unexpectedEnd) : Failure(kind: .invalidEscape, offset: backslash)
  }
}
