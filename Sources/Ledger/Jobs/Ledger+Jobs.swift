import Messaging
import Platform

/// What came of asking for a job.
public enum JobOpening {
  /// This process may work on it.
  case opened(LedgerJob)
  /// Another process works on it.
  case busy(name: String)
  /// The name belongs to a job with other input.
  case otherInput(JobDifference)
  /// The job was closed before all of it was sent.
  case abandoned(JobRecord)
  /// The name belongs to a job of another account.
  case otherAccount(JobOwner)
  /// A job for the same input, without a name of its own, is unfinished.
  case unfinished(JobRecord, JobOwner)
  /// There is none of that name.
  case missing(name: String)
}

/// Whose a job is, as it was noted.
public struct JobOwner: Hashable, Sendable {
  /// The job's name.
  public var job: String
  /// The provider's name, such as `smsit`.
  public var provider: String
  public var profile: String?
  /// Where the provider's API was; nil in a job of a version that did not note it.
  public var baseURL: String?
}

extension Ledger {
  /// Keeps a plan as a new job, or finds the job that it belongs to.
  public func open(_ request: JobRequest, _ plan: JobPlan) throws(LedgerError) -> JobOpening {
    let input = try plan.digest(request)
    switch try findOrKeep(plan, for: request, input) {
    case .created(let entry): return .opened(try LedgerJob(entry, of: self, isNew: true))
    case .busy(let name): return .busy(name: name)
    case .known(let entry): return try reopen(entry, as: request.account, (input, request, plan))
    case .unfinished(let entry): return .unfinished(entry.record(isHeld: isHeldElsewhere(entry.id)), entry.owner)
    }
  }

  /// Whether `open` would keep this plan as a new job; nothing is changed.
  public func wouldBegin(_ request: JobRequest, _ plan: JobPlan) throws(LedgerError) -> Bool {
    let input = try plan.digest(request)
    return try access { (database) throws(LedgerError) in try database.find(request, input) } == nil
  }

  /// Opens a job of an account by its name to go on with it.
  public func reopen(_ name: String, as account: Account) throws(LedgerError) -> JobOpening {
    guard let known = try entry(named: name) else { return .missing(name: name) }
    return try reopen(known, as: account, nil)
  }

  /// The same where the plan is the job's input.
  public func reopen(_ name: String, _ request: JobRequest, _ plan: JobPlan) throws(LedgerError) -> JobOpening {
    guard let known = try entry(named: name) else { return .missing(name: name) }
    return try reopen(known, as: request.account, (try plan.digest(request), request, plan))
  }

  /// Whose the job of that name is; nil for none.
  public func owner(ofJob name: String) throws(LedgerError) -> JobOwner? {
    try entry(named: name)?.owner
  }

  /// Without an input, that of the job is taken for granted.
  private func reopen(
    _ known: JobEntry, as account: Account, _ input: (digest: String, request: JobRequest, plan: JobPlan)?
  ) throws(LedgerError) -> JobOpening {
    let number = try access { (database) throws(LedgerError) in try database.number(of: account) }
    guard let number, known.account == number else { return .otherAccount(known.owner) }
    guard !known.isAbandoned else { return .abandoned(known.record(isHeld: false)) }
    if let input, input.digest != known.input {
      return .otherInput(try difference(of: known, input.request, input.plan))
    }
    guard !isMoved || known.finishedAt != nil else { throw .moved(path, job: known.name) }
    guard try lock(known.id) else { return .busy(name: known.name) }
    return .opened(try LedgerJob(known, of: self, isNew: false))
  }

  func entry(named name: String) throws(LedgerError) -> JobEntry? {
    try access { (database) throws(LedgerError) in try database.entry(named: name) }
  }

  /// The job of a number. It may be gone: another process may have pruned it.
  func entry(_ id: Int) throws(LedgerError) -> JobEntry {
    try access { (database) throws(LedgerError) in
      let select = try database.prepare(JobSQL.withID)
      try select.bind(":id", id)
      guard try select.next() else { throw .forgotten }
      return try JobEntry(select)
    }
  }
}

// MARK: - Taking over a plan

extension Ledger {
  fileprivate enum Found {
    /// New, and locked.
    case created(JobEntry)
    case known(JobEntry)
    case unfinished(JobEntry)
    /// Another process works on the job that the new one is to replace.
    case busy(name: String)
  }

  /// A reader waits for nobody, not even for a process that was stopped while it wrote. Then the job is looked for once
  /// more, within the transaction: of two runs at once only one begins it.
  private func findOrKeep(_ plan: JobPlan, for request: JobRequest, _ input: String) throws(LedgerError) -> Found {
    let known = try access { (database) throws(LedgerError) in try database.find(request, input) }
    if let known { return known }
    return try attached(to: plan) { (database) throws(LedgerError) in
      if let found = try database.find(request, input) { return found }
      if request.startsAnew, let busy = try closeReplaced(by: request, input, on: database) { return .busy(name: busy) }
      return .created(try create(request, input, plan, on: database))
    }
  }

