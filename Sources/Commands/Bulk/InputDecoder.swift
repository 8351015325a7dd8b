import Platform
import TextFormats

/// Makes UTF-8 of the pieces of an input that is written in another encoding.
final class InputDecoder {
  private var encoding: String?
  private var conversion: TextConversion?
  /// What arrived before there was enough of it to look for a byte order mark.
  private var start: [UInt8]? = []

  /// Nil for UTF-8, or UTF-16 where a byte order mark says so. Throws for an encoding that this system doesn't know.
  init(_ encoding: String?) throws {
    guard let encoding else { return }
    guard let conversion = TextConversion(from: encoding) else {
      throw InputError(.unknownEncoding(encoding), at: .argument("--encoding"))
    }
    (self.encoding, self.conversion, start) = (encoding, conversion, nil)
  }

  /// The text of the next piece, nil for the end of the input; nil once all of it was returned.
  func decode(_ piece: [UInt8]?) throws -> [UInt8]? {
    guard let piece else {
      if let rest = start, !rest.isEmpty {
        start = nil
        return rest
      }
      try conversion?.finish()
      return nil
    }
    guard let known = start else { return try converted(piece) }
    let whole = known + piece
    guard whole.count >= 2 else {
      start = whole
      return []
    }
    start = nil
    try useByteOrderMark(of: whole)
    return try converted(whole)
  }

  private func useByteOrderMark(of bytes: [UInt8]) throws {
    guard
      let name = ["UTF-16LE": [0xFF, 0xFE], "UTF-16BE": [0xFE, 0xFF]].first(where: { bytes.starts(with: $0.value) })
    else { return }
    (encoding, conversion) = (name.key, TextConversion(from: name.key))
  }

  private func converted(_ piece: [UInt8]) throws -> [UInt8] {
    try conversion?.convert(piece) ?? piece
  }

  func problem(_ error: TextConversion.Invalid) -> InputError.Problem {
    .init("it is not \(encoding ?? "UTF-8") at byte \(error.offset)", hint: "name the right one with --encoding")
  }
}

extension InputError.Problem {
  fileprivate static func unknownEncoding(_ name: String) -> Self {
    Self("this system doesn't know the encoding '\(name)'", hint: "'iconv -l' lists those that it knows")
  }
}
