/// A zone of the time zone database, as its file has it (RFC 9636, TZif).
struct TimeZoneTable: Sendable {
  /// Moments at which the offset changes, rising.
  private var transitions: [Int64]
  /// The offset from each transition on.
  private var offsets: [Int]
  /// The offset before the first transition.
  private var initialOffset: Int
  /// What holds after the last transition; nil where the file says nothing.
  private var rule: TimeZoneRule?

  /// Reads a file; nil where it is not one.
  init?(_ file: [UInt8]) {
    var reader = TimeZoneFileReader(file)
    guard var block = reader.readBlock(wide: false) else { return nil }
    if block.version >= UInt8(ascii: "2") {
      // The first block is for old readers; the second has the same in 64 bits, and the rule behind it.
      guard let wide = reader.readBlock(wide: true), let footer = reader.readFooter() else { return nil }
      block = wide
      rule = TimeZoneRule(footer)
    }
    guard let initial = block.offsets.first else { return nil }
    transitions = block.transitions
    offsets = block.types.map { block.offsets[$0] }
    initialOffset = initial
  }

  /// Seconds east of UTC at a moment given in Unix seconds.
  func offset(at seconds: Int64) -> Int {
    guard let last = transitions.last else { return rule?.offset(at: seconds) ?? initialOffset }
    if seconds >= last, let rule { return rule.offset(at: seconds) }
    let later = firstTransition(after: seconds)
    return later == 0 ? initialOffset : offsets[later - 1]
  }

  private func firstTransition(after seconds: Int64) -> Int {
    var (low, high) = (0, transitions.count)
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// One of the two blocks of data in a TZif file.
struct TimeZoneBlock {
  var version: UInt8
  var transitions: [Int64]
  /// For each transition the index of its offset.
  var types: [Int]
  var offsets: [Int]
}

/// Reads the parts of a TZif file one after the other; nil wherever it does not hold what it says.
struct TimeZoneFileReader {
  private var rest: ArraySlice<UInt8>

  init(_ file: [UInt8]) {
    rest = file[...]
  }

  /// A header and the block of data behind it; `wide` when moments have 8 bytes.
  mutating func readBlock(wide: Bool) -> TimeZoneBlock? {
    guard take(4)?.elementsEqual("TZif".utf8) == true, let version = take(1)?.first, take(15) != nil else { return nil }
    // In the order of the file: UT indicators, standard indicators, leap seconds, transitions, types, characters.
    let counts = (0..<6).compactMap { _ in number(bytes: 4).map { Int($0) } }
    guard counts.count == 6, counts.allSatisfy({ (0...65_536).contains($0) }) else { return nil }
    let width = wide ? 8 : 4
    let transitions = (0..<counts[3]).compactMap { _ in number(bytes: width) }
    guard transitions.count == counts[3], let types = take(counts[3]) else { return nil }
    let offsets = (0..<counts[4]).compactMap { _ in localTimeType() }
    guard offsets.count == counts[4], types.allSatisfy({ $0 < offsets.count }),
      take(counts[5] + counts[2] * (width + 4) + counts[1] + counts[0]) != nil
    else { return nil }
    return TimeZoneBlock(version: version, transitions: transitions, types: types.map { Int($0) }, offsets: offsets)
  }

  /// The rule between two line feeds at the end of the file.
  mutating func readFooter() -> ArraySlice<UInt8>? {
    let lineFeed = UInt8(ascii: "\n")
    guard take(1)?.first == lineFeed, let end = rest.firstIndex(of: lineFeed) else { return nil }
    return rest[..<end]
  }

  /// Offset, daylight saving flag, and index of the abbreviation; only the first matters here.
  private mutating func localTimeType() -> Int? {
    guard let offset = number(bytes: 4), take(2) != nil else { return nil }
    return Int(offset)
  }

  /// A big-endian number in two's complement.
  private mutating func number(bytes count: Int) -> Int64? {
    guard let bytes = take(count), let first = bytes.first else { return nil }
    return bytes.dropFirst().reduce(Int64(Int8(bitPattern: first))) { $0 << 8 | Int64($1) }
  }

  private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}
