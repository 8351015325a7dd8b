/// How often characters (Unicode scalars) occur.
///
/// More different ones than any script uses are not told apart, so that its size is bounded.
public struct CharacterTally: Hashable, Sendable {
  /// One character, and how often it occurs.
  public typealias Entry = (character: Unicode.Scalar, count: Int)

  private static let mostDifferent = 1 << 14

  private var counts: [Unicode.Scalar: Int] = [:]
  /// Whether there were others that have no entry.
  public private(set) var hasMore = false

  public init() {}

  public var isEmpty: Bool { counts.isEmpty }

  /// The most frequent first, those that are as frequent by code point.
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

  /// Adds up two tallies.
  public mutating func add(_ other: CharacterTally) {
    for (character, count) in other.counts { add(character, count) }
    hasMore = hasMore || other.hasMore
  }
}
