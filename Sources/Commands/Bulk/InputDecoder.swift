import Platform
import TextFormats

/// Converts the pieces of an input to UTF-8.
///
/// The encoding is that of the byte order mark, or else the given one. A fallback encoding is used only if the
/// input isn't UTF-8.
final class InputDecoder {
  private let given: String?
  private let isFallback: Bool
  private var conversion: TextConversion?
  private var encoding: String?
  /// Whether the byte order mark was checked.
  private var hasBegun = false
  /// Whether it isn't yet known if the fallback is needed.
  private var awaitsFallback = false
  private var check = UTF8Check()
  /// The last piece, for guessing the encoding of input that isn't UTF-8.
  private var sample: [UInt8] = []
  private var counts = (read: 0, made: 0)

  /// `encoding` is nil for UTF-8. Throws if this system doesn't know the encoding.
  init(_ encoding: String?, isFallback: Bool) throws {
    given = encoding
    self.isFallback = isFallback
    guard let encoding, TextConversion(from: encoding) == nil else { return }
    throw InputError(.unknownEncoding(encoding), at: .argument("--encoding"))
  }

  /// Converts the next piece of the input; for the end of the input (nil), returns nil. Its errors have no place.
  func decode(_ piece: [UInt8]?) throws -> [UInt8]? {
    guard let piece else {
      try finish()
      return nil
    }
    if !hasBegun { try begin(piece) }
    if awaitsFallback { useFallback(for: piece) }
    guard let conversion else {
      sample = piece
      return piece
    }
    check.take(piece)
    guard let text = conversion.convert(piece) else { throw invalid(at: conversion.offset) }
    counts.read += piece.count
    counts.made += text.count { $0 & 0xC0 != 0x80 }
    return text
  }

  private func begin(_ head: [UInt8]) throws {
    hasBegun = true
    if let name = Self.marks.first(where: { head.starts(with: $0.bytes) })?.encoding {
      // Left to the reader, which skips the mark.
      if name != "UTF-8" { use(name) }
    } else if isFallback, given != nil {
      awaitsFallback = true
    } else if let given {
      use(given)
    } else if let name = Self.wideEncoding(of: head) {
      throw InputError(.wide(name))
    }
  }

  private func use(_ name: String) {
    (encoding, conversion) = (name, TextConversion(from: name))
  }

  private func useFallback(for piece: [UInt8]) {
    var check = UTF8Check()
    check.take(piece)
    guard check.hasOthers || piece.contains(0) else { return }
    awaitsFallback = false
    if let given, !check.isValidSoFar || piece.contains(0) { use(given) }
  }

  /// Throws if the input ends within a character, or if it is UTF-8 that was decoded as single-byte characters.
  private func finish() throws {
    if let conversion, !conversion.isWhole { throw invalid(at: conversion.offset) }
    guard let encoding, encoding == given, !isFallback, counts.read == counts.made, check.hasOthers, check.isValid
    else { return }
    throw InputError(.isUTF8(encoding))
  }

  private func invalid(at offset: Int) -> InputError { InputError(.invalid(encoding ?? "UTF-8", at: offset)) }

  /// Adds a guess at the encoding to an error about invalid UTF-8.
  func guessing(_ error: RowError) -> RowError {
    guard case .invalidUTF8(let offset, let field) = error.reason, conversion == nil,
      let guess = EncodingGuess(of: field.isEmpty ? sample : field, in: sample)
    else { return error }
    var better = error
    better.reason = .otherEncoding(offset: offset, name: guess.name, reading: guess.reading)
    return better
  }
}

// MARK: - Detecting the encoding

extension InputDecoder {
  /// The longer ones first: that of UTF-32 begins with that of UTF-16.
  private static let marks: [(bytes: [UInt8], encoding: String)] = [
    ([0xEF, 0xBB, 0xBF], "UTF-8"), ([0xFF, 0xFE, 0, 0], "UTF-32LE"), ([0, 0, 0xFE, 0xFF], "UTF-32BE"),
    ([0xFF, 0xFE], "UTF-16LE"), ([0xFE, 0xFF], "UTF-16BE"),
  ]

  /// The encoding of text with 2 or 4 bytes for each ASCII character; nil for other text.
  private static func wideEncoding(of head: [UInt8]) -> String? {
    let zeros = head.prefix(8).map { $0 == 0 }
    guard zeros.count == 8 else { return nil }
    return [
      "UTF-16LE": [false, true, false, true, false, true, false, true],
      "UTF-16BE": [true, false, true, false, true, false, true, false],
      "UTF-32LE": [false, true, true, true, false, true, true, true],
      "UTF-32BE": [true, true, true, false, true, true, true, false],
    ].first { $0.value == zeros }?.key
  }
}

/// Checks whether bytes that arrive in pieces are UTF-8.
private struct UTF8Check {
  private(set) var isValidSoFar = true
  /// Whether there are non-ASCII bytes.
  private(set) var hasOthers = false
  /// The start of an incomplete character.
  private var rest: [UInt8] = []

  /// Whether the input can end here.
  var isValid: Bool { isValidSoFar && rest.isEmpty }

  mutating func take(_ piece: [UInt8]) {
    guard isValidSoFar, !rest.isEmpty || piece.contains(where: { $0 >= 0x80 }) else { return }
    hasOthers = true
    let bytes = rest + piece
    let end = Self.endOfWholeCharacters(bytes)
    isValidSoFar = String(validating: bytes[..<end], as: UTF8.self) != nil
    rest = Array(bytes[end...])
  }

  private static func endOfWholeCharacters(_ bytes: [UInt8]) -> Int {
    for length in 1...3 where length <= bytes.count {
      let byte = bytes[bytes.count - length]
      if byte & 0xC0 == 0x80 { continue }
      let needed = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return needed > length ? bytes.count - length : bytes.count
    }
    return bytes.count
  }
}

extension InputError.Problem {
  fileprivate static func unknownEncoding(_ name: String) -> Self {
    Self("unknown encoding '\(name)'", hint: "'iconv -l' lists the known ones")
  }

  fileprivate static func invalid(_ encoding: String, at offset: Int) -> Self {
    Self("not valid \(encoding) (byte \(offset))", hint: "choose another --encoding, or omit it for UTF-8")
  }

  fileprivate static func wide(_ encoding: String) -> Self {
    Self(
      "looks like \(encoding) without a byte order mark", hint: "if that is correct, add --encoding \(encoding)")
  }

  fileprivate static func isUTF8(_ encoding: String) -> Self {
    Self("this is UTF-8, not \(encoding)", hint: "omit --encoding")
  }
}

extension InputError.Problem {
  static var encodingExamples: [Self] {
    [
      unknownEncoding("latin-99"), invalid("UTF-16LE", at: 14), wide("UTF-16LE"), isUTF8("windows-1252"),
    ]
  }
}
