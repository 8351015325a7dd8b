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
