import Messaging

extension Ledger {
  /// Takes over what an account's provider says of messages that went out: how far they have come, and what they cost.
  ///
  /// What was sent stays as it was noted, and a final status is never changed. A message is found by its id and number,
  /// or, where the provider gives no ids, by number alone: then it is the latest that has left. Returns how many rows
  /// changed. Nothing is written, and nobody waited for, where there is nothing new.
  @discardableResult
  public func update(_ records: [MessageRecord], of account: Account) throws(LedgerError) -> Int {
    try access { (database) throws(LedgerError) in
      guard let number = try database.number(of: account) else { return 0 }
      let news = records.filter(\.isNews)
      guard try database.changes(by: news, account: number, at: seconds).contains(where: \.isChange) else { return 0 }
      return try transaction(claims: false) { () throws(LedgerError) in
        let changes = try database.changes(by: news, account: number, at: seconds).filter(\.isChange)
        try database.apply(changes)
        return changes.count
      }
    }
  }
}

extension MessageRecord {
  /// Whether it says anything of a message that went out.
  fileprivate var isNews: Bool {
    self.direction == .out && (self.id != nil || self.to != nil) && self.status != .received
  }

  /// What becomes of this record of ours when the provider says that.
  fileprivate func updated(by news: MessageRecord) -> MessageRecord {
    var record = self
    for column in StatusUpdateSQL.columns where news[field: column] != .null {
      record[field: column] = news[field: column]
    }
    // A provider may not tell what waits for its time from what waits.
    if self.status == .scheduled, news.status == .queued { record.status = .scheduled }
    // It is there, whatever the provider doesn't know of it: not a message that may have to be sent again.
    if news.status == .unknown { record.status = self.status == .unknown ? .accepted : self.status }
    if record.status != .failed, record.status != .canceled { record.error = nil }
    return record
  }
}

/// A row of the ledger, as it is and as it is to be.
private struct RowUpdate {
  var key: MessageKey
  var before: MessageRecord
  var after: MessageRecord

  var isChange: Bool { before != after }
}

extension Database {
  /// The rows that the news are about, in so far as they may change.
  fileprivate func changes(
    by news: [MessageRecord], account: Int, at now: Int
  ) throws(LedgerError) -> [RowUpdate] {
    let (byID, byNumber) = (try prepare(StatusUpdateSQL.withID), try prepare(StatusUpdateSQL.latestTo))
    var updates: [RowUpdate] = []
    for record in news {
      let select = record.id == nil ? byNumber : byID
      if let id = record.id { try select.bind(":id", id) } else { try select.bind(":now", now) }
      try select.bind(":recipient", record.to)
      try select.bind(":account", account)
      let reader = RecordReader(select, StatusUpdateSQL.columns)
      try select.read {
        let before = reader.record()
        let key = MessageKey(rawValue: select.int("key") ?? 0)
        guard !before.status.isFinal else { return }
        updates.append(RowUpdate(key: key, before: before, after: before.updated(by: record)))
      }
    }
    return updates
  }

  fileprivate func apply(_ updates: [RowUpdate]) throws(LedgerError) {
    var writer = RecordWriter(try prepare(StatusUpdateSQL.update), StatusUpdateSQL.columns)
    let (count, keep) = (try prepare(JobSQL.count), try prepare(PrintedSQL.keep))
    for update in updates {
      try keep.bind([":key": update.key.rawValue])
      try keep.run()
      try writer.write(update.after, key: update.key)
      var difference = JobCounts()
      difference.count(update.before.status, by: -1)
      difference.count(update.after.status, by: 1)
      if difference != JobCounts() { try LedgerJob.add(difference, toJob: update.key.job, count) }
    }
  }
}

/// The SQL of news about messages.
private enum StatusUpdateSQL {
  /// What a provider can tell later; the rest is what was sent, and what it is known by.
  static let columns = [MessageColumn].outcome.filter { !["provider_id", "group_id", "type"].contains($0.column) }

  private static let select = """
    SELECT key, \(columns.names) FROM message
    WHERE status NOT IN ('planned', 'sending', 'skipped') AND (SELECT account FROM job WHERE id = key >> 32) = :account
    """

  /// The latest message with an id and, where that is known, to a number: a gateway that was set up again begins its ids
  /// again, and one that was sent again keeps its id.
  static let withID = """
    \(select) AND provider_id = :id AND (:recipient IS NULL OR recipient IS NULL OR recipient = :recipient)
    ORDER BY key DESC LIMIT 1
    """

  /// The latest message without an id to a number, unless it is to be sent later or may not have been taken.
  static let latestTo = """
    \(select) AND left_at IS NOT NULL AND provider_id IS NULL AND recipient = :recipient AND status <> 'unknown'
      AND (scheduled_at IS NULL OR scheduled_at <= :now)
    ORDER BY left_at DESC, key DESC LIMIT 1
    """

  static let update = "\(DigestedTable.message.updating(columns.parameters)) WHERE key = :key"
}
