import Messaging

/// Which jobs are asked for; what is nil doesn't matter.
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
        records += page.map { $0.record(isHeld: isHeldElsewhere($0.id)) }
          .filter { query.state == nil || $0.state == query.state }
        last = oldest.id
      }
      return Array(records.prefix(query.limit ?? .max))
    }
  }

  private func page(_ select: Statement, _ query: JobQuery, before id: Int) throws(LedgerError) -> [JobEntry] {
    try select.bind(":before", id)
    try select.bind(":name", query.name)
    try select.bind(":since", query.since.map { Int($0.unixSeconds) })
    try select.bind(":until", query.until.map { Int($0.unixSeconds) })
    try select.bind(":profile", query.profile)
    var page: [JobEntry] = []
    while try select.next() { page.append(try JobEntry(select)) }
    return page
  }

  /// Forgets jobs that were finished before a time, with their messages. What is unfinished stays, and so does what was
  /// sent under a key that still holds.
  public func prune(before time: Timestamp) throws(LedgerError) -> (jobs: Int, messages: Int) {
    try retireExpiredKeys()
    return try access { (database) throws(LedgerError) in
      var (jobs, messages) = (0, 0)
      for job in try database.jobs(finishedBefore: time) {
        try database.transaction { () throws(LedgerError) in
          // A run that goes on with a job locks it before it writes.
          guard !isHeldElsewhere(job), try !database.jobs(finishedBefore: time, job).isEmpty else { return }
          messages += try database.run(JobSQL.deleteMessages, [":job": job])
          jobs += try database.run(JobSQL.delete, [":job": job])
        }
      }
      return (jobs, messages)
    }
  }
}

extension Database {
  fileprivate func jobs(finishedBefore time: Timestamp, _ job: Int? = nil) throws(LedgerError) -> [Int] {
    try numbers(JobSQL.finishedBefore, [":time": Int(time.unixSeconds), ":job": job])
  }
}
