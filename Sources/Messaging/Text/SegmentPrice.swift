/// What one segment costs, in whatever currency: an exact decimal number, never a floating-point one.
public struct SegmentPrice: Hashable, Sendable {
  /// Digits on either side of the point, so that no total is too large to be counted.
  public static let longest = 9

  /// In units of the last digit.
  private let units: Int
  /// Digits after the point.
  private let decimals: Int

  /// Reads digits with or without a point between them, such as `0.0075`; nil for anything else, and for more than
  /// `longest` digits before the point or after it.
  public init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.allSatisfy({ 1...Self.longest ~= $0.count && $0.allSatisfy(\.isASCIIDigit) }) else { return nil }
    units = parts.joined().reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    decimals = parts.count > 1 ? parts[1].count : 0
  }

  /// The price of so many segments, with as many digits after the point as the price of one was written with.
  public func total(of segments: Int) -> String {
    let digits = String(Int128(units) * Int128(segments))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
    return decimals == 0 ? padded : "\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
  }
}

extension UInt8 {
  fileprivate var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
