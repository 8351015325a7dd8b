import Messaging

/// One customer of a provider, and everything the provider remembers about them.
///
/// Conforming types are written from the provider's documents, never from our adapter: otherwise the adapter's
/// mistakes would go unnoticed. Notes in parentheses say where a fact comes from: the documents; seen with real hosts
/// or their clients; or a guess.
protocol ProviderAccount: Sendable {
  typealias Refusal = ProviderRefusal<Self>

  /// Whether the request has this customer's credentials.
  func isLoggedIn(_ request: SandboxRequest) -> Bool

  /// The provider's side of one request.
  mutating func answer(_ request: SandboxRequest, at now: Timestamp) -> SandboxReply
}

/// How a provider refuses a call: in a code and words of its own.
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

/// How a message makes progress once a provider has taken it: its stage depends on the time alone.
struct Lifecycle: Hashable, Sendable {
  enum Stage: Hashable, Sendable {
    case scheduled, pending, sent, delivered, failed
  }

  /// When it goes out.
  var startsAt: Timestamp
  /// Whether it fails in the end.
  var fails: Bool

  /// A message to a number, taken now and perhaps scheduled; a time in the past means now.
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

  /// When it arrives, unless it fails.
  var deliveredAt: Timestamp { startsAt.adding(seconds: 2) }
}

extension String {
  /// Whether no message to this number gets through.
  var isUnreachable: Bool { hasSuffix(SampleData.failingEnding) }

  /// Whether it is an international number as most of these APIs want it: 7 to 15 digits, the first not 0, no `+`.
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
