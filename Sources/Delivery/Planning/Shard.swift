import Messaging

/// One of several machines that share an input, each taking the rows of some numbers.
///
/// A row's number alone decides, so all rows of a number meet in one shard, where duplicates are found, and neither
/// the order of the rows nor the process matters.
public struct Shard: Hashable, Sendable {
  /// 1 to `count`.
  public let index: Int
  public let count: Int

  /// Nil unless 1 ≤ index ≤ count.
  public init?(index: Int, count: Int) {
    guard count >= 1, (1...count).contains(index) else { return nil }
    self.index = index
    self.count = count
  }

  /// Reads `K/N`, digits only; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.allSatisfy(\.isASCIIDigit) ? Int($0) : nil }
    guard parts.count == 2, numbers.count == 2 else { return nil }
    self.init(index: numbers[0], count: numbers[1])
  }

  /// As it is typed, such as `2/5`.
  public var text: String { "\(index)/\(count)" }

  /// Whether rows with this number are in it; `number` is E.164, or as it was written where it is invalid.
  func contains(_ number: String) -> Bool {
    Int(stableHash(number) % UInt64(count)) + 1 == index
  }
}

/// FNV-1a with 64 bits and a final mix (the one of MurmurHash3), as the low bits alone decide; never to be changed.
private func stableHash(_ text: String) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  hash = (hash ^ (hash >> 33)) &* 0xff51_afd7_ed55_8ccd
  hash = (hash ^ (hash >> 33)) &* 0xc4ce_b9fe_1a85_ec53
  return hash ^ (hash >> 33)
}
