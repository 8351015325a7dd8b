import Messaging

extension [OutgoingMessage] {
  /// Lays a reply against the messages of its request: a record for each, in the order of the messages.
  ///
  /// Rows are found by key, never by position. A message is settled by the one row that has its key. Where there is
  /// none, or where there are several that differ, nothing is known of it. Rows with other keys settle nothing.
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
      guard let row = found[key] else { return .unknown(message, "the reply does not mention this message") }
      guard !contradicted.contains(key) else {
        return .unknown(message, "the reply contradicts itself about this message")
      }
      return record(message, row)
    }
  }
}

extension MessageRecord {
  /// The record of a message that may or may not have been taken.
  static func unknown(_ message: OutgoingMessage, _ reason: String) -> MessageRecord {
    var record = MessageRecord(message, status: .unknown)
    record.error = MessageError(message: reason)
    return record
  }
}
