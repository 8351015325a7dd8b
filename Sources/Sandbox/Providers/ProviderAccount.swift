import Messaging

/// A customer of a provider, with all the data that the provider has about them.
///
/// Conforming types are based on the provider's documents, never on our adapter: otherwise, the adapter's mistakes
/// wouldn't be noticed. Notes in parentheses name the source of a fact: the documents; seen with real hosts or
/// their clients; or a guess.
protocol ProviderAccount: Sendable {
  typealias Refusal = ProviderRefusal<Self>

  /// Whether the request has this customer's credentials.
  func isLoggedIn(_ request: SandboxRequest) -> Bool

  /// Handles a request as the provider does.
  mutating func answer(_ request: SandboxRequest, at now: Timestamp) -> SandboxReply
}

/// A provider's refusal of a call, in its own code and words.
struct ProviderRefusal<Account: ProviderAccount>: Error, Hashable {
  var code: String
  var message: String

  init(_ code: String, _ message: String) {
    (self.code, self.message) = (code, message)
  }

  init(_ code: Int, _ message: String) {
    self.init(String(code), message)
  }
}

/// The progress of a message after a provider accepts it: its stage depends only on the time.
struct Lifecycle: Hashable, Sendable {
  enum Stage: Hashable, Sendable {
    case scheduled, pending, sent, delivered, failed
  }

  /// When it is sent.
  var startsAt: Timestamp
  /// Whether it fails in the end.
  var fails: Bool

  /// A message to a number, accepted now and optionally scheduled; a time in the past means now.
  init(to number: String, acceptedAt now: Timestamp, scheduledAt: Timestamp? = nil) {
    startsAt = max(now, scheduledAt ?? now)
    fails = number.isUnreachable
  }

  /// Pending for a second, then failed, or sent for a second and delivered.
  func stage(at now: Timestamp) -> Stage {
    if now < startsAt { return .scheduled }
    if now < startsAt.adding(seconds: 1) { return .pending }
    if fails { return .failed }
    return now < deliveredAt ? .sent : .delivered
  }

  /// When it is delivered, unless it fails.
  var deliveredAt: Timestamp { startsAt.adding(seconds: 2) }
}

extension String {
  /// Whether messages to this number always fail.
  var isUnreachable: Bool { hasSuffix(SampleData.failingEnding) }

  /// Whether it is an international number in the format of most of these APIs: 7 to 15 digits, not starting with
  /// 0, without `+`.
  var isInternationalDigits: Bool {
    (7...15).contains(utf8.count) && utf8.allSatisfy(\.isDigit) && utf8.first != UInt8(ascii: "0")
  }
}

extension CivilTime {
  /// Reads `DD-MM-YYYY HH:MM`; nil for anything else, and for days that don't exist.
  init?(dayFirst text: String) {
    let halves = text.split(separator: " ", omittingEmptySubsequences: false)
    let date = halves[0].split(separator: "-", omittingEmptySubsequences: false)
    guard halves.count == 2, halves[1].utf8.count == 5, date.map(\.utf8.count) == [2, 2, 4] else { return nil }
    self.init("\(date[2])-\(date[1])-\(date[0]) \(halves[1])")
  }
}
