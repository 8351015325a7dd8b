/// A fault between a provider and its client.
package enum FaultKind: String, CaseIterable, Hashable, Sendable {
  /// Reads the request and cuts the connection; accepts nothing.
  case dropBefore = "drop-before"
  /// Accepts the request and cuts the connection.
  case dropAfter = "drop-after"
  /// Accepts the request and never replies.
  case hang
  /// Replies with HTTP 500; nothing is accepted.
  case http500 = "http-500"
  /// Replies with HTTP 429 and Retry-After; nothing is accepted.
  case http429 = "http-429"
  /// Replies with HTTP 503 and Retry-After; nothing is accepted.
  case http503 = "http-503"
  /// Accepts the request; the reply is neither JSON nor UTF-8.
  case garbage
  /// Accepts the request; the reply breaks off in the middle.
  case truncate
  /// Accepts the request; the reply arrives slowly, over five seconds.
  case slow
}

/// A kind of fault, and how often it occurs.
package struct Fault: Hashable, Sendable {
  package var kind: FaultKind
  /// 0 (never) to 1 (always).
  package var probability: Double

  /// Clamps the probability to the range 0 to 1.
  package init(_ kind: FaultKind, probability: Double = 1) {
    self.kind = kind
    self.probability = min(max(probability, 0), 1)
  }

  /// Reads `KIND` or `KIND=PROBABILITY`, with a plain decimal number from 0 to 1; nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let kind = FaultKind(rawValue: String(parts[0])) else { return nil }
    self.init(kind)
    guard parts.count == 2 else { return }
    let digits = parts[1].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard digits.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isDigit) }), let number = Double(parts[1]),
      (0...1).contains(number)
    else { return nil }
    probability = number
  }
}

/// Chooses the fault of each request. The same seed leads to the same sequence.
struct FaultDice: Sendable {
  private let faults: [Fault]
  private var random: SplitMix64

  init(_ faults: [Fault], seed: UInt64) {
    self.faults = faults
    random = SplitMix64(seed: seed)
  }

  /// The fault of the next request: the first in the list that occurs. Each fault uses a random number every time,
  /// so that one occurrence doesn't change later ones.
  mutating func roll() -> FaultKind? {
    var struck: FaultKind?
    for fault in faults {
      let strikes = random.fraction() < fault.probability
      if strikes, struck == nil { struck = fault.kind }
    }
    return struck
  }
}

extension FaultKind {
  /// The reply to send without passing the request to the provider; nil if the provider gets it.
  var replyInstead: SandboxReply? {
    switch self {
    case .dropBefore: SandboxReply()
    case .http500: .plain("internal server error", status: 500)
    case .http429: .plain("too many requests", status: 429, headers: [.retryAfter])
    case .http503: .plain("temporarily unavailable", status: 503, headers: [.retryAfter])
    case .dropAfter, .hang, .garbage, .truncate, .slow: nil
    }
  }
}

/// A small random number generator; the seed determines the whole sequence (Steele, Lea, Flood 2014).
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

  /// `count` characters of `alphabet`, which must be ASCII and not empty.
  mutating func text(of alphabet: String, count: Int) -> String {
    let letters = Array(alphabet.utf8)
    let chosen = (0..<count).map { _ in letters[Int(next() % UInt64(letters.count))] }
    return String(decoding: chosen, as: UTF8.self)
  }
}
