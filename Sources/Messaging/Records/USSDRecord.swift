import TextFormats

/// A USSD code that a phone was asked to dial, and what the network answered.
public struct USSDRecord: Hashable, Sendable {
  public var id: String?
  public var device: String?
  public var sim: String?
  public var request: String?
  /// Nil until the phone has answered.
  public var response: String?
  public var sentAt: Timestamp?
  public var respondedAt: Timestamp?
  /// The provider's own object, for `--raw`.
  public var raw: JSONValue?

  public init() {}
}
