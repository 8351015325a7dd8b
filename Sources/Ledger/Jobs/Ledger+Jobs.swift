import Messaging
import Platform

/// The result of asking for a job.
public enum OpenJobResult {
  /// This process may work on it.
  case opened(LedgerJob)
  /// Another process is working on it.
  case busy(name: String)
  /// The name belongs to a job with different input.
  case otherInput(JobDifference)
  /// The job was closed before it was completely sent.
  case abandoned(JobRecord)
  /// The name belongs to a job of another account.
  case otherAccount(JobOwner)
  /// A job for the same input, without a name from the user, is unfinished.
  case unfinished(JobRecord, JobOwner)
  /// There is no job with that name.
  case missing(name: String)
}

/// Whose job it is, as stored in the ledger.
public struct JobOwner: Hashable, Sendable {
  /// The job's name.
  public var job: String
  /// The provider's name, such as `smsit`.
  public var provider: String
  public var profile: String?
  /// The address of the provider's API; nil in a job of version 1, which did not store it.
  public var baseURL: String?

  package init(job: String, provider: String, profile: String?, baseURL: String?) {
    (self.job, self.provider, self.profile, self.baseURL) = (job, provider, profile, baseURL)
  }
}

extension Ledger {
  /// Stores a plan as a new job, or finds its existing job.
  public func open(_ request: JobRequest, _ plan: JobPlan) throws(LedgerError) -> OpenJobResult {
    let input = try plan.digest(request)
    switch try findOrKeep(plan, for: request, input) {
    case .created(let entry): return .opened(try LedgerJob(entry, of: self, isNew: true))
    case .busy(let name): return .busy(name: name)
    case .known(let entry): return try reopen(entry, as: request.account, (input, request, plan))
    case .unfinished(let entry): return .unfinished(entry.record(isHeld: isHeldElsewhere(entry.id)), entry.owner)
    }
  }

  /// Whether `open` would store this plan as a new job; changes nothing.
  public func wouldBegin(_ request: JobRequest, _ plan: JobPlan) throws(LedgerError) -> Bool {
    let input = try plan.digest(request)
    return try access { (database) throws(LedgerError) in try database.find(request, input) } == nil
  }

  /// Opens a job of an account by its name, to resume it.
  public func reopen(_ name: String, as account: Account) throws(LedgerError) -> OpenJobResult {
    guard let known = try entry(named: name) else { return .missing(name: name) }
    return try reopen(known, as: account, nil)
  }

  /// The same, checking the plan against the job's input.
  public func reopen(_ name: String, _ request: JobRequest, _ plan: JobPlan) throws(LedgerError) -> OpenJobResult {
    guard let known = try entry(named: name) else { return .missing(name: name) }
    return try reopen(known, as: request.account, (try plan.digest(request), request, plan))
  }

  /// Returns whose job has that name; nil if there is none.
  public func owner(ofJob name: String) throws(LedgerError) -> JobOwner? {
    try entry(named: name)?.owner
  }

  /// Without `input`, the job's own input is assumed.
  private func reopen(
    _ known: JobEntry, as account: Account, _ input: (digest: String, request: JobRequest, plan: JobPlan)?
  ) throws(LedgerError) -> OpenJobResult {
    guard !known.isAbandoned else { return .abandoned(known.record(isHeld: false)) }
    let isOwn = try access { (database) throws(LedgerError) in
      try database.number(of: account).map { $0 == known.account } ?? false
    }
    guard isOwn || known.canMove(to: account) else { return .otherAccount(known.owner) }
    if let input, input.digest != known.input {
      return .otherInput(try difference(of: known, input.request, input.plan))
    }
    if known.finishedAt == nil { try requireHome(job: known.name) }
    // If an earlier state of the job is back, its rows would be sent again.
    try access { (database) throws(LedgerError) in try database.requireWhole(.job) }
    guard try lock(known.id) else { return .busy(name: known.name) }
    let isOurs = isOwn ? true : try move(known.id, to: account)
    guard isOurs else {
      unlock(known.id)
      return .otherAccount(known.owner)
    }
    return .opened(try LedgerJob(known, of: self, isNew: false))
  }

  /// Assigns a job that never sent anything to another account; false if it has sent something in the meantime.
  private func move(_ job: Int, to account: Account) throws(LedgerError) -> Bool {
    try access { (database) throws(LedgerError) in
      try transaction { () throws(LedgerError) in
        guard try entry(job).canMove(to: account) else { return false }
        try database.run(JobSQL.move, [":job": job, ":account": try database.keep(account)])
        return true
      }
    }
  }
}

// MARK: - Taking over a plan

extension Ledger {
  fileprivate enum Found {
    /// New and locked.
    case created(JobEntry)
    case known(JobEntry)
    case unfinished(JobEntry)
    /// Another process is working on the job that the new one would replace.
    case busy(name: String)
  }

  /// Looks for the job without a transaction first, as a reader never waits, not even for a process suspended while
  /// writing. Then looks again within the transaction, so that only one of two concurrent runs begins it.
  private func findOrKeep(_ plan: JobPlan, for request: JobRequest, _ input: String) throws(LedgerError) -> Found {
    let known: Found? = try access { (database) throws(LedgerError) in
      if let found = try database.find(request, input) { return found }
      try database.requireWhole(.job)
      return nil
    }
    if let known { return known }
    try requireHome()
    return try attached(to: plan) { (database) throws(LedgerError) in
      if let found = try database.find(request, input) { return found }
      if request.name == nil || request.startsAnew, let busy = try closeReplaced(by: request, input, on: database) {
        return .busy(name: busy)
      }
      return .created(try create(request, input, plan, on: database))
    }
  }

  /// Runs `body` in a transaction of the plan's connection, with the ledger attached. Without the transaction, `body`
  /// can only read, and never waits.
  func attached<Value>(
    to plan: JobPlan, inTransaction: Bool = true, _ body: (Database) throws(LedgerError) -> Value
  ) throws(LedgerError) -> Value {
    try access { (_) throws(LedgerError) in
      let attach = try plan.database.prepare("ATTACH :path AS ledger")
      try attach.bind(":path", path)
      try attach.run()
      defer { try? plan.database.execute("DETACH ledger") }
      try plan.database.execute(LedgerSchema.attachedConnection)
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
    try keepRows(of: plan, job: id, on: database)
    try LedgerJob.add(plan.counts, toJob: id, try database.prepare(JobSQL.count))
    try database.run(JobSQL.finish, [":job": id, ":now": seconds])
    guard let entry = try database.entry(named: name) else { throw .damagedRow(0) }
    return entry
  }

  private func keepRows(of plan: JobPlan, job: Int, on database: Database) throws(LedgerError) {
    let insert = try database.prepare(JobSQL.keepPlanned)
    let rows = try plan.records()
    while let row = try rows.nextRow() {
      try insert.bind(1, MessageKey(job: job, row: row.row).rawValue)
      try insert.bind(2, row.to)
      try insert.bind(3, row.body)
      try insert.bind(4, row.from)
      try insert.bind(5, row.scheduledAt)
      try insert.bind(6, row.devices)
      try insert.bind(7, row.status.rawValue)
      try insert.bind(8, row.error?.code)
      try insert.bind(9, row.error?.message)
      try insert.run()
    }
  }

  /// Such as `2026-11-21-k7m2qx`: the date (UTC), and a random suffix that makes it unique.
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
    return try entry(select, input)
  }
}

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
