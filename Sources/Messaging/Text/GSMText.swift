/// Replaces typographic characters with those of GSM 03.38 (`GSMSubstitutes`).
public enum GSMText {
  /// Returns a text with the same meaning that takes no more segments. Adds to `changes` what was replaced, and which
  /// characters GSM 03.38 still lacks.
  public static func replacing(_ text: String, noting changes: inout GSMChanges) -> String {
    let before = Segmentation(of: text)
    guard before.encoding == .ucs2 else { return text }
    // An ellipsis becomes three characters, so with many of them, UCS-2 may take fewer segments.
    for mayLengthen in [true, false] {
      var made = GSMChanges()
      let replaced = replacing(text, mayLengthen: mayLengthen, noting: &made)
      guard Segmentation(of: replaced).segments <= before.segments else { continue }
      changes.add(made)
      return replaced
    }
    return text
  }

  private static func replacing(_ text: String, mayLengthen: Bool, noting changes: inout GSMChanges) -> String {
    var replaced = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if let substitute = substitute(for: scalar), mayLengthen || substitute.utf8.count <= 1 {
        changes.replaced.add(scalar)
        replaced.append(contentsOf: substitute.unicodeScalars)
      } else {
        if GSM0338.septets(for: scalar) == nil { changes.left.add(scalar) }
        replaced.append(scalar)
      }
    }
    return String(replaced)
  }

  /// The replacement of a character; empty for an invisible one, nil for one to keep.
  public static func substitute(for character: Unicode.Scalar) -> String? {
    GSMSubstitutes.substitute(for: character)
  }
}

/// What happened to the characters that GSM 03.38 lacks.
public struct GSMChanges: Hashable, Sendable {
  public internal(set) var replaced = CharacterTally()
  /// The characters that still force UCS-2.
  public internal(set) var left = CharacterTally()

  public init() {}

  /// Adds the changes of another text.
  public mutating func add(_ other: GSMChanges) {
    replaced.add(other.replaced)
    left.add(other.left)
  }
}

/// Counts how often characters (Unicode scalars) occur.
///
/// To bound its size, it counts no more distinct ones than any script uses.
public struct CharacterTally: Hashable, Sendable {
  /// A character and its number of occurrences.
  public typealias Entry = (character: Unicode.Scalar, count: Int)

  private static let mostDifferent = 1 << 14

  private var counts: [Unicode.Scalar: Int] = [:]
  /// Whether there were more characters that have no entry.
  public private(set) var hasMore = false

  public init() {}

  public var isEmpty: Bool { counts.isEmpty }

  /// Most frequent first, equally frequent ones by code point.
  public var entries: [Entry] {
    counts.map { ($0.key, $0.value) }.sorted { ($1.count, $0.character) < ($0.count, $1.character) }
  }

  mutating func add(_ character: Unicode.Scalar, _ count: Int = 1) {
    if counts.count < Self.mostDifferent || counts[character] != nil {
      counts[character, default: 0] += count
    } else {
      hasMore = true
    }
  }

  /// Adds another tally.
  public mutating func add(_ other: CharacterTally) {
    guard !other.isEmpty else { return }
    for (character, count) in other.counts { add(character, count) }
    hasMore = hasMore || other.hasMore
  }
}
