/// Why a text is UCS-2, and what it would take otherwise.
public struct UCS2Cause: Hashable, Sendable {
  /// The characters that GSM 03.38 lacks.
  public private(set) var characters = CharacterTally()
  /// Segments of what is left of the text without them; 0 where that is blank.
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

/// A text that takes more segments than it may.
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
