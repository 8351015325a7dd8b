#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Remembers in 8 MB, however much is added, what surely was not added yet (B. H. Bloom, 1970).
///
/// Wrongly says "perhaps" of about 3 in 10,000 of a million hashes, and of 2 in 100 of ten million.
final class BloomFilter {
  private static let bits: UInt64 = 1 << 26
  private let words: UnsafeMutablePointer<UInt64>?

  init() {
    // Memory from `calloc` is not touched, and so takes no room, before something is added.
    words = calloc(Int(Self.bits / 64), MemoryLayout<UInt64>.stride)?.assumingMemoryBound(to: UInt64.self)
  }

  deinit {
    free(words)
  }

  /// Adds a hash; false if it surely is a new one, true if it perhaps was there.
  func addWasPresent(_ hash: Int) -> Bool {
    let bits = UInt64(bitPattern: Int64(hash))
    let first = setWasSet(bits % Self.bits)
    let second = setWasSet((bits >> 32) % Self.bits)
    return first && second
  }

  private func setWasSet(_ bit: UInt64) -> Bool {
    // Without memory for it everything is perhaps there, which is true.
    guard let words else { return true }
    let mask: UInt64 = 1 << (bit % 64)
    defer { words[Int(bit / 64)] |= mask }
    return words[Int(bit / 64)] & mask != 0
  }
}
