/// Which messages of an account are asked for; what is nil or empty does not matter.
public struct MessageQuery: Hashable, Sendable {
  public var ids: [String] = []
  public var groupID: String?
  public var to: PhoneNumber?
  /// Number or sender ID.
  public var from: String?
  public var status: StatusFilter?
  /// ID of a device, a whole number.
  public var device: Int?
  /// SIM slot, counted from 0.
  public var sim: Int?
  public var direction: Direction?
  public var since: Timestamp?
  public var until: Timestamp?
  /// The most messages wanted, 1 or more; nil for all there are.
  public var limit: Int?

  public init() {}
}