  /// Runs `body` in a transaction of the plan's connection, to which the ledger is attached: SQLite alone copies the
  /// rows. Without the transaction it reads only, and waits for nobody.
  func attached<Value>(
    to plan: JobPlan, inTransaction: Bool = true, _ body: (Database) throws(LedgerError) -> Value
  ) throws(LedgerError) -> Value {
    try access { (_) throws(LedgerError) in
      let attach = try plan.database.prepare("ATTACH :path AS ledger")
      try attach.bind(":path", path)
      try attach.run()
      defer { try? plan.database.execute("DETACH ledger") }
      try plan.database.execute("PRAGMA ledger.synchronous = FULL")
      guard inTransaction else { return try body(plan.database) }
      return try transaction(on: plan.database) { () throws(LedgerError) in try body(plan.database) }
    }
  }

  private func create(
    _ request: JobRequest, _ input: String, _ plan: JobPlan, on database: Database
  ) throws(LedgerError) -> JobEntry {
    let name = request.name ?? Self.madeUpName(now())
    let job = NewJob(
      command: "bulk", name: name, isNamed: request.name != nil, account: request.account, profile: request.profile,
      file: request.file, parts: plan.parts, input: input, options: plan.options)
    let id = try begin(job, on: database)
    try database.run(JobSQL.keepPlan, [":job": id])
    try LedgerJob.add(plan.counts, toJob: id, try database.prepare(JobSQL.count))
    try database.run(JobSQL.finish, [":job": id, ":now": seconds])
    guard let entry = try database.entry(named: name) else { throw .damagedRow(0) }
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
    if let name = request.name { return try entry(named: name).map { .known($0) } }
    return request.startsAnew ? nil : try openEntry(of: request.account, input).map { .unfinished($0) }
  }

  private func openEntry(of account: Account, _ input: String) throws(LedgerError) -> JobEntry? {
    let select = try prepare(JobSQL.openWithInput)
    try select.bind(":input", input)
    try select.bind(":account", try number(of: account))
    return try select.next() ? try JobEntry(select) : nil
  }

  /// The job for the same input and account, of whatever name, that was finished last, no earlier than that.
  func finishedEntry(of account: Account, _ input: String, since: Timestamp) throws(LedgerError) -> JobEntry? {
    let select = try prepare(JobSQL.finishedWithInput)
    try select.bind(":input", input)
    try select.bind(":account", try number(of: account))
    try select.bind(":since", Int(since.unixSeconds))
    return try select.next() ? try JobEntry(select) : nil
  }

  /// The job of that name.
  func entry(named name: String) throws(LedgerError) -> JobEntry? {
    let select = try prepare(JobSQL.withName)
    try select.bind(":name", name)
    return try select.next() ? try JobEntry(select) : nil
  }
}

// MARK: - Rows of the table of jobs

/// A job that is about to be noted.
struct NewJob {
  /// What the user typed, such as `send`.
  var command: String
  /// Nil for all but `bulk`.
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
  /// Notes a job within a transaction, and locks it; its number.
  func begin(_ job: NewJob, on database: Database) throws(LedgerError) -> Int {
    let insert = try database.prepare(JobSQL.insert)
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
    let id = database.lastInsertedKey
    try lockNew(id)
    return id
  }

  /// A process that was killed while it began a job of the same number may hold the lock for a moment longer than the
  /// database.
  private func lockNew(_ job: Int) throws(LedgerError) {
    for _ in 0..<100 {
      if try lock(job) { return }
      SystemClock.sleep(for: .milliseconds(10))
    }
    throw .lockTaken(path)
  }

  /// The same with its rows, all planned: 1, 2, 3…
  func begin(_ job: NewJob, _ rows: [MessageRecord], on database: Database) throws(LedgerError) -> Int {
    let id = try begin(job, on: database)
    let insert = RecordWriter(try database.prepare(JobSQL.insertMessage), .all)
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

/// A job as it was noted.
struct JobEntry {
  var id: Int
  /// Empty for all but `bulk`.
  var name: String
  /// The number of its account; nil in a job of version 1.
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

  /// The current row of a query of `JobSQL`.
  init(_ row: Statement) throws(LedgerError) {
    guard let id = row.int("id"), let provider = row.text("provider"),
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
    counts.planned = row.int("planned") ?? 0
    counts.sending = row.int("sending") ?? 0
    counts.accepted = row.int("accepted") ?? 0
    counts.failed = row.int("failed") ?? 0
    counts.unknown = row.int("unknown") ?? 0
    counts.skipped = row.int("skipped") ?? 0
  }

  var owner: JobOwner { JobOwner(job: name, provider: provider, profile: profile, baseURL: baseURL) }

  /// What is shown of it; `isHeld` where a process works on it.
  func record(isHeld: Bool) -> JobRecord {
    var record = JobRecord(job: name, state: isHeld ? .running : restingState, createdAt: createdAt)
    record.profile = profile
    record.account = baseURL.map { "\(provider) at \($0)" } ?? provider
    record.input = file
    record.finishedAt = finishedAt
    record.counts = counts
    return record
  }

  /// How far it is while nobody works on it.
  private var restingState: JobRecord.State {
    if isAbandoned { return .abandoned }
    if finishedAt != nil { return counts.unknown > 0 ? .unsettled : .done }
    let hasBegun = counts.pending < counts.rows - counts.skipped || counts.sending > 0
    return hasBegun ? .interrupted : .planned
  }
}
