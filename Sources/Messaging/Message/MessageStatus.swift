/// Where a message stands, in our words; the provider's own word is kept beside it.
public enum MessageStatus: String, CaseIterable, FieldConvertible {
  /// Has not left yet.
  case planned
  /// Claimed by a run; its request is about to leave or under way.
  case sending
  /// Taken by the provider, which says no more.
  case accepted
  case queued
  case scheduled
  case sent
  case delivered
  case failed
  case canceled
  /// Came in.
  case received
  /// May have been taken; no trustworthy answer came.
  case unknown
  /// Will never leave; `error.code` says why.
  case skipped

  /// Whether nothing more will happen to it; `sent` may still become `delivered`.
  public var isFinal: Bool {
    switch self {
    case .delivered, .failed, .canceled, .received, .skipped: true
    default: false
    }
  }
}
