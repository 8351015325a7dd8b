#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Public conformance data, in `$SMS_CONFORMANCE`, or in `shared/conformance` next to the checkout.
public enum Conformance {
  /// The directory of one kind of data, or nil if it is missing.
  public static func folder(_ name: String) -> String? {
    existing("\(root(variable: "SMS_CONFORMANCE", "conformance"))/\(name)")
  }

  /// The directory of written phone numbers, `$SMS_NUMBERS` or `shared/numbers` next to the checkout; nil if missing.
  public static var numbers: String? { existing(root(variable: "SMS_NUMBERS", "numbers")) }

  private static func root(variable: String, _ name: String) -> String {
    getenv(variable).map { String(cString: $0) } ?? "../shared/\(name)"
  }

  private static func existing(_ path: String) -> String? { access(path, R_OK) == 0 ? path : nil }
}

/// Random numbers that are the same for the same seed (SplitMix64).
public final class SeededRandom {
  private var state: UInt64

  public init(_ seed: UInt64) {
    state = seed
  }

  /// 0 up to, but not including, `bound`.
  public func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
  }
}
