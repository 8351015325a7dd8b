/// Sends messages once more that are with the provider already.
public protocol Resending: Provider {
  /// What keeps the provider from resending exactly these; nil if nothing.
  func objection(toResending query: MessageQuery) -> CallObjection?

  /// What to call to resend messages chosen by ids, by group, or by status: once for each different id, else once.
  func resends(of query: MessageQuery) -> [Resend]
}

/// One call that resends.
public struct Resend: Sendable {
  /// The one message it is about; nil where it is about all that match.
  public var id: String?
  /// Sends: without a trustworthy answer it may have been carried out. Records are those of the messages sent again.
  public var call: APICall<[MessageRecord]>

  public init(id: String? = nil, call: APICall<[MessageRecord]>) {
    self.id = id
    self.call = call
  }
}
