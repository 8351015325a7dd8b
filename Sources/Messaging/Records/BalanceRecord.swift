import TextFormats

/// What is left on an account.
public struct BalanceRecord: Hashable, Sendable {
  /// What is counted.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Credits for messages.
    case sms
    /// Credits for calls.
    case voice
    case money
  }

  public var provider: String?
  public var profile: String?
  public var kind: Kind
  /// Decimal number, by the provider's spelling; nil when there is no limit.
  public var amount: String?
  public var currency: String?
  /// The provider's own object, for `--raw`.
  public var raw: JSONValue?

  public var isUnlimited: Bool { amount == nil }

  public init(kind: Kind, amount: String?, currency: String? = nil) {
    self.kind = kind
    self.amount = amount
    self.currency = currency
  }
}
