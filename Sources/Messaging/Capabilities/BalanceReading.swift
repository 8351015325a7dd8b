/// Tells what is left on the account.
public protocol BalanceReading: Provider {
  /// Which balances there are; never empty.
  static var balances: Set<BalanceSubject> { get }

  /// What is left for one of `balances`.
  func balance(_ subject: BalanceSubject) -> APICall<BalanceRecord>
}

/// What a balance is for.
public enum BalanceSubject: String, CaseIterable, Hashable, Sendable {
  case messages, voice
}
