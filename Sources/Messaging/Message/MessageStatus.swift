/// The status of a message in our words; the provider's own word is stored next to it.
public enum MessageStatus: String, CaseIterable, FieldConvertible {
  /// Not sent yet.
  case planned
  /// Claimed by a run; its request is about to leave or in flight.
  case sending
  /// Accepted by the provider, which reports no more.
  case accepted
  case queued
  case scheduled
  case sent
  case delivered
  case failed
  case canceled
  /// An incoming message.
  case received
  /// May have been accepted; there was no trustworthy answer.
  case unknown
  /// Will never be sent; `error.code` says why.
  case skipped

  /// Whether it will not change anymore; `sent` may still become `delivered`.
  public var isFinal: Bool {
    switch self {
    case .delivered, .failed, .canceled, .received, .skipped: true
    default: false
    }
  }
}
