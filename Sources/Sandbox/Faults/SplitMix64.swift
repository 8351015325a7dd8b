/// A small generator of random numbers whose whole sequence follows from its seed (Steele, Lea, Flood 2014).
struct SplitMix64: Hashable, Sendable {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// From 0 up to, but not including, 1.
  mutating func fraction() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// That many characters of `alphabet`: ASCII, and not empty.
  mutating func text(of alphabet: String, count: Int) -> String {
    let letters = Array(alphabet.utf8)
    let chosen = (0..<count).map { _ in letters[Int(next() % UInt64(letters.count))] }
    return String(decoding: chosen, as: UTF8.self)
  }
}
