import TextFormats

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
