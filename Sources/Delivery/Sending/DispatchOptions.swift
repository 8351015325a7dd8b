/// How fast messages are sent, and when to stop.
public struct DispatchOptions: Sendable {
  /// Requests under way at the same time, 1 or more.
  public var concurrency = 8
  /// Nil: as fast as replies come.
  public var rate: SendRate?
  /// The most messages of a request, 1 or more; nil: what the provider takes.
  public var batch: Int?
  /// Stop once this many messages have failed or are unknown; nil: never.
  public var maxFailures: Int?
  /// Name of the profile, for the records.
  public var profile: String?

  public init() {}
}
