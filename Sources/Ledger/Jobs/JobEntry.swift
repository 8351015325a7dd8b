import Messaging

/// A job as stored in the ledger.
struct JobEntry {
  var id: Int
  /// Empty except for `bulk`.
  var name: String
  /// The key of its account; nil in a job of version 1.
  var account: Int?
  var baseURL: String?
  var provider: String
  var profile: String?
  var file: String?
  var parts: RowParts
  var input: String?
  var options: SendOptions
  var createdAt: Timestamp
  var finishedAt: Timestamp?
  var isAbandoned: Bool
  var counts = JobCounts()

  /// Reads the current row of a query of `JobSQL`.
  init(_ row: Statement) throws(LedgerError) {
    guard row.int("is_whole") == 1, let id = row.int("id"), let provider = row.text("provider"),
      let parts = RowParts(text: row.text("parts") ?? ""),
      let options = row.text("options").flatMap(SendOptions.init(json:)),
      let created = row.timestamp(row.position(ofColumn: "created_at"))
    else { throw LedgerError.damagedJob }
    (self.id, self.provider, self.parts, self.options, createdAt) = (id, provider, parts, options, created)
    name = row.text("name") ?? ""
    account = row.int("account")
    baseURL = row.text("base_url")
    isAbandoned = row.int("is_abandoned") == 1
    profile = row.text("profile")
    file = row.text("file")
    input = row.text("input")
    finishedAt = row.timestamp(row.position(ofColumn: "finished_at"))
    counts = JobCounts(row)
  }

  var owner: JobOwner { JobOwner(job: name, provider: provider, profile: profile, baseURL: baseURL) }

  /// Whether it may continue with other credentials for the same address: nothing was ever sent, as with a wrong key.
  /// A job of version 1 has no address.
  func canMove(to other: Account) -> Bool {
    counts.settled + counts.sending == 0 && (provider, baseURL) == (other.provider, other.baseURL)
  }

  /// The record to show; `isHeld` if a process is working on it.
  func record(isHeld: Bool) -> JobRecord {
    var record = JobRecord(job: name, state: isHeld ? .running : restingState, createdAt: createdAt)
    record.profile = profile
    record.account = baseURL.map { "\(provider) at \($0)" } ?? provider
    record.input = file
    record.finishedAt = finishedAt
    record.counts = counts
    return record
  }

  /// Its state while no process is working on it.
  private var restingState: JobRecord.State {
    if isAbandoned { return .abandoned }
    if finishedAt != nil { return counts.unknown > 0 ? .unsettled : .done }
    let hasBegun = counts.pending < counts.rows - counts.skipped || counts.sending > 0
    return hasBegun ? .interrupted : .planned
  }
}

extension JobCounts {
  /// Reads the columns with these names from the current row.
  init(_ row: Statement) {
    self.init()
    planned = row.int("planned") ?? 0
    sending = row.int("sending") ?? 0
    accepted = row.int("accepted") ?? 0
    failed = row.int("failed") ?? 0
    unknown = row.int("unknown") ?? 0
    skipped = row.int("skipped") ?? 0
  }
}

extension Ledger {
  /// Returns the job with that name; nil if there is none.
  func entry(named name: String) throws(LedgerError) -> JobEntry? {
    try access { (database) throws(LedgerError) in
      if let entry = try database.entry(named: name) { return entry }
      try database.requireWhole(.job)
      return nil
    }
  }

  /// Returns the job with that id. Throws if there is none, as another process may have pruned it.
  func entry(_ id: Int) throws(LedgerError) -> JobEntry {
    try access { (database) throws(LedgerError) in
      let select = try database.prepare(JobSQL.withID)
      try select.bind(":id", id)
      guard try select.next() else { throw .forgotten }
      return try JobEntry(select)
    }
  }
}

extension Database {
  /// Returns the job for the same input and account, with any name, that finished last, at `since` or later.
  func finishedEntry(of account: Account, _ input: String, since: Timestamp) throws(LedgerError) -> JobEntry? {
    let select = try prepare(JobSQL.finishedWithInput)
    try select.bind(":input", input)
    try select.bind(":account", try number(of: account))
    try select.bind(":since", Int(since.unixSeconds))
    return try entry(select, input)
  }

  /// The first job that a query finds by its input.
  func entry(_ select: Statement, _ input: String) throws(LedgerError) -> JobEntry? {
    guard try select.next() else { return nil }
    let entry = try JobEntry(select)
    // An index that is out of order leads to another row.
    guard entry.input == input else { throw .damagedTable(DigestedTable.job.name) }
    return entry
  }

  /// Returns the job with that name.
  func entry(named name: String) throws(LedgerError) -> JobEntry? {
    let select = try prepare(JobSQL.withName)
    try select.bind(":name", name)
    guard try select.next() else { return nil }
    let entry = try JobEntry(select)
    // A corrupt index may lead to another row.
    guard entry.name == name else { throw .damagedTable(DigestedTable.job.name) }
    return entry
  }
}
