import Messaging

/// The five providers and all their data, which changes only with requests and time.
struct SandboxProviders: Sendable {
  /// The accounts by provider name; they are independent of each other. Requests without valid credentials are
  /// handled by the first account.
  private var accounts: [String: [any ProviderAccount]]

  /// The same seed leads to the same IDs. Initial data is from before `start`.
  init(seed: UInt64, startedAt start: Timestamp) {
    accounts = [
      "vpixelpro": [
        SMSGatewayAccount(.vpixelpro, key: SampleData.vpixelproKey, credits: nil, seed: seed, startedAt: start),
        SMSGatewayAccount(.vpixelpro, key: SampleData.vpixelproEmptyKey, credits: 0, seed: seed ^ 3, startedAt: start),
      ],
      "sendapp": [
        SMSGatewayAccount(.sendapp, key: SampleData.sendappKey, credits: 1_000_000, seed: seed ^ 1, startedAt: start),
        SMSGatewayAccount(.sendapp, key: SampleData.sendappEmptyKey, credits: 0, seed: seed ^ 4, startedAt: start),
        SMSGatewayAccount(
          .sendapp, key: SampleData.sendappUnlimitedKey, credits: nil, seed: seed ^ 5, startedAt: start),
      ],
      "voipcomm": [VoIPCommunicationsAccount(seed: seed ^ 2)],
      "voximplant": [
        VoximplantAccount(
          id: SampleData.voximplantID, key: SampleData.voximplantKey, balance: 10_000_000, startedAt: start),
        VoximplantAccount(
          id: SampleData.voximplantEmptyID, key: SampleData.voximplantEmptyKey, balance: 0, startedAt: start),
      ],
      "smsit": [
        SMSITAccount(key: SampleData.smsitKey, credits: 1_000_000, voiceCredits: 500, seed: seed ^ 7),
        SMSITAccount(key: SampleData.smsitEmptyKey, credits: 0, voiceCredits: 0, seed: seed ^ 1),
      ],
    ]
  }

  /// Passes the request to the provider in its path, and there to the account with the request's credentials.
  mutating func answer(_ addressed: AddressedRequest, at now: Timestamp) -> SandboxReply {
    let request = addressed.request
    let index = accounts[addressed.provider]?.firstIndex { $0.isLoggedIn(request) } ?? 0
    return accounts[addressed.provider]?[index].answer(request, at: now) ?? .notFound
  }
}

/// The credentials and numbers that the sandbox accepts and writes to its configuration. All are made up.
enum SampleData {
  static let vpixelproKey = "sandbox-vpixelpro-key"
  static let vpixelproEmptyKey = "sandbox-vpixelpro-empty-key"
  static let sendappKey = "sandbox-sendapp-key"
  static let sendappEmptyKey = "sandbox-sendapp-empty-key"
  static let sendappUnlimitedKey = "sandbox-sendapp-unlimited-key"

  static let voipcommKey = "sandbox-voipcomm-key"
  static let voipcommPassword = "sandbox-voipcomm-password"
  static let voipcommSender = "15550100101"

  static let voximplantID = "1000001"
  static let voximplantKey = "sandbox-voximplant-key"
  static let voximplantEmptyID = "1000002"
  static let voximplantEmptyKey = "sandbox-voximplant-empty-key"
  static let voximplantSender = "15550100102"
  /// Also bought, but not enabled for SMS yet.
  static let voximplantSilentNumber = "15550100105"

  static let smsitKey = "sandbox-smsit-key"
  static let smsitEmptyKey = "sandbox-smsit-empty-key"
  /// The first is in the written configuration; the second takes its turn if senders rotate.
  static let smsitSenders = ["15550100103", "15550100104"]

  /// Numbers with this ending are unreachable; each provider reports that in its own way.
  static let failingEnding = "9999"

  /// The numbers in contact list 1 and in the group `Friends`.
  static let friends = ["15550100001", "15550100002", "15550100003"]
}

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
