import TextFormats

/// Hides secrets in what is shown or kept, in every spelling that a provider, a log or an encoder gives them.
///
/// Found are the secret as it is, percent-encoded (any subset of its characters, any case, repeatedly), as HTML
/// entities, with JSON or `\x` escapes, in hexadecimal, and in Base64 (both alphabets, padded or not, also as a part of a
/// longer text such as `user:password`). Spellings may be mixed.
struct SecretMask: Sendable {
  /// What stands in place of a secret.
  static let mask = "********"
  /// Bytes below which a secret is not hidden: masking it would hide half of every text.
  private static let shortest = 4

  fileprivate enum Spelling {
    case plain, hexadecimal
    /// Without the digits at either end that depend on what is around the secret.
    case base64
  }

  fileprivate struct Needle {
    var bytes: [UInt8]
    var spelling: Spelling
  }

  /// Escapes within escapes that are looked into.
  private static let mostDecodings = 4

  fileprivate var needles: [Needle] = []
  /// Whether a needle begins with the byte.
  private var firstBytes = [Bool](repeating: false, count: 256)

  /// `secrets` shorter than 4 bytes are ignored.
  init(_ secrets: [String]) {
    for secret in Set(secrets) where secret.utf8.count >= Self.shortest {
      needles += Self.spellings(of: secret).map { Needle(bytes: $0, spelling: .plain) }
      let digits = secret.utf8.map(\.hexadecimal).joined()
      needles.append(Needle(bytes: Array(digits.utf8), spelling: .hexadecimal))
      for bytes in Self.base64Forms(of: secret) where bytes.count >= 8 {
        needles.append(Needle(bytes: bytes, spelling: .base64))
      }
    }
    // The longest first: a secret may be a part of another.
    needles.sort { $0.bytes.count > $1.bytes.count }
    for needle in needles {
      guard let first = needle.bytes.first else { continue }
      firstBytes[Int(first)] = true
      if needle.spelling == .hexadecimal, first >= 0x40 { firstBytes[Int(first & 0xDF)] = true }
    }
  }

  /// The text with every secret in it masked.
  func masking(_ text: String) -> String {
    let found = ranges(in: text)
    guard !found.isEmpty else { return text }
    let source = Array(text.utf8)
    var (masked, end): ([UInt8], Int) = ([], 0)
    for range in found where range.upperBound > end {
      if range.lowerBound >= end { masked += source[end..<range.lowerBound] + Array(Self.mask.utf8) }
      end = range.upperBound
    }
    return String(decoding: masked + source[end...], as: UTF8.self)
  }

  /// Where secrets stand in a text, in order: as it is, and with its escapes decoded again and again.
  private func ranges(in text: String) -> [Range<Int>] {
    var decoded = DecodedText(text)
    var found: [Range<Int>] = []
    for _ in 0..<Self.mostDecodings {
      found += ranges(in: decoded)
      guard decoded.decode() else { break }
    }
    return found.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
  }

  private func ranges(in text: DecodedText) -> [Range<Int>] {
    var found: [Range<Int>] = []
    for index in text.bytes.indices where firstBytes[Int(text.bytes[index])] {
      guard let range = secret(in: text.bytes, at: index) else { continue }
      found.append(text.starts[range.lowerBound]..<text.starts[range.upperBound])
    }
    return found
  }

  private func secret(in bytes: [UInt8], at index: Int) -> Range<Int>? {
    guard let needle = needles.first(where: { $0.matches(bytes, at: index) }) else { return nil }
    let range = index..<index + needle.bytes.count
    guard needle.spelling == .base64 else { return range }
    let before = bytes[..<range.lowerBound].reversed().prefix(while: \.isBase64Digit).count
    let behind = bytes[range.upperBound...].prefix(while: \.isBase64Digit).count
    return range.lowerBound - before..<range.upperBound + behind
  }

  /// The secret as it is, and as it is once what looks like an escape in it is decoded.
  private static func spellings(of secret: String) -> [[UInt8]] {
    var decoded = DecodedText(secret)
    var spellings = [decoded.bytes]
    while spellings.count < mostDecodings, decoded.decode() { spellings.append(decoded.bytes) }
    return spellings.filter { $0.count >= shortest }
  }

  /// The Base64 of a secret at each of the three places where it can begin in a longer text, without the digits at
  /// either end that depend on its neighbors.
  private static func base64Forms(of secret: String) -> [[UInt8]] {
    (0..<3).flatMap { offset -> [[UInt8]] in
      let encoded = Array(Base64.encoded(Array(repeating: 0, count: offset) + Array(secret.utf8)).utf8)
      let whole = (offset + secret.utf8.count) * 8 / 6
      let inner = encoded[[0, 2, 3][offset]..<whole]
      let standard = DecodedText(String(decoding: inner, as: UTF8.self)).bytes
      let urlSafe = standard.map(\.inURLSafeBase64)
      return standard == urlSafe ? [standard] : [standard, urlSafe]
    }
  }
}

extension SecretMask.Needle {
  func matches(_ text: [UInt8], at start: Int) -> Bool {
    guard start + bytes.count <= text.count else { return false }
    for index in bytes.indices {
      let byte = text[start + index]
      guard byte == bytes[index] || spelling == .hexadecimal && byte | 0x20 == bytes[index] else { return false }
    }
    return true
  }
}

extension UInt8 {
  /// A digit of the usual alphabet as the one that is safe in a URL has it; a space stands for a plus sign.
  fileprivate var inURLSafeBase64: UInt8 {
    switch self {
    case UInt8(ascii: " "): UInt8(ascii: "-")
    case UInt8(ascii: "/"): UInt8(ascii: "_")
    default: self
    }
  }

  /// Whether it may stand in Base64, of either alphabet; a space stands for a plus sign.
  fileprivate var isBase64Digit: Bool {
    switch self {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "="):
      true
    default: false
    }
  }
}

extension String {
  /// The text with every one of these secrets masked, however it is spelled.
  package func masking(_ secrets: [String]) -> String {
    SecretMask(secrets).masking(self)
  }
}

extension ProviderError {
  /// The error as it may be shown, should the provider's words or its code repeat a secret.
  func masking(_ secrets: [String]) -> ProviderError {
    let mask = SecretMask(secrets)
    var masked = self
    masked.message = mask.masking(message)
    masked.code = code.map(mask.masking)
    return masked
  }
}
