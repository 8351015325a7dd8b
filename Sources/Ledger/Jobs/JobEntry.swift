import Messaging

/// A row of the table of jobs.
struct JobEntry {
  var id: Int
  var name: String
  var provider: String
  var profile: String?
  var input: String?
  var options: SendOptions
  var createdAt: Timestamp
  var finishedAt: Timestamp?
  var counts: JobCounts

  /// The current row of a statement that has the columns of `JobSQL`.
  init(_ columns: Statement) throws(LedgerError) {
    guard let id = columns.int(0), let name = columns.text(1), let provider = columns.text(2),
      let options = columns.text(5).flatMap(SendOptions.init(json:)), let created = columns.int(6)
    else { throw LedgerError(.read, code: 11, reason: "a job in it is damaged") }
    self.id = id
    self.name = name
    self.provider = provider
    profile = columns.text(3)
    input = columns.text(4)
    self.options = options
    createdAt = Timestamp(unixSeconds: Int64(created))
    finishedAt = columns.int(7).map { Timestamp(unixSeconds: Int64($0)) }
    counts = JobCounts()
    counts.planned = columns.int(8) ?? 0
    counts.sending = columns.int(9) ?? 0
    counts.accepted = columns.int(10) ?? 0
    counts.failed = columns.int(11) ?? 0
    counts.unknown = columns.int(12) ?? 0
    counts.skipped = columns.int(13) ?? 0
  }

  /// The first row that a query returns.
  static func first(of statement: Statement) throws(LedgerError) -> JobEntry? {
    var entry: JobEntry?
    try statement.read { () throws(LedgerError) in if entry == nil { entry = try JobEntry(statement) } }
    return entry
  }
}

extension JobEntry {
  /// What is shown of it; `isHeld` where a process works on it.
  func record(isHeld: Bool) -> JobRecord {
    let hasBegun = counts.pending < counts.rows - counts.skipped || counts.sending > 0
    let state: JobRecord.State =
      if isHeld { .running } else if finishedAt != nil { .done } else if hasBegun { .interrupted } else { .planned }
    return JobRecord(
      job: name, profile: profile, state: state, createdAt: createdAt, finishedAt: finishedAt, counts: counts)
  }
}
