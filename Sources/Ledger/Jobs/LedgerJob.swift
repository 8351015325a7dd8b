import Messaging

/// A job in the ledger that only this process works on, until the object is deinitialized.
///
/// The changes of a turn are written together, and are on disk when the call returns.
public final class LedgerJob {
  /// Empty except for `bulk`.
  public let name: String
  /// Whether this run began the job.
  public let isNew: Bool
  public let createdAt: Timestamp
  /// When its last row got an outcome, as of opening; nil if it is unfinished.
  public let finishedAt: Timestamp?
  /// Which of its rows consist of several messages.
  public let parts: RowParts
  /// The outcomes of its rows so far.
  public internal(set) var counts = JobCounts()

  let ledger: Ledger
  let canBeResumed: Bool
  private let options: SendOptions
  /// 0 until it is stored.
  var id = 0
  /// Stored when the first row is claimed.
  var unbegun: (job: NewJob, rows: [MessageRecord])?
  private let messages: [OutgoingMessage]

  let count: Statement
  let claim: Statement
  var settle: RecordWriter

  /// Takes over a job that is already locked.
  init(_ entry: JobEntry, of ledger: Ledger, isNew: Bool) throws(LedgerError) {
    self.ledger = ledger
    self.isNew = isNew
    finishedAt = entry.finishedAt
    (id, name, options, counts, messages) = (entry.id, entry.name, entry.options, entry.counts, [])
    (createdAt, parts) = (entry.createdAt, entry.parts)
    canBeResumed = true
    // For a job without a name, the answers may also give number and time.
    (count, claim, settle) = try ledger.statements(settling: name.isEmpty ? .all : .outcome)
    if !isNew { try noteDeadRun() }
  }

  /// A job that can't be resumed; nothing is stored until the first of its rows 1, 2, 3… is claimed.
  ///
  /// `rows` are the rows to send; `messages` are the same as messages, if each row is exactly one.
  init(
    _ job: NewJob, _ rows: [MessageRecord], _ messages: [OutgoingMessage], of ledger: Ledger
  ) throws(LedgerError) {
    self.ledger = ledger
    self.messages = messages
    finishedAt = nil
    (name, isNew, options, unbegun) = ("", true, job.options, (job, rows))
    (createdAt, parts, canBeResumed) = (ledger.now(), RowParts(), false)
    counts.planned = rows.count
    (count, claim, settle) = try ledger.statements(settling: .all)
  }

  deinit {
    if id != 0 { ledger.unlock(id) }
    // But not after jobs that can be resumed: a copy of the ledger without its log must know what not to send again.
    if !canBeResumed { ledger.leaveShortLog() }
  }
}

extension Ledger {
  /// Creates a job of a command other than `bulk`, such as `send`; it can't be resumed.
  public func job(
    of command: String, account: Account, profile: String?, _ messages: [OutgoingMessage]
  ) throws(LedgerError) -> LedgerJob {
    let job = NewJob(command: command, account: account, profile: profile)
    return try LedgerJob(job, messages.map { MessageRecord($0) }, messages, of: self)
  }

  /// The same for requests whose messages are unknown until answered, with one row per request.
  public func job(
    of command: String, account: Account, profile: String?, placeholders: [MessageRecord]
  ) throws(LedgerError) -> LedgerJob {
    try LedgerJob(NewJob(command: command, account: account, profile: profile), placeholders, [], of: self)
  }

  fileprivate func statements(
    settling columns: [MessageColumn]
  ) throws(LedgerError) -> (Statement, Statement, RecordWriter) {
    try access { (database) throws(LedgerError) in
      (
        try database.prepare(JobSQL.count), try database.prepare(JobSQL.claim),
        RecordWriter(try database.prepare(JobSQL.settle(columns)), columns)
      )
    }
  }
}

// MARK: - Reading

extension LedgerJob {
  /// Returns up to `limit` planned rows after `row`, in order.
  public func planned(after row: Int, limit: Int) throws(LedgerError) -> [JobMessage] {
    if !messages.isEmpty {
      return messages.indices.dropFirst(row).prefix(limit).map { JobMessage(row: $0 + 1, message: messages[$0]) }
    }
    return try page(.planned, after: row, limit: limit) { (reader) throws(LedgerError) in try reader.message() }
  }

  /// The same for rows of unknown outcome, each with the time its request left.
  public func unknown(after row: Int, limit: Int) throws(LedgerError) -> [JobMessage] {
    try page(.unknown, after: row, limit: limit) { (reader) throws(LedgerError) in
      var message = try reader.message()
      message.leftAt = reader.statement.timestamp(reader.statement.position(ofColumn: "left_at"))
      message.id = reader.statement.text("provider_id")
      return message
    }
  }

  /// Returns the records to show for rows with a status.
  public func records(_ status: MessageStatus, after row: Int, limit: Int = 256) throws(LedgerError) -> [MessageRecord]
  {
    try page(status, after: row, limit: limit) { (reader) throws(LedgerError) in reader.record() }
  }

  private func page<Value>(
    _ status: MessageStatus, after row: Int, limit: Int, _ read: (JobRowReader) throws(LedgerError) -> Value
  ) throws(LedgerError) -> [Value] {
    try ledger.requireInPlace()
    return try ledger.access { (database) throws(LedgerError) in
      let select = try database.prepare(JobSQL.rows)
      try select.bind(":after", key(row).rawValue)
      try select.bind(":end", key(0).rawValue + 1 << 32)
      try select.bind(":status", status.rawValue)
      try select.bind(":limit", limit)
      let reader = JobRowReader(select, options, ofJob: name)
      var page: [Value] = []
      while try select.next() { page.append(try read(reader)) }
      return page
    }
  }

  func key(_ row: Int) -> MessageKey { MessageKey(job: id, row: row) }
}

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
