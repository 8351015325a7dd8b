import Messaging

/// A job of the ledger that this process, and no other, works on until the object goes.
///
/// What a turn changes is written as a whole, and on the disk when the call returns.
public final class LedgerJob {
  /// Empty for all but `bulk`.
  public let name: String
  /// Whether this run began it.
  public let isNew: Bool
  public let createdAt: Timestamp
  /// When all of it had its outcome, as this run found it; nil where something was left.
  public let finishedAt: Timestamp?
  /// Which of its rows are several messages.
  public let parts: RowParts
  /// What became of its rows so far.
  public internal(set) var counts = JobCounts()

  let ledger: Ledger
  let canBeResumed: Bool
  private let options: SendOptions
  /// 0 while it is not noted.
  var id = 0
  /// What is noted with the first row that leaves.
  var unbegun: (job: NewJob, rows: [MessageRecord])?
  private let messages: [OutgoingMessage]

  let count: Statement
  let claim: Statement
  var settle: RecordWriter

  /// Takes over a job whose lock is held.
  init(_ entry: JobEntry, of ledger: Ledger, isNew: Bool) throws(LedgerError) {
    self.ledger = ledger
    self.isNew = isNew
    finishedAt = entry.finishedAt
    (id, name, options, counts, messages) = (entry.id, entry.name, entry.options, entry.counts, [])
    (createdAt, parts) = (entry.createdAt, entry.parts)
    canBeResumed = true
    // Of rows without a name, the answer may say to whom and when.
    (count, claim, settle) = try ledger.statements(settling: name.isEmpty ? .all : .outcome)
    if !isNew { try noteDeadRun() }
  }

  /// A job that can't be resumed, of which nothing is noted before its first row is claimed: rows 1, 2, 3…
  ///
  /// `rows` are what is to be sent, `messages` the same where they are messages of their own.
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
    // Not so with jobs that can be resumed: a copy of the ledger that somebody makes without its log should know what
    // not to send again.
    if !canBeResumed { ledger.leaveShortLog() }
  }
}

extension Ledger {
  /// A job of a command other than `bulk`, such as `send`; it can't be resumed.
  public func job(
    of command: String, account: Account, profile: String?, _ messages: [OutgoingMessage]
  ) throws(LedgerError) -> LedgerJob {
    let job = NewJob(command: command, account: account, profile: profile)
    return try LedgerJob(job, messages.map { MessageRecord($0) }, messages, of: self)
  }

  /// The same for requests whose messages only the answers name: a row for each request.
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
  /// Up to `limit` rows that wait to be sent, after the one numbered `row`, in order.
  public func planned(after row: Int, limit: Int) throws(LedgerError) -> [JobMessage] {
    if !messages.isEmpty {
      return messages.indices.dropFirst(row).prefix(limit).map { JobMessage(row: $0 + 1, message: messages[$0]) }
    }
    return try page(.planned, after: row, limit: limit) { (reader) throws(LedgerError) in try reader.message() }
  }

  /// The same of rows whose outcome is unknown, each with when its request left.
  public func unknown(after row: Int, limit: Int) throws(LedgerError) -> [JobMessage] {
    try page(.unknown, after: row, limit: limit) { (reader) throws(LedgerError) in
      var message = try reader.message()
      message.leftAt = reader.statement.timestamp(reader.statement.position(ofColumn: "left_at"))
      message.id = reader.statement.text("provider_id")
      return message
    }
  }

  /// What is to be shown of rows with a status.
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
