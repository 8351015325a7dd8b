import Messaging

/// Which jobs are asked for; what is nil does not matter.
public struct JobQuery: Sendable {
  public var name: String?
  public var profile: String?
  public var state: JobRecord.State?
  /// Begun no earlier.
  public var since: Timestamp?
  /// Begun no later.
  public var until: Timestamp?
  /// The most jobs wanted; nil for all there are.
  public var limit: Int?

  public init() {}
}

extension Ledger {
  /// Bulk jobs, the newest first.
  public func jobs(_ query: JobQuery) throws(LedgerError) -> [JobRecord] {
    try access { (database) throws(LedgerError) in
      let select = try database.prepare(JobSQL.all)
      var records: [JobRecord] = []
      var last = Int.max
      while records.count < query.limit ?? .max {
        let page = try page(select, query, before: last)
        guard let oldest = page.last else { break }
        records += page.map { $0.record(isHeld: locks.isHeldElsewhere($0.id)) }
          .filter { query.state == nil || $0.state == query.state }
        last = oldest.id
      }
      return Array(records.prefix(query.limit ?? .max))
    }
  }

  private func page(_ select: Statement, _ query: JobQuery, before id: Int) throws(LedgerError) -> [JobEntry] {
    try select.bind(1, id)
    try select.bind(2, query.name)
    try select.bind(3, query.since.map { Int($0.unixSeconds) })
    try select.bind(4, query.until.map { Int($0.unixSeconds) })
    try select.bind(5, query.profile)
    var page: [JobEntry] = []
    try select.read { () throws(LedgerError) in page.append(try JobEntry(select)) }
    return page
  }

  /// Forgets runs that were over before a time, with their messages; what is not over stays.
  public func prune(before time: Timestamp) throws(LedgerError) -> (jobs: Int, messages: Int) {
    try access { (database) throws(LedgerError) in
      var (jobs, messages) = (0, 0)
      for job in try finished(before: time) {
        try database.transaction { () throws(LedgerError) in
          // Whoever goes on with a job locks it before it writes.
          guard !locks.isHeldElsewhere(job), try database.isFinished(job, before: time) else { return }
          try database.run(MessageSQL.deleteJob, job)
          messages += database.changes
          try database.run(JobSQL.delete, job)
          jobs += database.changes
        }
      }
      return (jobs, messages)
    }
  }

  private func finished(before time: Timestamp) throws(LedgerError) -> [Int] {
    var jobs: [Int] = []
    let select = try database.prepare(JobSQL.finishedBefore)
    try select.bind(1, Int(time.unixSeconds))
    try select.read { jobs.append(select.int(0) ?? 0) }
    return jobs
  }
}

extension Database {
  fileprivate func isFinished(_ job: Int, before time: Timestamp) throws(LedgerError) -> Bool {
    try !numbers("\(JobSQL.finishedBefore) AND id = ?2", Int(time.unixSeconds), job).isEmpty
  }
}
