/// A decimal number of any length, such as a balance; compared digit by digit, never rounded.
public struct DecimalAmount: Hashable, Sendable {
  private let isNegative: Bool
  /// Without leading zeros.
  private let whole: [UInt8]
  /// Without trailing zeros.
  private let fraction: [UInt8]

  /// Reads digits with an optional point between them and an optional leading `-`; nil for anything else.
  public init?(_ text: String) {
    let digits = text.hasPrefix("-") ? text.utf8.dropFirst() : text.utf8[...]
    let parts = digits.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    let isNumber = parts.allSatisfy { part in
      !part.isEmpty && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
    guard isNumber else { return nil }
    let zero = UInt8(ascii: "0")
    whole = Array(parts[0].drop { $0 == zero })
    fraction = parts.count == 1 ? [] : Array(parts[1].reversed().drop { $0 == zero }.reversed())
    isNegative = text.hasPrefix("-") && !(whole.isEmpty && fraction.isEmpty)
  }
}

extension DecimalAmount: Comparable {
  public static func < (left: Self, right: Self) -> Bool {
    guard left.isNegative == right.isNegative else { return left.isNegative }
    let (small, large) = left.isNegative ? (right, left) : (left, right)
    guard small.whole.count == large.whole.count else { return small.whole.count < large.whole.count }
    return (small.whole + small.fraction).lexicographicallyPrecedes(large.whole + large.fraction)
  }
}
