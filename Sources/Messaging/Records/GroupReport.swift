import TextFormats

/// What became of the messages of a group send, counted by the provider.
public struct GroupReport: Hashable, Sendable {
  public var groupID: String
  public var successful: Int
  public var failed: Int
  /// The provider's own object, for `--raw`.
  public var raw: JSONValue?

  public init(groupID: String, successful: Int, failed: Int) {
    self.groupID = groupID
    self.successful = successful
    self.failed = failed
  }
}
