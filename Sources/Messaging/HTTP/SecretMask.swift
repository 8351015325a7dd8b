import TextFormats

/// Hides secrets in what is shown or stored, however a provider, a log or an encoder writes them.
///
/// Finds the secret as it is, percent-encoded (any subset of its characters, any case, repeatedly), as HTML entities,
/// with JSON, `\x` or octal escapes, in hexadecimal (also with spaces, colons, hyphens or commas between bytes), and
/// in Base64 (both alphabets, padded or not, also as part of a longer text such as `user:password`). Forms may be
/// mixed.
public struct SecretMask: Sendable {
  /// What replaces a secret.
  public static let mask = "********"
  /// Hides nothing.
  public static let none = SecretMask([])
  /// In bytes. Shorter secrets are not hidden, as that would hide half of every text.
  private static let shortest = 4
  /// The maximum depth to which escapes within escapes are decoded.
  private static let mostDecodings = 4

  private let needles: NeedleSearch

  /// `secrets` shorter than 4 bytes are ignored.
  public init(_ secrets: [String]) {
    var needles: [Needle] = []
    for secret in Set(secrets) where secret.utf8.count >= Self.shortest {
      needles += Self.spellings(of: secret).map { Needle($0, .plain) }
      needles += ["", " ", ":", "-", ",", ", ", ".", " 0x", ",0x", ", 0x"].map { separator in
        Needle(Array(secret.utf8.map(\.hexadecimal).joined(separator: separator).utf8), .hexadecimal)
      }
      needles += Self.base64Forms(of: secret).filter { $0.count >= 8 }.map { Needle($0, .base64) }
    }
    self.needles = NeedleSearch(needles)
  }

  /// Returns the text with every secret in it masked.
  public func masking(_ text: String) -> String {
    guard mayBe(in: text.utf8) else { return text }
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

  /// Whether it contains a secret, in any form. Fast for text without secrets and escapes.
  func isFound(in bytes: [UInt8]) -> Bool {
    guard mayBe(in: bytes) else { return false }
    if needles.first(in: bytes) != nil { return true }
    var text = DecodedText(bytes)
    for _ in 1..<Self.mostDecodings {
      guard text.decode() else { return false }
      if needles.first(in: text.bytes) != nil { return true }
    }
    return false
  }

  private func mayBe(in bytes: some Collection<UInt8>) -> Bool {
    guard !needles.isEmpty else { return false }
    return bytes.withContiguousStorageIfAvailable { needles.first(in: $0) != nil || $0.contains(where: \.beginsEscape) }
      ?? true
  }

  /// The ranges of secrets in a text, in order, both as it is and with its escapes repeatedly decoded.
  private func ranges(in text: String) -> [Range<Int>] {
    var decoded = DecodedText(text.utf8)
    var found: [Range<Int>] = []
    for _ in 0..<Self.mostDecodings {
      found += needles.ranges(in: decoded.bytes)
        .map { decoded.starts[$0.lowerBound]..<decoded.starts[$0.upperBound] }
      guard decoded.decode() else { break }
    }
    return found.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
  }

  /// The secret as it is, and with anything that looks like an escape in it decoded.
  private static func spellings(of secret: String) -> [[UInt8]] {
    var decoded = DecodedText(secret.utf8)
    var spellings = [decoded.bytes]
    while spellings.count < mostDecodings, decoded.decode() { spellings.append(decoded.bytes) }
    return spellings.filter { $0.count >= shortest }
  }

  /// The Base64 of a secret at each of the three offsets at which it can begin in a longer text, without the digits
  /// at either end that depend on adjacent bytes.
  private static func base64Forms(of secret: String) -> [[UInt8]] {
    (0..<3).flatMap { offset -> [[UInt8]] in
      let encoded = Array(Base64.encoded(Array(repeating: 0, count: offset) + Array(secret.utf8)).utf8)
      let whole = (offset + secret.utf8.count) * 8 / 6
      let inner = encoded[[0, 2, 3][offset]..<whole]
      let standard = DecodedText(inner).bytes
      let urlSafe = standard.map(\.inURLSafeBase64)
      return standard == urlSafe ? [standard] : [standard, urlSafe]
    }
  }
}

extension UInt8 {
  /// A digit of the standard alphabet in the URL-safe one; a space stands for a plus sign.
  fileprivate var inURLSafeBase64: UInt8 {
    switch self {
    case UInt8(ascii: " "): UInt8(ascii: "-")
    case UInt8(ascii: "/"): UInt8(ascii: "_")
    default: self
    }
  }
}

extension String {
  /// Returns the text with all of these secrets masked, in every form.
  package func masking(_ secrets: [String]) -> String {
    SecretMask(secrets).masking(self)
  }
}

extension ProviderError {
  /// The error as it may be shown: the provider's words or code may repeat a secret.
  func masked(by mask: SecretMask) -> ProviderError {
    var masked = self
    masked.message = mask.masking(message)
    masked.code = code.map(mask.masking)
    return masked
  }
}

extension HTTPResponse {
  /// The reply as adapters see it: the request's secrets are masked in it, so that no record, error or ledger ever
  /// contains them. The user's own texts stay, as messages are identified by them.
  ///
  /// JSON is masked value by value, as escapes may break up the bytes of a secret.
  func masked(by mask: SecretMask, replyTo request: HTTPRequest) -> HTTPResponse {
    guard mask.isFound(in: body) else { return self }
    var masked = self
    masked.body = []
    if let json = try? JSONValue(parsing: body) {
      json.masked(by: mask, except: request.ownTexts).write(to: &masked.body)
    } else {
      masked.body.append(text: mask.masking(String(decoding: body, as: UTF8.self)))
    }
    return masked
  }
}

extension JSONValue {
  /// The document with every secret in its texts, numbers and names masked, except in `texts`.
  package func masked(by mask: SecretMask, except texts: Set<String> = []) -> JSONValue {
    switch self {
    case .null, .bool: return self
    case .string(let text): return .string(texts.contains(text) ? text : mask.masking(text))
    case .number(let digits):
      let masked = mask.masking(digits)
      return masked == digits || texts.contains(digits) ? self : .string(masked)
    case .array(let elements): return .array(elements.map { $0.masked(by: mask, except: texts) })
    case .object(let object):
      let members = object.members.map {
        JSONObject.Member(mask.masking($0.name), $0.value.masked(by: mask, except: texts))
      }
      return .object(JSONObject(members))
    }
  }

  /// Every text and number in the document, without names.
  fileprivate var texts: [String] {
    switch self {
    case .null, .bool: []
    case .string(let text), .number(let text): [text]
    case .array(let elements): elements.flatMap(\.texts)
    case .object(let object): object.members.flatMap(\.value.texts)
    }
  }
}

extension HTTPRequest {
  /// What the user wants to send: the values of the request's form, including JSON in them, or of its JSON.
  fileprivate var ownTexts: Set<String> {
    if case .json(let json) = body { return Set(json.texts) }
    let values = form.filter { !$0.isSecret }.map(\.value)
    return Set(values + values.compactMap { try? JSONValue(parsing: $0.utf8) }.flatMap(\.texts))
  }
}
