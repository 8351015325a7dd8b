/// Which messages of an account to return; nil or empty matches any.
public struct MessageQuery: Hashable, Sendable {
  public var ids: [String] = []
  public var groupID: String?
  public var to: PhoneNumber?
  /// A number or a sender ID.
  public var from: String?
  public var status: StatusFilter?
  /// ID of a device, an integer.
  public var device: Int?
  /// SIM slot, counted from 0.
  public var sim: Int?
  public var direction: Direction?
  public var since: Timestamp?
  public var until: Timestamp?
  /// The maximum number of messages, 1 or more; nil for all.
  public var limit: Int?

  public init() {}
}

/// The status to filter by: one of our words, or one of the provider's.
public enum StatusFilter: Hashable, Sendable {
  case ours(MessageStatus)
  /// A word of the provider, as the user typed it.
  case provider(String)

  /// Reads one of our words in lowercase, such as `failed`; anything else is the provider's, such as `EXPIRED`.
  public init(_ text: String) {
    self = MessageStatus(rawValue: text).map(StatusFilter.ours) ?? .provider(text)
  }

  /// As the user typed it.
  public var text: String {
    switch self {
    case .ours(let status): status.rawValue
    case .provider(let word): word
    }
  }

  /// Whether a message has that status; case is ignored in the provider's words.
  public func matches(_ record: MessageRecord) -> Bool {
    switch self {
    case .ours(let status): record.status == status
    case .provider(let word): record.providerStatus?.lowercased() == word.lowercased()
    }
  }
}

/// Why a call can't be made as requested, known without asking the provider.
///
/// A parameter that a provider doesn't support is never silently dropped.
public enum CallObjection: Hashable, Sendable {
  /// The provider doesn't support this parameter in this call.
  case unsupported(CallParameter)
  /// The provider requires one of these, and it must not be blank.
  case needsOneOf([CallParameter])
  /// The provider accepts one or the other, but not both.
  case conflict(CallParameter, CallParameter)
  /// An unsigned integer is required; the provider might read anything else as a different number.
  case notANumber(CallParameter, String)
  /// A date such as `1990-01-31` is required.
  case notADate(CallParameter, String)
  /// The provider never reports this status, or can't be asked for exactly this one. `available` are the words it can
  /// be asked for.
  case statusUnavailable(StatusFilter, available: [String])
  /// The message itself can't be sent.
  case message(SendObjection)
}

/// A parameter of a call, named like the option or operand of the command line.
public enum CallParameter: String, CaseIterable, Hashable, Sendable {
  case ids, group, to, from, status, device, sim, direction, since, until, limit
  case list, name, email, birthday, resubscribe, rotate, throttle, at
}
