import Messaging

/// The result of closing a job.
public enum JobClosing: Hashable, Sendable {
  /// The rest of it will never be sent.
  case closed(JobRecord)
  /// There was nothing to close: it is done or already closed.
  case over(JobRecord)
  /// Another process is working on it.
  case busy
  /// There is no job with that name.
  case missing
}

extension Ledger {
  /// Closes a job with unsent or unknown rows. Its rows stay, but it no longer prevents a new job.
  public func close(_ name: String) throws(LedgerError) -> JobClosing {
    guard let id = try entry(named: name)?.id else { return .missing }
    guard try lock(id) else { return .busy }
    defer { unlock(id) }
    // It may have been resumed or pruned before it was locked.
    guard let entry = try entry(named: name) else { return .missing }
    let record = entry.record(isHeld: false)
    guard record.state != .done, record.state != .abandoned else { return .over(record) }
    try access { (database) throws(LedgerError) in
      try transaction(claims: false) { () throws(LedgerError) in try database.close(id, at: seconds) }
    }
    return try self.entry(named: name).map { .closed($0.record(isHeld: false)) } ?? .missing
  }

  /// Returns the job for the same input and account that finished last, at `since` or later; nil if there is none.
  public func finished(
    _ request: JobRequest, _ plan: JobPlan, since: Timestamp
  ) throws(LedgerError) -> JobRecord? {
    let input = try plan.digest(request)
    return try access { (database) throws(LedgerError) in
      try database.finishedEntry(of: request.account, input, since: since)?.record(isHeld: false)
    }
  }

  /// Closes, within a transaction, the jobs that a new one replaces. Returns the name of one that another process is
  /// working on, if the new job would have to replace it.
  func closeReplaced(
    by request: JobRequest, _ input: String, on database: Database
  ) throws(LedgerError) -> String? {
    for job in try database.replaced(by: request, input) {
      guard try lock(job.id) else {
        guard request.startsAnew else { continue }
        return job.name
      }
      defer { unlock(job.id) }
      try database.close(job.id, at: seconds)
    }
    return nil
  }
}

extension Database {
  fileprivate func close(_ job: Int, at time: Int) throws(LedgerError) {
    try run(JobSQL.close, [":job": job, ":now": time])
  }

  fileprivate func replaced(by request: JobRequest, _ input: String) throws(LedgerError) -> [(id: Int, name: String)] {
    let select = try prepare(JobSQL.replacedByNew)
    try select.bind(":input", input)
    try select.bind(":begins_anew", request.startsAnew ? 1 : 0)
    try select.bind(":account", try number(of: request.account))
    try select.bind(":provider", request.account.provider)
    try select.bind(":base_url", request.account.baseURL)
    var jobs: [(id: Int, name: String)] = []
    while try select.next() {
      guard select.text("input") == input else { throw .damagedTable(DigestedTable.job.name) }
      jobs.append((select.int("id") ?? 0, select.text("name") ?? ""))
    }
    return jobs
  }
}
