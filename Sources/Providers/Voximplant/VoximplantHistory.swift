import Messaging
import TextFormats

/// The two histories: what they can be queried for, and what must be filtered from their rows.
enum VoximplantHistory {
  /// `GetSmsHistory`: messages sent individually, and incoming ones.
  case single
  /// `A2PGetSmsHistory`: application-to-person messages.
  case a2p

  var method: String { self == .single ? "GetSmsHistory" : "A2PGetSmsHistory" }

  /// The filters that the method supports. Its times are in UTC.
  func fields(for query: MessageQuery) -> [FormField] {
    FormField.optional("source_number", (query.from?.unlessBlank).map { Sender.digits($0) ?? $0 })
      + FormField.optional("destination_number", query.to?.digits)
      + FormField.optional("direction", self == .single ? query.direction?.rawValue.uppercased() : nil)
      + FormField.optional("from_date", query.since.map { CivilTime($0).text() })
      + FormField.optional("to_date", query.until.map { CivilTime($0).text() })
      + FormField.optional("delivery_status", statusNumber(query.status))
  }

  /// Whether rows must be filtered, because the method doesn't support the exact query.
  func looksThrough(for query: MessageQuery) -> Bool {
    !query.ids.isEmpty || (query.status != nil && statusNumber(query.status) == nil)
  }

  /// Whether a row matches, as far as the method hasn't filtered already.
  func matches(_ record: MessageRecord, _ query: MessageQuery) -> Bool {
    (query.ids.isEmpty || record.id.map(query.ids.contains) == true)
      && (statusNumber(query.status) != nil || query.status?.matches(record) != false)
  }

  /// There are only outgoing A2P messages.
  func objection(toDirection direction: Direction?) -> CallObjection? {
    self == .a2p && direction == .in ? .unsupported(.direction) : nil
  }

  func objection(toStatus filter: StatusFilter?) -> CallObjection? {
    switch filter {
    case nil: return nil
    case .ours(let status) where statuses.contains(status): return nil
    case .provider(let word) where words.contains(word.uppercased()): return nil
    case .some(let filter):
      return .statusUnavailable(filter, available: MessageStatus.allCases.filter(statuses.contains).map(\.rawValue))
    }
  }

  /// The value of `delivery_status`, a single number; nil if none, or more than one, would be needed.
  private func statusNumber(_ filter: StatusFilter?) -> String? {
    guard self == .a2p, let filter else { return nil }
    let fitting = words.indices.filter { index in
      switch filter {
      case .ours(let status): MessageStatus(deliveryStatus: words[index]) == status
      case .provider(let word): words[index] == word.uppercased()
      }
    }
    return fitting.count == 1 ? String(fitting[0] + 1) : nil
  }

  /// The provider's own words for statuses; those of A2P in the order of their numbers.
  var words: [String] {
    switch self {
    case .single: ["1", "2"]
    case .a2p: ["QUEUED", "DISPATCHED", "ABORTED", "REJECTED", "DELIVERED", "FAILED", "EXPIRED", "UNKNOWN"]
    }
  }

  private var statuses: Set<MessageStatus> {
    self == .single ? [.sent, .failed, .received] : Set(words.map(MessageStatus.init(deliveryStatus:)))
  }
}

extension MessageStatus {
  /// The meaning of a word of `delivery_status`.
  init(deliveryStatus word: String) {
    self = word.uppercased() == "UNKNOWN" ? .unknown : MessageStatus(reported: word, isForLater: false)
  }
}
