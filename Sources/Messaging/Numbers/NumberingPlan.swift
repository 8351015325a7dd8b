/// The known facts about the numbers of a calling code (ITU-T E.164): their lengths, first digits and prefixes.
///
/// National numbers are ASCII digits, without a trunk prefix.
struct NumberingPlan {
  /// Bits 0 to 9: calling code; 10 to 26: possible lengths, from 1; 27 to 29: trunk prefixes; 30 to 45: international
  /// prefixes; 46 to 59: lengths and first digits of mobile and fixed-line numbers. The last two are an index into an
  /// array and a count.
  private let packed: UInt64

  /// Nil if the calling code is not assigned.
  init?(callingCode: Int) {
    let plans = NumberingPlanTable.plans
    var (low, high) = (0, plans.count)
    while low < high {
      let middle = (low + high) / 2
      let code = Self.code(of: plans[middle])
      if code == callingCode {
        packed = plans[middle]
        return
      }
      if code < callingCode { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// The plan of an international number, without `+`; nil if its calling code is not assigned.
  ///
  /// No calling code is a prefix of another.
  init?(ofInternational digits: some Collection<UInt8>) {
    var code = 0
    for digit in digits.prefix(3) {
      code = code * 10 + Int(digit & 15)
      if let plan = NumberingPlan(callingCode: code) {
        self = plan
        return
      }
    }
    return nil
  }

  var callingCode: Int { Self.code(of: packed) }

  /// Whether any kind of number, including toll-free numbers and pagers, has this many digits.
  func isPossible(length: Int) -> Bool {
    length > 0 && length <= 17 && packed >> (9 + UInt64(length)) & 1 == 1
  }

  /// Whether a mobile or fixed-line number may have this length and these first two digits.
  func fits(_ national: ArraySlice<UInt8>) -> Bool {
    hasStart(of: national, amongShortMobile: false)
  }

  /// Whether a mobile number of up to 6 digits may have this length and these first two digits.
  func fitsShortMobile(_ national: ArraySlice<UInt8>) -> Bool {
    hasStart(of: national, amongShortMobile: true)
  }

  /// The lengths of mobile and fixed-line numbers, ascending.
  var lengths: [Int] {
    starts.filter { $0 & Self.shortMobile == 0 }.map { Int($0 & 31) }
  }

  /// The number of digits of the calling code.
  var codeLength: Int { callingCode < 10 ? 1 : callingCode < 100 ? 2 : 3 }

  /// The digits of the calling code.
  var code: [UInt8] { Array(String(callingCode).utf8) }

  /// The prefixes dialed before a national number within the country.
  var trunkPrefixes: [[UInt8]] {
    let prefixes =
      switch packed >> 27 & 7 {
      case 1: ["0"]
      case 2: ["06"]
      case 3: ["1"]
      case 4: ["8"]
      case 5: ["8", "80"]
      default: [String]()
      }
    return prefixes.map { Array($0.utf8) }
  }

  /// The possible lengths of an international prefix at the beginning of the digits; `00` always counts as one.
  func internationalPrefixLengths(in digits: [UInt8]) -> [Int] {
    let start = Int(packed >> 30 & 511)
    let prefixes = NumberingPlanTable.internationalPrefixes[start..<start + Int(packed >> 39 & 127)]
    var dialed: UInt32 = 1
    return (1...5).filter { length in
      guard length <= digits.count else { return false }
      dialed = dialed * 10 + UInt32(digits[length - 1] & 15)
      return dialed == 100 || prefixes.contains(dialed)
    }
  }
}

extension NumberingPlan {
  private static let shortMobile: UInt16 = 1 << 5

  private static func code(of packed: UInt64) -> Int { Int(packed & 1023) }

  /// Bits 0 to 4: length; 5: short mobile numbers; 6 to 15: index of the set of first two digits.
  private var starts: ArraySlice<UInt16> {
    let start = Int(packed >> 46 & 511)
    return NumberingPlanTable.starts[start..<start + Int(packed >> 55 & 31)]
  }

  private func hasStart(of national: ArraySlice<UInt8>, amongShortMobile: Bool) -> Bool {
    guard national.count > 1 else { return false }
    let kind = UInt16(national.count) | (amongShortMobile ? Self.shortMobile : 0)
    guard let set = starts.first(where: { $0 & 63 == kind }).map({ Int($0 >> 6) }) else { return false }
    let first = national.startIndex
    let bit = set * 100 + Int(national[first] & 15) * 10 + Int(national[first + 1] & 15)
    return NumberingPlanTable.sets[bit >> 6] >> UInt64(bit & 63) & 1 == 1
  }
}
