import Messaging

extension [OutgoingMessage] {
  /// Matches a reply to the messages of its request; returns a record for each, in the order of the messages.
  ///
  /// Rows are matched by key, never by position. A message is settled by the only row with its key. If there is none,
  /// or if there are several that differ, its outcome is unknown. Rows with other keys are ignored.
  func settled<Key: Hashable, Row: Equatable>(
    by rows: [(key: Key?, row: Row)], key: (OutgoingMessage) -> Key,
    record: (OutgoingMessage, Row) -> MessageRecord
  ) -> [MessageRecord] {
    var found = [Key: Row](minimumCapacity: rows.count)
    var contradicted: Set<Key> = []
    for case (let key?, let row) in rows {
      if let other = found.updateValue(row, forKey: key), other != row { contradicted.insert(key) }
    }
    return map { message in
      let key = key(message)
      guard let row = found[key] else { return .unknown(message, MessageError.notMentioned) }
      guard !contradicted.contains(key) else {
        return .unknown(message, MessageError.contradicted)
      }
      return record(message, row)
    }
  }
}

extension MessageRecord {
  /// The record of a message that may or may not have been accepted.
  static func unknown(_ message: OutgoingMessage, _ reason: String) -> MessageRecord {
    var record = MessageRecord(message, status: .unknown)
    record.error = MessageError(message: reason)
    return record
  }

  /// The record of a message that a refusal lists without an id.
  static func unnamed(_ message: OutgoingMessage) -> MessageRecord {
    .unknown(message, MessageError.listedInRefusal)
  }
}

extension MessageStatus {
  /// The meaning of a provider's word for the status of `message`; without a word, it is just accepted.
  ///
  /// A queued message that was to be sent later is `scheduled`.
  init(reported word: String?, for message: OutgoingMessage) {
    self.init(reported: word, isForLater: message.scheduledAt != nil)
  }

  /// The meaning of a provider's word for the status of a message, which may be one to be sent later.
  init(reported word: String?, isForLater: Bool) {
    guard let word else {
      self = isForLater ? .scheduled : .accepted
      return
    }
    let status = MessageStatus(providerWord: word) ?? .accepted
    self = status == .queued && isForLater ? .scheduled : status
  }

  /// Nil for a word that no provider documents or has been seen to use.
  private init?(providerWord word: String) {
    switch word.lowercased() {
    case "pending", "queued": self = .queued
    case "scheduled": self = .scheduled
    case "sent", "dispatched": self = .sent
    case "delivered": self = .delivered
    case "failed", "rejected", "expired", "undelivered": self = .failed
    case "canceled", "cancelled", "aborted": self = .canceled
    case "received": self = .received
    default: return nil
    }
  }
}
