import Messaging

extension Ledger {
  /// Stores what an account's provider reports about outgoing messages: their progress and cost.
  ///
  /// What was sent stays as stored, and a final status never changes. A message is found by its id and number or, if
  /// the provider gives no ids, by number alone: then it is the latest that left. Returns how many rows changed. If
  /// there is nothing new, it neither writes nor waits for anyone.
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
  /// Whether it reports anything about an outgoing message.
  fileprivate var isNews: Bool {
    self.direction == .out && (self.id != nil || self.to != nil) && self.status != .received
  }

  /// Returns our record of a message with the provider's report applied.
  fileprivate func updated(by news: MessageRecord) -> MessageRecord {
    var record = self
    for column in StatusUpdateSQL.columns where news[field: column] != .null {
      record[field: column] = news[field: column]
    }
    // A provider may not distinguish scheduled messages from queued ones.
    if self.status == .scheduled, news.status == .queued { record.status = .scheduled }
    // The provider has it, even if it can't say everything about it, so it need not be sent again.
    if news.status == .unknown { record.status = self.status == .unknown ? .accepted : self.status }
    if record.status != .failed, record.status != .canceled { record.error = nil }
    return record
  }
}

/// A row of the ledger before and after the update.
private struct RowUpdate {
  var key: MessageKey
  var before: MessageRecord
  var after: MessageRecord

  var isChange: Bool { before != after }
}

extension Database {
  /// Returns the rows that the reports are about, if they may change.
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

/// The SQL of status reports.
private enum StatusUpdateSQL {
  /// What a provider can report later; the rest is what was sent, and what identifies it.
  static let columns = [MessageColumn].outcome.filter { !["provider_id", "group_id", "type"].contains($0.column) }

  private static let select = """
    SELECT key, \(columns.names) FROM message
    WHERE status NOT IN ('planned', 'sending', 'skipped') AND (SELECT account FROM job WHERE id = key >> 32) = :account
    """

  /// The latest message with an id and, if known, to a number: a gateway that was set up again reuses ids, and a
  /// message that was sent again keeps its id.
  static let withID = """
    \(select) AND provider_id = :id AND (:recipient IS NULL OR recipient IS NULL OR recipient = :recipient)
    ORDER BY key DESC LIMIT 1
    """

  /// The latest message to a number without an id, unless it is scheduled for later or may not have been accepted.
  static let latestTo = """
    \(select) AND left_at IS NOT NULL AND provider_id IS NULL AND recipient = :recipient AND status <> 'unknown'
      AND (scheduled_at IS NULL OR scheduled_at <= :now)
    ORDER BY left_at DESC, key DESC LIMIT 1
    """

  static let update = "\(DigestedTable.message.updating(columns.parameters)) WHERE key = :key"
}

/// A provider's identifier of a message, or of messages sent together.
public enum MessageHandle: Hashable, Sendable {
  case id(String)
  case group(String)
}

/// Where an id comes from, as far as the ledger knows.
public struct MessageOrigin: Hashable, Sendable {
  /// The provider's name, such as `smsit`.
  public var provider: String
  public var profile: String?
  /// Whether it is the account in question.
  public var isOfAccount: Bool

  package init(provider: String, profile: String?, isOfAccount: Bool) {
    (self.provider, self.profile, self.isOfAccount) = (provider, profile, isOfAccount)
  }
}

extension Ledger {
  /// Returns the profiles and accounts that messages with this id were sent with; none if the id is unknown.
  ///
  /// A group is searched for in all messages, without an index, as this is rare.
  public func origins(of handle: MessageHandle, for account: Account) throws(LedgerError) -> [MessageOrigin] {
    try access { (database) throws(LedgerError) in
      let select = try database.prepare(handle.sql)
      try select.bind(":id", handle.text)
      try select.bind(":account", try database.number(of: account))
      var origins: [MessageOrigin] = []
      while try select.next() {
        // A corrupt index may lead to another row.
        guard select.int("is_whole") == 1, select.text("handle") == handle.text else {
          throw .damagedTable(DigestedTable.message.name)
        }
        origins.append(
          MessageOrigin(
            provider: select.text("provider") ?? "", profile: select.text("profile"),
            isOfAccount: select.int("is_of_account") == 1))
      }
      guard origins.isEmpty else { return origins }
      try database.requireWhole(.job)
      guard try database.hasWholeIndexes(.message) else { throw .damagedTable(DigestedTable.message.name) }
      return []
    }
  }
}

extension MessageHandle {
  fileprivate var text: String {
    switch self {
    case .id(let id), .group(let id): id
    }
  }

  fileprivate var sql: String {
    let column = if case .id = self { "provider_id" } else { "group_id" }
    return """
      SELECT DISTINCT job.provider AS provider, job.profile AS profile,
        coalesce(job.account = :account, FALSE) AS is_of_account, \(column) AS handle,
        \(DigestedTable.message.isWhole("message.")) AND \(DigestedTable.job.isWhole("job.")) AS is_whole
      FROM message JOIN job ON job.id = key >> 32 WHERE \(column) = :id
      """
  }
}

/// A field whose latest values in the ledger a shell can suggest.
public enum KnownField: String, Sendable {
  case groupID = "group_id"
  case device
  case providerStatus = "provider_status"
}

extension Ledger {
  /// Returns each value once, latest first. For speed, only the latest messages are read.
  ///
  /// - Parameter profile: Only messages sent with this profile; nil for all.
  public func known(_ field: KnownField, profile: String?) throws(LedgerError) -> [String] {
    try access { (database) throws(LedgerError) in
      let select = try database.prepare(field.sql)
      try select.bind(":profile", profile)
      var values: [String] = []
      while try select.next() { if let value = select.text("value") { values.append(value) } }
      return values
    }
  }
}

extension KnownField {
  fileprivate var sql: String {
    """
    SELECT \(rawValue) AS value FROM (SELECT * FROM message ORDER BY key DESC LIMIT 10000)
    JOIN job ON job.id = key >> 32
    WHERE \(rawValue) IS NOT NULL AND (:profile IS NULL OR job.profile = :profile)
    GROUP BY value ORDER BY max(key) DESC LIMIT 100
    """
  }
}
