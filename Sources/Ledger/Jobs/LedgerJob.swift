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
  /// `rows` are what is to be sent; `messages` are the same, if each row is a message of its own.
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
