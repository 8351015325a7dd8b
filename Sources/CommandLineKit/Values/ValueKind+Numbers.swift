extension ValueKind where Value == Int {
  /// A whole number written in digits alone: no sign, no spaces, no exponent.
  public static func int(_ range: ClosedRange<Int> = 0...Int.max) -> Self {
    ValueKind("N") { (text) throws(ValueProblem) in
      try strictInteger(text.utf8, in: range)
    }
  }
}

/// Reads ASCII digits alone as a number within a range of non-negative numbers.
func strictInteger(
  _ digits: some Collection<UInt8>, in range: ClosedRange<Int>
) throws(ValueProblem) -> Int {
  guard !digits.isEmpty else { throw .notANumber }
  guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { throw .notANumber }
  var number = 0
  for digit in digits {
    let (product, tooLarge) = number.multipliedReportingOverflow(by: 10)
    let (sum, stillTooLarge) = product.addingReportingOverflow(Int(digit - UInt8(ascii: "0")))
    guard !tooLarge, !stillTooLarge else { throw range.upperBound == Int.max ? .tooLarge : .outOfRange(range) }
    number = sum
  }
  guard range.contains(number) else { throw .outOfRange(range) }
  return number
}
