import Messaging

/// Something that goes wrong between a provider and its client.
public enum FaultKind: String, CaseIterable, Hashable, Sendable {
  /// The request is read, then the connection cut; nothing was accepted.
  case dropBefore = "drop-before"
  /// The request is accepted, then the connection cut.
  case dropAfter = "drop-after"
  /// The request is accepted, and no reply ever comes.
  case hang
  /// HTTP 500; nothing was accepted.
  case http500 = "http-500"
  /// HTTP 429 with Retry-After; nothing was accepted.
  case http429 = "http-429"
  /// HTTP 503 with Retry-After; nothing was accepted.
  case http503 = "http-503"
  /// The request is accepted, and the reply is neither JSON nor UTF-8.
  case garbage
  /// The request is accepted, and the reply ends in its middle.
  case truncate
  /// The request is accepted, and the reply trickles for some seconds.
  case slow
}

/// A kind of fault and how often it strikes.
public struct Fault: Hashable, Sendable {
  public var kind: FaultKind
  /// 0 (never) to 1 (always).
  public var probability: Double

  /// A probability below 0 is taken as 0, one above 1 as 1.
  public init(_ kind: FaultKind, probability: Double = 1) {
    self.kind = kind
    self.probability = min(max(probability, 0), 1)
  }

  /// Reads `KIND` or `KIND=PROBABILITY`, the latter a plain decimal number from 0 to 1; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let kind = FaultKind(rawValue: String(parts[0])) else { return nil }
    self.kind = kind
    probability = 1
    guard parts.count == 2 else { return }
    let digits = parts[1].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard digits.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isDigit) }), let number = Double(parts[1]),
      (0...1).contains(number)
    else { return nil }
    probability = number
  }
}

/// Decides, request by request, what goes wrong. The same seed gives the same decisions in the same order.
struct FaultDice: Sendable {
  private let faults: [Fault]
  private var random: SplitMix64

  init(_ faults: [Fault], seed: UInt64) {
    self.faults = faults
    random = SplitMix64(seed: seed)
  }

  /// The fault of the next request: the first of the list that strikes. Every fault rolls each time, so that one
  /// striking does not change what comes later.
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
  /// What is sent instead of asking the provider; nil where the provider gets the request.
  var replyInstead: SandboxReply? {
    switch self {
    case .dropBefore: SandboxReply()
    case .http500: .plain("internal server error", status: 500)
    case .http429: .plain("too many requests", status: 429, headers: Self.retryAfter)
    case .http503: .plain("temporarily unavailable", status: 503, headers: Self.retryAfter)
    case .dropAfter, .hang, .garbage, .truncate, .slow: nil
    }
  }

  /// A second: short enough for tests to wait for.
  private static let retryAfter = [HeaderField("Retry-After", "1")]
}
