import Messaging

/// What came of asking for a job.
public enum JobOpening {
  /// It is this process's to work on.
  case opened(LedgerJob)
  /// Another process works on it.
  case busy(name: String)
  /// The name belongs to a job with other input.
  case otherInput(name: String)
  /// A job without a name of its own for the same input is not over.
  case unfinished(JobRecord)
  /// There is none of that name.
  case missing(name: String)
}

extension Ledger {
  /// Keeps a plan as a new job, or finds the job that it belongs to.
  public func open(_ request: JobRequest, _ rows: JobRows) throws(LedgerError) -> JobOpening {
    let input = try rows.digest(request)
    switch try findOrKeep(rows, for: request, input) {
    case .created(let entry): return .opened(try LedgerJob(entry, of: self, isNew: true))
    case .known(let entry): return entry.input == input ? try reopen(entry) : .otherInput(name: entry.name)
    case .unfinished(let entry): return .unfinished(entry.record(isHeld: locks.isHeldElsewhere(entry.id)))
    }
  }

  /// Whether `open` would keep this plan as a new job; nothing is changed.
  public func wouldBegin(_ request: JobRequest, _ rows: JobRows) throws(LedgerError) -> Bool {
    let input = try rows.digest(request)
    return try access { (database) throws(LedgerError) in try database.find(request, input) } == nil
  }

  /// Opens a job by its name to go on with it; where there is a plan, only if it is the job's input.
  public func reopen(_ name: String, checking plan: (JobRequest, JobRows)? = nil) throws(LedgerError) -> JobOpening {
    guard let known = try entry(named: name) else { return .missing(name: name) }
    if let (request, rows) = plan, try rows.digest(request) != known.input { return .otherInput(name: name) }
    return try reopen(known)
  }

  /// The provider and the profile of the job of that name; nil for none.
  public func owner(ofJob name: String) throws(LedgerError) -> (provider: String, profile: String?)? {
    try entry(named: name).map { ($0.provider, $0.profile) }
  }

  private func reopen(_ known: JobEntry) throws(LedgerError) -> JobOpening {
    guard try lock(known.id) else { return .busy(name: known.name) }
    return .opened(try LedgerJob(known, of: self, isNew: false))
  }

  func entry(named name: String) throws(LedgerError) -> JobEntry? {
    try access { (database) throws(LedgerError) in try database.entry(JobSQL.withName, name) }
  }
}

// MARK: - Taking over a plan

extension Ledger {
  fileprivate enum Found {
    /// New, and locked.
    case created(JobEntry)
    case known(JobEntry)
    case unfinished(JobEntry)
  }

  /// Whoever only reads waits for nobody, not even for one who was stopped while it wrote. Then it is looked once more,
  /// within the transaction: of two runs at once one alone begins the job.
  private func findOrKeep(_ rows: JobRows, for request: JobRequest, _ input: String) throws(LedgerError) -> Found {
    let known = try access { (database) throws(LedgerError) in try database.find(request, input) }
    if let known { return known }
    return try withPlan(rows) { (plan) throws(LedgerError) in
      if let found = try plan.find(request, input) { return found }
      return .created(try create(request, input, rows, on: plan))
    }
  }

  /// Runs `body` in a transaction of the plan's connection, to which the ledger is attached: its rows are copied by
  /// SQLite alone.
  private func withPlan<Value>(
    _ rows: JobRows, _ body: (Database) throws(LedgerError) -> Value
  ) throws(LedgerError) -> Value {
    try access { (_) throws(LedgerError) in
      let attach = try rows.database.prepare("ATTACH ?1 AS ledger")
      try attach.bind(1, path)
      try attach.run()
      defer { try? rows.database.execute("DETACH ledger") }
      try rows.database.execute("PRAGMA ledger.synchronous = FULL")
      return try rows.database.transaction { () throws(LedgerError) in try body(rows.database) }
    }
  }

  private func create(
    _ request: JobRequest, _ input: String, _ rows: JobRows, on plan: Database
  ) throws(LedgerError) -> JobEntry {
    let name = request.name ?? Self.madeUpName(now())
    let insert = try plan.prepare(JobSQL.insert)
    try insert.bind(1, "bulk")
    try insert.bind(2, name)
    try insert.bind(3, request.name == nil ? 0 : 1)
    try insert.bind(4, request.provider)
    try insert.bind(5, request.profile)
    try insert.bind(6, input)
    try insert.bind(7, rows.options.json)
    try insert.bind(8, seconds)
    try insert.run()
    let id = plan.lastInsertedKey
    guard try lock(id) else {
      throw LedgerError(.write, code: 11, reason: "the lock of a new job is taken", path: path)
    }
    try plan.run(MessageSQL.keepPlan, id)
    try plan.run(JobSQL.count, id, rows.counts.planned, 0, 0, 0, 0, rows.counts.skipped)
    try plan.run(JobSQL.finish, id, seconds)
    guard let entry = try plan.entry(JobSQL.withName, name) else { throw .damagedRow(0) }
    return entry
  }

  /// Such as `2026-11-21-k7m2qx`: the day (UTC), and what tells apart the jobs of a day.
  private static func madeUpName(_ now: Timestamp) -> String {
    let letters = Array("abcdefghjkmnpqrstuvwxyz23456789")
    let suffix = String((0..<6).map { _ in letters.randomElement() ?? "a" })
    return "\(now.rfc3339.prefix(10))-\(suffix)"
  }
}

extension Database {
  fileprivate func find(_ request: JobRequest, _ input: String) throws(LedgerError) -> Ledger.Found? {
    if let name = request.name { return try entry(JobSQL.withName, name).map { .known($0) } }
    return request.startsAnew ? nil : try entry(JobSQL.openWithInput, input).map { .unfinished($0) }
  }

  /// The job that a query with one parameter finds.
  func entry(_ sql: String, _ parameter: String) throws(LedgerError) -> JobEntry? {
    let select = try prepare(sql)
    try select.bind(1, parameter)
    return try JobEntry.first(of: select)
  }
}
