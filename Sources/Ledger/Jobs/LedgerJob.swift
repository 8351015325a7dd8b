import Messaging

/// What one turn of sending changes, written as a whole.
public struct RowChanges: Sendable {
  /// Outcomes; each has its `row`.
  public var settled: [MessageRecord] = []
  /// Outcomes of messages that an answer names beyond those asked for; each has a `row` that is new.
  public var added: [MessageRecord] = []
  /// Rows whose request surely was not processed: planned again.
  public var released: [Int] = []
  /// Rows for which, as an answer says, there was nothing to send.
  public var dropped: [Int] = []
  /// Rows whose request is about to leave.
  public var claimed: [Int] = []

  public init() {}

  public var isEmpty: Bool {
    settled.isEmpty && added.isEmpty && released.isEmpty && dropped.isEmpty && claimed.isEmpty
  }
}

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
  public private(set) var counts = JobCounts()

  let ledger: Ledger
  private let canBeResumed: Bool
  private let options: SendOptions
  /// 0 while it is not noted.
  private(set) var id = 0
  /// What is noted with the first row that leaves.
  private var unbegun: (job: NewJob, rows: [MessageRecord])?
  private let messages: [OutgoingMessage]

  private let count: Statement
  private let claim: Statement
  private let release: Statement
  private let settle: RecordWriter

  /// Takes over a job whose lock is held.
  init(_ entry: JobEntry, of ledger: Ledger, isNew: Bool) throws(LedgerError) {
    self.ledger = ledger
    self.isNew = isNew
    finishedAt = entry.finishedAt
    (id, name, options, counts, messages) = (entry.id, entry.name, entry.options, entry.counts, [])
    (createdAt, parts) = (entry.createdAt, entry.parts)
    canBeResumed = true
    // Of rows without a name, the answer may say to whom and when.
    (count, claim, release, settle) = try ledger.statements(settling: name.isEmpty ? .all : .outcome)
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
    (count, claim, release, settle) = try ledger.statements(settling: .all)
  }

  deinit {
    if id != 0 { ledger.unlock(id) }
    // Not so with jobs that can be resumed: a copy of the ledger that somebody makes without its log should know what
    // not to send again.
    if !canBeResumed { ledger.leaveShortLog() }
  }

  /// Writes what a turn changed, all of it or nothing.
  public func apply(_ changes: RowChanges) throws(LedgerError) {
    var counts = counts
    try transaction(claims: !changes.claimed.isEmpty) { () throws(LedgerError) in
      if let unbegun { try begin(unbegun.job, unbegun.rows) }
      for index in changes.settled.indices { try write(changes.settled[index], &counts) }
      if !changes.added.isEmpty { try add(changes.added, &counts) }
      for row in changes.released { try move(row, by: release, &counts.sending, &counts.planned) }
      for row in changes.dropped { try drop(row, &counts) }
      try claim(changes.claimed, &counts)
      try note(counts)
    }
    unbegun = nil
    self.counts = counts
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
  ) throws(LedgerError) -> (Statement, Statement, Statement, RecordWriter) {
    try access { (database) throws(LedgerError) in
      (
        try database.prepare(JobSQL.count), try database.prepare(JobSQL.claim), try database.prepare(JobSQL.release),
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
    try ledger.access { (database) throws(LedgerError) in
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

  private func key(_ row: Int) -> MessageKey { MessageKey(job: id, row: row) }
}

// MARK: - Rows whose outcome is unknown

extension LedgerJob {
  /// Plans all that is unknown again; how many that is.
  public func replanUnknown() throws(LedgerError) -> Int {
    var replanned = 0
    try transaction { () throws(LedgerError) in
      replanned = try ledger.database.run(JobSQL.replan, [":job": id])
      guard replanned > 0 else { return }
      try ledger.recount(id)
      try ledger.database.run(JobSQL.reopen, [":job": id])
    }
    counts.unknown -= replanned
    counts.planned += replanned
    return replanned
  }

  /// Plans all that failed again; how many that is.
  public func replanFailed() throws(LedgerError) -> Int {
    var replanned = 0
    try transaction { () throws(LedgerError) in
      replanned = try ledger.database.run(JobSQL.replanFailed, [":job": id])
      guard replanned > 0 else { return }
      try ledger.database.run(JobSQL.recount, [":job": id])
      try ledger.database.run(JobSQL.reopen, [":job": id])
    }
    counts.failed -= replanned
    counts.planned += replanned
    return replanned
  }

  /// Notes what a provider said of unknown rows: outcomes, and rows that it surely does not have, to be sent again.
  public func reconcile(settled: [MessageRecord], missing: [Int]) throws(LedgerError) {
    var counts = counts
    try transaction { () throws(LedgerError) in
      counts.sending += settled.count
      counts.unknown -= settled.count
      for record in settled { try write(record, &counts) }
      let replan = try ledger.database.prepare(JobSQL.replanOne)
      for row in missing { try move(row, by: replan, &counts.unknown, &counts.planned) }
      if counts.planned > 0 { try ledger.database.run(JobSQL.reopen, [":job": id]) }
      try note(counts)
    }
    self.counts = counts
  }
}

// MARK: - Writing

extension LedgerJob {
  private func transaction(
    claims: Bool = true, _ body: () throws(LedgerError) -> Void
  ) throws(LedgerError) {
    try ledger.access { (_) throws(LedgerError) in try ledger.transaction(claims: claims, body) }
  }

  private func begin(_ job: NewJob, _ rows: [MessageRecord]) throws(LedgerError) {
    id = try ledger.begin(job, rows, on: ledger.database)
  }

  private func add(_ records: [MessageRecord], _ counts: inout JobCounts) throws(LedgerError) {
    let insert = try inserter()
    try insert.statement.bind(":left_at", ledger.seconds)
    for record in records {
      try insert.write(record, key: key(record.row ?? 0))
      counts.count(record.status)
    }
  }

  private func inserter() throws(LedgerError) -> RecordWriter {
    RecordWriter(try ledger.database.prepare(JobSQL.insertMessage), .all)
  }

  private func write(_ record: MessageRecord, _ counts: inout JobCounts) throws(LedgerError) {
    try settle.write(record, key: key(record.row ?? 0))
    try requireChanged(record.row)
    counts.sending -= 1
    counts.count(record.status)
  }

  private func claim(_ rows: [Int], _ counts: inout JobCounts) throws(LedgerError) {
    var rest = rows[...]
    while let first = rest.first {
      // Most are claimed in their order: a statement for all that come one after the other.
      let run = zip(first..., rest).prefix { $0 == $1 }.count
      rest = rest.dropFirst(run)
      try claim.bind([":first": key(first).rawValue, ":last": key(first + run - 1).rawValue, ":now": ledger.seconds])
      try claim.run()
      try requireChanged(first, count: run)
      (counts.planned, counts.sending) = (counts.planned - run, counts.sending + run)
    }
  }

  private func move(_ row: Int, by statement: Statement, _ from: inout Int, _ to: inout Int) throws(LedgerError) {
    try statement.bind(":key", key(row).rawValue)
    try statement.run()
    try requireChanged(row)
    (from, to) = (from - 1, to + 1)
  }

  private func drop(_ row: Int, _ counts: inout JobCounts) throws(LedgerError) {
    try ledger.database.run(JobSQL.drop, [":key": key(row).rawValue])
    try requireChanged(row)
    counts.sending -= 1
  }

  /// What is noted about a row that isn't there, or that stands elsewhere, would be lost in silence.
  private func requireChanged(_ row: Int?, count: Int = 1) throws(LedgerError) {
    guard ledger.database.changes == count else { throw .damagedRow(row ?? 0) }
  }

  private func note(_ new: JobCounts) throws(LedgerError) {
    try Self.add(new - counts, toJob: id, count)
    if new.pending == 0 { try ledger.database.run(JobSQL.finish, [":job": id, ":now": ledger.seconds]) }
  }

  static func add(_ counts: JobCounts, toJob id: Int, _ statement: Statement) throws(LedgerError) {
    try statement.bind([
      ":job": id, ":planned": counts.planned, ":sending": counts.sending, ":accepted": counts.accepted,
      ":failed": counts.failed, ":unknown": counts.unknown, ":skipped": counts.skipped,
    ])
    try statement.run()
  }

  private func noteDeadRun() throws(LedgerError) {
    try transaction { () throws(LedgerError) in try ledger.noteDead(id) }
    // It may have been pruned between its being found and its being locked.
    counts = try ledger.entry(id).counts
  }
}

extension JobCounts {
  /// Rows with an outcome.
  public var settled: Int { accepted + failed + unknown }

  /// Counts a message that has its outcome, or, by -1, that no longer has it.
  public mutating func count(_ status: MessageStatus, by number: Int = 1) {
    switch status {
    case .failed, .canceled: failed += number
    case .unknown: unknown += number
    default: accepted += number
    }
  }

  fileprivate static func - (new: Self, old: Self) -> Self {
    var difference = new
    difference.planned -= old.planned
    difference.sending -= old.sending
    difference.accepted -= old.accepted
    difference.failed -= old.failed
    difference.unknown -= old.unknown
    difference.skipped -= old.skipped
    return difference
  }
}
