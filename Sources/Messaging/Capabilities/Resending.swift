/// Sends messages once more that are with the provider already.
public protocol Resending: Provider {
  /// What keeps the provider from resending exactly these; nil if nothing.
  func objection(toResending query: MessageQuery) -> CallObjection?

  /// The calls that resend messages chosen by ids (one call an id, in their order), by group, or by status. Each sends:
  /// one without a trustworthy answer may have been carried out.
  func resend(_ query: MessageQuery) -> [APICall<[MessageRecord]>]
}
