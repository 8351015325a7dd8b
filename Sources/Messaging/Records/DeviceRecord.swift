import TextFormats

/// A phone behind a gateway.
public struct DeviceRecord: Hashable, Sendable {
  public var id: String?
  public var name: String?
  public var model: String?
  public var androidVersion: String?
  public var appVersion: String?
  public var lastSeenAt: Timestamp?
  /// By slot.
  public var sims: [SIMRecord] = []
  /// The provider's own object, for `--raw`.
  public var raw: JSONValue?

  public init() {}
}

/// A SIM in a phone.
public struct SIMRecord: Hashable, Sendable {
  /// Counted from 0.
  public var slot: Int
  /// Carrier and number, as the phone knows them.
  public var label: String?

  public init(slot: Int, label: String?) {
    self.slot = slot
    self.label = label
  }
}
