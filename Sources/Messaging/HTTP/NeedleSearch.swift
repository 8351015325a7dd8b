import TextFormats

/// One form of a secret. A space also matches a plus sign.
struct Needle: Sendable {
  enum Spelling {
    case plain, hexadecimal
    /// Without the digits at either end that depend on the bytes around the secret.
    case base64
  }

  let bytes: [UInt8]
  let spelling: Spelling
  /// What must not be adjacent to it: within a longer number or word, a short secret, or one of digits, occurs by
  /// chance, and masking it would make phone numbers and ids unreadable.
  private let foreignNeighbor: Neighbor

  private enum Neighbor {
    case none, digit, wordByte
  }

  init(_ bytes: [UInt8], _ spelling: Spelling) {
    self.bytes = bytes
    self.spelling = spelling
    switch spelling {
    case .plain where bytes.allSatisfy(\.isDigit): foreignNeighbor = .digit
    case .plain where bytes.count < 8 && bytes.allSatisfy(\.isWordByte): foreignNeighbor = .wordByte
    default: foreignNeighbor = .none
    }
  }

  /// The range of the secret's form that begins at an index; nil if there is none.
  func range(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Range<Int>? {
    let end = start + bytes.count
    guard end <= text.count else { return nil }
    for index in bytes.indices {
      let byte = text[start + index].folded
      guard byte == bytes[index] || spelling == .hexadecimal && byte | 0x20 == bytes[index] else { return nil }
    }
    if start > 0 && isForeign(text[start - 1]) || end < text.count && isForeign(text[end]) { return nil }
    guard spelling == .base64 else { return start..<end }
    let before = text[..<start].reversed().prefix(while: \.isBase64Digit).count
    let behind = text[end...].prefix(while: \.isBase64Digit).count
    return start - before..<end + behind
  }

  private func isForeign(_ neighbor: UInt8) -> Bool {
    switch foreignNeighbor {
    case .none: false
    case .digit: neighbor.isDigit
    case .wordByte: neighbor.isWordByte
    }
  }
}

/// Searches for many needles at once (Horspool's algorithm, extended to sets).
struct NeedleSearch: Sendable {
  /// Longest first, as a secret may be part of another.
  private let needles: [Needle]
  /// The length of the shortest needle.
  private let window: Int
  /// For each last byte of a window, the distance to the next one that may match; 0 if this one may.
  private var skips: [UInt8]
  /// The same for a window that was compared and didn't match.
  private var steps: [UInt8]

  init(_ needles: [Needle]) {
    self.needles = needles.sorted { $0.bytes.count > $1.bytes.count }
    window = min(needles.map(\.bytes.count).min() ?? 0, Int(UInt8.max))
    skips = Array(repeating: UInt8(window), count: 256)
    steps = skips
    for needle in needles {
      for (index, byte) in needle.bytes.prefix(window).enumerated() {
        let skip = UInt8(window - 1 - index)
        for spelled in needle.ways(toWrite: byte).map(Int.init) {
          skips[spelled] = min(skips[spelled], skip)
          if skip > 0 { steps[spelled] = min(steps[spelled], skip) }
        }
      }
    }
  }

  var isEmpty: Bool { needles.isEmpty }

  func first(in text: [UInt8]) -> Range<Int>? {
    text.withUnsafeBufferPointer { first(in: $0) }
  }

  /// The first match at or after an index.
  func first(in text: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Range<Int>? {
    guard window > 0 else { return nil }
    return skips.withUnsafeBufferPointer { skips in
      var last = start + window - 1
      while last < text.count {
        let skip = Int(skips[Int(text[last])])
        if skip > 0 {
          last += skip
          continue
        }
        // By index, as a loop over the needles would copy each.
        for index in needles.indices {
          if let range = needles[index].range(in: text, at: last - window + 1) { return range }
        }
        last += Int(steps[Int(text[last])])
      }
      return nil
    }
  }

  /// All matches; of those that begin at the same position, the longest.
  func ranges(in text: [UInt8]) -> [Range<Int>] {
    text.withUnsafeBufferPointer { text in
      var found: [Range<Int>] = []
      var start = 0
      while let range = first(in: text, from: start) {
        found.append(range)
        start = max(range.upperBound, start + 1)
      }
      return found
    }
  }
}

extension Needle {
  /// The bytes that `range(in:at:)` accepts for one of its own.
  fileprivate func ways(toWrite byte: UInt8) -> [UInt8] {
    if byte == UInt8(ascii: " ") { return [byte, UInt8(ascii: "+")] }
    return spelling == .hexadecimal && byte >= UInt8(ascii: "a") ? [byte, byte & 0xDF] : [byte]
  }
}

extension UInt8 {
  fileprivate var folded: UInt8 { self == UInt8(ascii: "+") ? UInt8(ascii: " ") : self }

  /// An ASCII letter or digit.
  fileprivate var isWordByte: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) || isDigit }

  /// Whether it may occur in Base64, in either alphabet; a space stands for a plus sign.
  fileprivate var isBase64Digit: Bool {
    switch self {
    case UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "="): true
    default: isWordByte
    }
  }
}
