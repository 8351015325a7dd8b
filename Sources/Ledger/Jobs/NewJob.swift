import Messaging
import Platform

/// A job about to be stored.
struct NewJob {
  /// The command that the user ran, such as `send`.
  var command: String
  /// Nil except for `bulk`.
  var name: String?
  /// Whether the user gave the name.
  var isNamed = false
  var account: Account
  var profile: String?
  var file: String?
  var parts = RowParts()
  var input: String?
  var options = SendOptions()
}

extension Ledger {
  /// Stores a job within a transaction, and locks it; returns its id.
  func begin(_ job: NewJob, on database: Database) throws(LedgerError) -> Int {
    let id = try database.nextKey(of: .job)
    let insert = try database.prepare(JobSQL.insert)
    try insert.bind(":id", id)
    try insert.bind(":command", job.command)
    try insert.bind(":name", job.name)
    try insert.bind(":is_named", job.isNamed ? 1 : 0)
    try insert.bind(":account", try database.keep(job.account))
    try insert.bind(":provider", job.account.provider)
    try insert.bind(":profile", job.profile)
    try insert.bind(":file", job.file)
    try insert.bind(":parts", job.parts.text)
    try insert.bind(":input", job.input)
    try insert.bind(":options", job.options.json)
    try insert.bind(":now", seconds)
    try insert.run()
    try lockNew(id)
    return id
  }

  /// A process killed while it began a job with the same id may hold the lock a moment longer than the database.
  private func lockNew(_ job: Int) throws(LedgerError) {
    for _ in 0..<100 {
      if try lock(job) { return }
      SystemClock.sleep(for: .milliseconds(10))
    }
    throw .lockTaken(path)
  }

  /// The same with its rows 1, 2, 3…, all planned.
  func begin(_ job: NewJob, _ rows: [MessageRecord], on database: Database) throws(LedgerError) -> Int {
    let id = try begin(job, on: database)
    var insert = RecordWriter(try database.prepare(JobSQL.insertMessage), .all)
    for (index, var row) in rows.enumerated() {
      row.status = .planned
      try insert.write(row, key: MessageKey(job: id, row: index + 1))
    }
    var counts = JobCounts()
    counts.planned = rows.count
    try LedgerJob.add(counts, toJob: id, try database.prepare(JobSQL.count))
    return id
  }
}
