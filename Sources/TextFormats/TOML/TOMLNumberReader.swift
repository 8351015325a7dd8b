/// Reads all of a word as a number.
struct TOMLNumberReader: ByteReader {
  /// A number as Swift spells it.
  enum Spelling {
    case integer(String, radix: Int)
    case float(String)

    /// Nil where 64 bits do not hold it.
    var value: TOMLValue.Content? {
      switch self {
      case .integer(let spelling, let radix): Int64(spelling, radix: radix).map { .integer($0) }
      case .float(let spelling): Double(spelling).flatMap { $0.isFinite ? .float($0) : nil }
      }
    }
  }

  let bytes: [UInt8]
  var offset = 0

  init(_ word: [UInt8]) {
    bytes = word
  }

  /// Nil where the word is not a number.
  mutating func spelling() -> Spelling? {
    let spelling = if let radix = takeRadix() { prefixedInteger(radix: radix) } else { decimal() }
    return next == nil ? spelling : nil
  }

  /// The base that `0x`, `0o` or `0b` stands for.
  private mutating func takeRadix() -> Int? {
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where bytes.starts(with: prefix.utf8) {
      offset = 2
      return radix
    }
    return nil
  }

  private mutating func prefixedInteger(radix: Int) -> Spelling? {
    digits(radix: radix).map { .integer($0, radix: radix) }
  }

  private mutating func decimal() -> Spelling? {
    let sign = sign()
    guard let whole = digits(), whole == "0" || !whole.hasPrefix("0") else { return nil }
    if next == nil { return .integer(sign + whole, radix: 10) }
    var spelling = sign + whole
    if take(".") {
      guard let fraction = digits() else { return nil }
      spelling += "." + fraction
    }
    if take("e") || take("E") {
      let sign = self.sign()
      guard let exponent = digits() else { return nil }
      spelling += "e" + sign + exponent
    }
    return .float(spelling)
  }

  private mutating func sign() -> String {
    take("-") ? "-" : take("+") ? "+" : ""
  }

  /// Digits without the underscores, each of which must be between two digits.
  private mutating func digits(radix: Int = 10) -> String? {
    var digits = ""
    repeat {
      let run = take { byte in byte.hexadecimalDigit.map { $0 < radix } ?? false }
      guard !run.isEmpty else { return nil }
      digits += String(decoding: run, as: UTF8.self)
    } while take("_")
    return digits
  }
}
