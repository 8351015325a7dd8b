import Messaging

/// Records what a command sends that is no job: begun, and locked, with the first message that is about to leave.
///
/// Messages that surely did not leave are forgotten.
public final class RunLog {
  private let ledger: Ledger
  private let command: String
  private let provider: String
  private let profile: String?
  private var id: Int?

  /// `command` is what the user typed, such as `send`.
  public init(_ ledger: Ledger, command: String, provider: String, profile: String?) {
    self.ledger = ledger
    self.command = command
    self.provider = provider
    self.profile = profile
  }

  deinit {
    if let id { ledger.locks.release(id) }
    // Not so with jobs: a copy of the ledger that somebody makes without its log should know what not to send again.
    ledger.leaveShortLog()
  }

  /// Notes messages whose requests are about to leave, by their rows: numbers from 1 on that tell them apart.
  public func claim(_ records: [MessageRecord]) throws(LedgerError) {
    try change { (job) throws(LedgerError) in
      for var record in records {
        record.status = .sending
        try insert(record, row: record.row ?? 0, of: job)
      }
    }
  }

  /// Notes outcomes. An answer that names several messages in place of one has the further ones at rows of their own.
  public func settle(_ records: [MessageRecord]) throws(LedgerError) {
    try change { (job) throws(LedgerError) in
      for record in records { try insert(record, row: record.row ?? 0, of: job) }
    }
  }

  /// Notes that requests surely were not processed.
  public func release(_ rows: [Int]) throws(LedgerError) {
    try change { (job) throws(LedgerError) in
      for row in rows { try ledger.database.run(MessageSQL.delete, MessageKey(job: job, row: row).rawValue) }
    }
  }

  private func change(_ body: (Int) throws(LedgerError) -> Void) throws(LedgerError) {
    try ledger.access { (database) throws(LedgerError) in
      id = try database.transaction { () throws(LedgerError) -> Int in
        let job = if let id { id } else { try begin() }
        try body(job)
        try database.run(JobSQL.recount, job)
        try database.run(JobSQL.finish, job, ledger.seconds)
        return job
      }
    }
  }

  private func begin() throws(LedgerError) -> Int {
    let insert = try ledger.database.prepare(JobSQL.insert)
    try insert.bind(1, command)
    try insert.bind(3, 0)
    try insert.bind(4, provider)
    try insert.bind(5, profile)
    try insert.bind(7, SendOptions().json)
    try insert.bind(8, ledger.seconds)
    try insert.run()
    let job = ledger.database.lastInsertedKey
    _ = try ledger.lock(job)
    return job
  }

  private func insert(_ record: MessageRecord, row: Int, of job: Int) throws(LedgerError) {
    let insert = try ledger.database.prepare(MessageSQL.insert)
    try insert.bind(record, key: MessageKey(job: job, row: row).rawValue)
    try insert.bind(16, ledger.seconds)
    try insert.bind(17, record.to)
    try insert.bind(18, record.body)
    try insert.bind(19, record.from)
    try insert.bind(20, record.scheduledAt.map { Int($0.unixSeconds) })
    try insert.run()
  }
}
