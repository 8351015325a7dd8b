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

/// Which status messages shall have: one of our words, or a provider's own.
public enum StatusFilter: Hashable, Sendable {
  case ours(MessageStatus)
  /// The provider's own word, as the user wrote it.
  case provider(String)

  /// One of our words in small letters, such as `failed`; everything else is the provider's, such as `EXPIRED`.
  public init(_ text: String) {
    self = MessageStatus(rawValue: text).map(StatusFilter.ours) ?? .provider(text)
  }

  /// As the user wrote it.
  public var text: String {
    switch self {
    case .ours(let status): status.rawValue
    case .provider(let word): word
    }
  }

  /// Whether a message has that status; a provider's words are the same in capitals and small letters.
  public func matches(_ record: MessageRecord) -> Bool {
    switch self {
    case .ours(let status): record.status == status
    case .provider(let word): record.providerStatus?.lowercased() == word.lowercased()
    }
  }
}

/// Why a call can't be made the way it was asked for, known before asking the provider.
///
/// What a provider has no place for is never left out in silence.
public enum CallObjection: Hashable, Sendable {
  /// The provider cannot do anything with this parameter in this call.
  case unsupported(CallParameter)
  /// The provider needs one of these, and not a blank one.
  case needsOneOf([CallParameter])
  /// The provider takes one or the other.
  case conflict(CallParameter, CallParameter)
  /// A whole number without a sign is needed; the provider might read something else as another number.
  case notANumber(CallParameter, String)
  /// A date such as `1990-01-31` is needed.
  case notADate(CallParameter, String)
  /// No message of the provider ever has this status, or the provider can't be asked for exactly it. With the
  /// words for which it can be asked.
  case statusUnavailable(StatusFilter, available: [String])
  /// What is to be sent can't be.
  case message(SendObjection)
}

/// What a call may be given, named as the options and operands of the command line are.
public enum CallParameter: String, CaseIterable, Hashable, Sendable {
  case ids, group, to, from, status, device, sim, direction, since, until, limit
  case list, name, email, birthday, resubscribe, rotate, throttle, at
}
