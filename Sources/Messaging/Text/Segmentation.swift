import TextFormats

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

/// Why a text is UCS-2, and how many segments it would take otherwise.
public struct UCS2Cause: Hashable, Sendable {
  /// The characters that GSM 03.38 lacks.
  public private(set) var characters = CharacterTally()
  /// Segments of the text without these characters; 0 if the rest is blank.
  public let segmentsWithout: Int

  public init(of text: String) {
    var rest = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if GSM0338.septets(for: scalar) == nil { characters.add(scalar) } else { rest.append(scalar) }
    }
    let isBlank = rest.allSatisfy(\.properties.isWhitespace)
    segmentsWithout = isBlank ? 0 : Segmentation(of: String(rest)).segments
  }
}

/// A text that takes more segments than allowed.
public struct SegmentExcess: Hashable, Sendable {
  public let segmentation: Segmentation
  public let limit: Int
  /// Nil for a text that is not UCS-2.
  public let cause: UCS2Cause?

  /// Nil for a text of up to `limit` segments.
  public init?(of text: String, limit: Int) {
    segmentation = Segmentation(of: text)
    guard segmentation.segments > limit else { return nil }
    self.limit = limit
    cause = segmentation.encoding == .ucs2 ? UCS2Cause(of: text) : nil
  }
}

/// The price of one segment, in any currency: an exact decimal number, not a floating-point one.
public struct SegmentPrice: Hashable, Sendable {
  /// The maximum number of digits before and after the point, so that no total overflows.
  public static let longest = 9

  /// In units of the last digit.
  private let units: Int
  /// Digits after the point.
  private let decimals: Int

  /// Reads digits with an optional point between them, such as `0.0075`; nil for anything else, and for more than
  /// `longest` digits before or after the point.
  public init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.allSatisfy({ 1...Self.longest ~= $0.count && $0.allSatisfy(\.isASCIIDigit) }) else { return nil }
    units = parts.joined().reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    decimals = parts.count > 1 ? parts[1].count : 0
  }

  /// The price of this many segments, with as many decimals as the price of one was written with.
  public func total(of segments: Int) -> String {
    let digits = String(Int128(units) * Int128(segments))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
    return decimals == 0 ? padded : "\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
  }
}

extension UInt8 {
  fileprivate var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}

extension SegmentExcess {
  fileprivate var message: String {
    let size = "\(counted(segmentation.segments, "segment")) (\(segmentation.encoding.rawValue))"
    return "the message takes \(size), but --max-segments allows \(limit)"
  }

  private static let general = "shorten it, or raise --max-segments"

  fileprivate var hint: String {
    let general = Self.general
    guard let cause, (1..<segmentation.segments).contains(cause.segmentsWithout) else { return general }
    let most = 3
    let characters = cause.characters.shortWords(most: most)
    let rest = "without \(characters), it takes \(counted(cause.segmentsWithout, "segment"))"
    return [cause.characters.substitutesHint ?? general, rest].joined(separator: "; ")
  }
}

extension InputError.Problem {
  package static func tooManySegments(_ excess: SegmentExcess) -> Self { Self(excess.message, hint: excess.hint) }
}

extension InputError.Problem {
  /// A long text in each encoding.
  package static var segmentExamples: [Self] {
    let texts = [
      String(repeating: "a", count: 400), String(repeating: "a", count: 200) + "“…” 🎉",
      "😀" + String(repeating: "ж", count: 200),
    ]
    return texts.compactMap { SegmentExcess(of: $0, limit: 1).map(Self.tooManySegments) }
  }
}
