/// How the characters of a message are encoded.
public enum MessageEncoding: String, CaseIterable, FieldConvertible {
  /// GSM 03.38 default alphabet, 7 bits per character.
  case gsm7
  /// UCS-2, actually UTF-16: 16 bits per code unit.
  case ucs2

  /// The maximum number of units in a single-segment message (160 septets or 70 code units).
  var singleLimit: Int { self == .gsm7 ? 160 : 70 }

  /// The maximum number of units in each segment of a longer message; its header takes the rest.
  var partLimit: Int { self == .gsm7 ? 153 : 67 }
}

/// The division of a text into the segments that networks carry and bill (3GPP TS 23.038 and 23.040).
public struct Segmentation: Hashable, Sendable {
  public var encoding: MessageEncoding
  /// The number of segments, 1 or more.
  public var segments: Int
  /// Septets in GSM 03.38 (an extension character takes two), otherwise UTF-16 code units.
  public var units: Int

  /// Counts the segments of `text`; neither an extension character nor a surrogate pair is split between two.
  public init(of text: String) {
    if let count = UnitCount(septetsOf: text) {
      self.init(.gsm7, count)
    } else {
      self.init(.ucs2, UnitCount(codeUnitsOf: text))
    }
  }

  private init(_ encoding: MessageEncoding, _ count: UnitCount) {
    self.encoding = encoding
    units = count.total
    segments = count.total <= encoding.singleLimit ? 1 : count.parts
  }
}

/// Counts units, and the segments they fill without splitting characters.
private struct UnitCount {
  private(set) var total = 0
  private(set) var parts = 1
  private var inPart = 0

  /// Nil if a character is not in GSM 03.38.
  init?(septetsOf text: String) {
    if let count = GSM0338.septets(ofPlain: text) {
      // Each character takes one septet, so none is moved to the next part.
      (total, parts) = (count, (count - 1) / MessageEncoding.gsm7.partLimit + 1)
      return
    }
    for scalar in text.unicodeScalars {
      guard let septets = GSM0338.septets(for: scalar) else { return nil }
      add(septets, limit: MessageEncoding.gsm7.partLimit)
    }
  }

  init(codeUnitsOf text: String) {
    for scalar in text.unicodeScalars {
      add(scalar.value > 0xFFFF ? 2 : 1, limit: MessageEncoding.ucs2.partLimit)
    }
  }

  private mutating func add(_ units: Int, limit: Int) {
    total += units
    inPart += units
    if inPart > limit {
      parts += 1
      inPart = units
    }
  }
}

/// The default alphabet of GSM 03.38 (3GPP TS 23.038, 6.2.1) and its extension table (6.2.1.1).
package enum GSM0338 {
  /// The septets that a character takes: 1, 2 for one in the extension table, or nil if it is in neither.
  package static func septets(for scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "\u{C}", "^", "{", "}", "\\", "[", "~", "]", "|", "€": 2
    case "`": nil
    case "\n", "\r", " "..."~": 1
    default: !scalar.isASCII && beyondASCII.contains(scalar) ? 1 : nil
    }
  }

  /// The septets of a text of ASCII characters that take one each, as most do; nil for any other text.
  fileprivate static func septets(ofPlain text: String) -> Int? {
    var text = text
    // Accessed once per text, not once per byte.
    let isPlain = isPlain
    return text.withUTF8 { bytes in bytes.allSatisfy { isPlain[Int($0)] } ? bytes.count : nil }
  }

  private static let isPlain = (0..<256).map { $0 < 128 && septets(for: Unicode.Scalar(UInt8($0))) == 1 }

  private static let beyondASCII = Set("£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà".unicodeScalars)
}
