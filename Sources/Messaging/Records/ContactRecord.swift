import TextFormats

/// Somebody on a list of the provider's.
public struct ContactRecord: Hashable, Sendable {
  public var id: String?
  /// ID of the list, or name of the group.
  public var list: String?
  public var number: String?
  public var name: String?
  public var email: String?
  /// `YYYY-MM-DD`, or as the provider writes it.
  public var birthday: String?
  public var isSubscribed: Bool?
  /// One of `ContactSource`, or the provider's own word.
  public var source: String?
  public var createdAt: Timestamp?
  /// The provider's own object, for `--raw`.
  public var raw: JSONValue?

  public init() {}
}
