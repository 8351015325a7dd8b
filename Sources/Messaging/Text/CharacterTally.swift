/// How often characters (Unicode scalars) occur. There is one number for each, so Unicode itself bounds its size.
public struct CharacterTally: Hashable, Sendable {
  /// One character, and how often it occurs.
  public typealias Entry = (character: Unicode.Scalar, count: Int)

  private var counts: [Unicode.Scalar: Int] = [:]

  public init() {}

  public var isEmpty: Bool { counts.isEmpty }

  /// The most frequent first, those that are as frequent by code point.
  public var entries: [Entry] {
    counts.map { ($0.key, $0.value) }.sorted { ($1.count, $0.character) < ($0.count, $1.character) }
  }

  mutating func add(_ character: Unicode.Scalar) {
    counts[character, default: 0] += 1
  }

  /// Adds up two tallies.
  public mutating func add(_ other: CharacterTally) {
    if !other.isEmpty { counts.merge(other.counts, uniquingKeysWith: +) }
  }
}
