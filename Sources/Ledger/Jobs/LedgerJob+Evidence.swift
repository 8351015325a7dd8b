import Messaging

/// A message of the job's account that has an id from the provider.
public struct NamedMessage: Hashable, Sendable {
  /// The provider's id.
  public var id: String
  /// Its row, if it belongs to the same job.
  public var row: Int?
  /// E.164; nil for a message to a list.
  public var number: String?
  public var body: String?

  public init(id: String, row: Int? = nil, number: String?, body: String?) {
    self.id = id
    self.row = row
    self.number = number
    self.body = body
  }
}

/// What the ledger knows that helps determine whether a provider has a message of the job.
extension LedgerJob {
  /// The messages of the job's account that have one of these ids.
  public func messages(named ids: Set<String>) throws(LedgerError) -> [NamedMessage] {
    try ledger.access { (database) throws(LedgerError) in
      let select = try database.prepare(EvidenceSQL.named)
      try select.bind(":job", id)
      var messages: [NamedMessage] = []
      for name in ids {
        try select.bind(":id", name)
        try select.read { () throws(LedgerError) in
          try requireWhole(select)
          messages.append(message(select, named: name))
        }
      }
      return messages
    }
  }

  private func message(_ select: Statement, named name: String) -> NamedMessage {
    let key = MessageKey(rawValue: select.int("key") ?? 0)
    return NamedMessage(
      id: name, row: key.job == id ? key.row : nil, number: select.text("recipient"), body: select.text("body"))
  }

  /// Returns the number and text of each message in other jobs of the account that is in flight or of unknown
  /// outcome. Jobs of version 1 may be of any account of their provider.
  public func unknownElsewhere() throws(LedgerError) -> [(number: String, body: String)] {
    try ledger.access { (database) throws(LedgerError) in
      let select = try database.prepare(EvidenceSQL.unknownElsewhere)
      try select.bind(":job", id)
      var messages: [(number: String, body: String)] = []
      while try select.next() {
        try requireWhole(select)
        if let number = select.text("recipient"), let body = select.text("body") { messages.append((number, body)) }
      }
      return messages
    }
  }

  /// A changed row proves nothing.
  private func requireWhole(_ row: Statement) throws(LedgerError) {
    guard row.int("is_whole") == 1 else { throw .damagedTable(DigestedTable.message.name) }
  }

  /// Throws if an index lacks rows, as messages named by the provider would seem to belong to no job.
  public func requireIndexes() throws(LedgerError) {
    try ledger.access { (database) throws(LedgerError) in
      guard try database.hasWholeIndexes(.message) else { throw .damagedTable(DigestedTable.message.name) }
    }
  }

  /// Returns the provider's own words for the statuses of the job's messages.
  public func providerStatuses() throws(LedgerError) -> Set<String> {
    try texts(EvidenceSQL.statuses, since: nil)
  }

  /// Returns up to a thousand ids that the provider gave to messages of the job that left at `time` or later.
  public func ids(since time: Timestamp) throws(LedgerError) -> Set<String> {
    try texts(EvidenceSQL.ids, since: time)
  }

  private func texts(_ sql: String, since time: Timestamp?) throws(LedgerError) -> Set<String> {
    try ledger.access { (database) throws(LedgerError) in
      let select = try database.prepare(sql)
      try select.bind(":job", id)
      if let time { try select.bind(":since", Int(time.unixSeconds)) }
      var texts: Set<String> = []
      while try select.next() {
        try requireWhole(select)
        if let text = select.text("text") { texts.insert(text) }
      }
      return texts
    }
  }
}

private enum EvidenceSQL {
  private static let account = "(SELECT account FROM job WHERE id = :job)"
  private static let isWhole = "\(DigestedTable.message.isWhole("message.")) AS is_whole"
  private static let isOfJob = "key >= :job << 32 AND key < :job + 1 << 32"

  static let named = """
    SELECT message.key AS key, recipient, body, \(isWhole) FROM message JOIN job ON job.id = key >> 32
    WHERE provider_id = :id AND job.account = \(account)
    """

  static let unknownElsewhere = """
    SELECT recipient, body, \(isWhole)
    FROM job CROSS JOIN message ON key >= job.id << 32 AND key < job.id + 1 << 32
    WHERE job.unknown + job.sending > 0 AND job.id <> :job AND status IN ('unknown', 'sending')
      AND coalesce(job.account = \(account), job.provider = (SELECT provider FROM job WHERE id = :job))
    """

  static let statuses = """
    SELECT DISTINCT provider_status AS text, 1 AS is_whole FROM message WHERE \(isOfJob) AND provider_status IS NOT NULL
    """

  static let ids = """
    SELECT provider_id AS text, \(isWhole) FROM message
    WHERE \(isOfJob) AND provider_id IS NOT NULL AND status <> 'unknown' AND left_at >= :since
    LIMIT 1000
    """
}
