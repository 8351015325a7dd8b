import Messaging

/// One customer of a provider, and all that the provider remembers about them.
protocol ProviderAccount: Sendable {
  /// Whether the request brings this customer's credentials.
  func isLoggedIn(_ request: SandboxRequest) -> Bool

  mutating func answer(_ request: SandboxRequest, at now: Timestamp) -> SandboxReply
}

/// All customers of one provider; they know nothing of each other.
struct ProviderAccounts<Account: ProviderAccount>: Sendable {
  private var accounts: [Account]

  /// One or more; the first is the one in the written configuration.
  init(_ first: Account, _ others: Account...) {
    accounts = [first] + others
  }

  /// Hands the request to the account whose credentials it brings, else to the first, which refuses it.
  mutating func answer(_ request: SandboxRequest, at now: Timestamp) -> SandboxReply {
    let index = accounts.firstIndex { $0.isLoggedIn(request) } ?? 0
    return accounts[index].answer(request, at: now)
  }
}
