import TextFormats

/// A number of the account, and whether it takes part in text messages.
public struct NumberRecord: Hashable, Sendable {
  public var number: String
  public var isEnabled: Bool
  /// The provider's own object, for `--raw`.
  public var raw: JSONValue?

  public init(number: String, isEnabled: Bool) {
    self.number = number
    self.isEnabled = isEnabled
  }
}
