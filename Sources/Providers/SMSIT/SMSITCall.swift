import Messaging

/// A call of SMS-iT, and what its negative statuses mean: the same number means different things in different calls.
struct SMSITCall: Sendable {
  /// As in `/apis/NAME/`.
  let name: String
  /// The documentation's words, for replies that leave `msg` empty.
  private let meanings: [Int: String]
  /// The status that says there is no credit left.
  private let noCredit: Int?

  init(_ name: String, noCredit: Int? = nil, _ meanings: [Int: String]) {
    self.name = name
    self.meanings = meanings
    self.noCredit = noCredit
  }

  /// What all calls share: the key, and (seen, not in the documentation) a plan without API access.
  private static let common = [
    -1: "Invalid API key passed in.",
    -20: "The plan of the account has no API access.",
  ]

  func kind(of status: Int) -> ProviderError.Kind {
    if Self.common[status] != nil { return .credentials }
    return status == noCredit ? .noCredit : .refused
  }

  func meaning(of status: Int) -> String? {
    Self.common[status] ?? meanings[status]
  }
}
