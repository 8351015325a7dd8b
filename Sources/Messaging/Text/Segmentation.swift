/// How the characters of a message are written on the air.
public enum MessageEncoding: String, CaseIterable, FieldConvertible {
  /// GSM 03.38 default alphabet, 7 bits a character.
  case gsm7
  /// UCS-2, in fact UTF-16: 16 bits a code unit.
  case ucs2

  /// Units in a message of one segment (160 septets or 70 code units).
  var singleLimit: Int { self == .gsm7 ? 160 : 70 }

  /// Units in each segment of a longer one, whose header takes the rest.
  var partLimit: Int { self == .gsm7 ? 153 : 67 }
}

/// A text cut into the segments that networks carry and bill (3GPP TS 23.038 and 23.040).
public struct Segmentation: Hashable, Sendable {
  public var encoding: MessageEncoding
  /// How many segments, 1 or more.
  public var segments: Int
  /// Septets in GSM 03.38 (an extension character takes two), else UTF-16 code units.
  public var units: Int

  /// Counts the segments of `text`; neither an extension character nor a surrogate pair is split over two.
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

/// Adds up units, and the parts they fill when no character is split.
private struct UnitCount {
  private(set) var total = 0
  private(set) var parts = 1
  private var inPart = 0

  /// Nil where a character has no place in GSM 03.38.
  init?(septetsOf text: String) {
    if let count = GSM0338.septets(ofPlain: text) {
      // Each takes one, so none is moved to the next part.
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
  /// Septets that a character takes: 1, 2 for one of the extension table, or nil for one that is in neither.
  package static func septets(for scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "\u{C}", "^", "{", "}", "\\", "[", "~", "]", "|", "€": 2
    case "`": nil
    case "\n", "\r", " "..."~": 1
    default: !scalar.isASCII && beyondASCII.contains(scalar) ? 1 : nil
    }
  }

  /// Septets of a text of ASCII characters that take one each, as most do; nil for another.
  fileprivate static func septets(ofPlain text: String) -> Int? {
    var text = text
    // Once a text, not once a byte.
    let isPlain = isPlain
    return text.withUTF8 { bytes in bytes.allSatisfy { isPlain[Int($0)] } ? bytes.count : nil }
  }

  private static let isPlain = (0..<256).map { $0 < 128 && septets(for: Unicode.Scalar(UInt8($0))) == 1 }

  private static let beyondASCII = Set("£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà".unicodeScalars)
}
