import Messaging

/// Which messages of the ledger to return; nil or empty matches any.
public struct LedgerQuery: Sendable {
  /// Filters messages as in a provider's log; its limit is ignored here.
  public var messages = MessageQuery()
  /// The name of a job, whose rows come in order; without it, the newest messages come first.
  public var job: String?
  public var profile: String?

  public init() {}
}

extension Ledger {
  /// Returns the messages of all jobs that match the query.
  public func messages(_ query: LedgerQuery) throws(LedgerError) -> LedgerMessages {
    try LedgerMessages(self, query)
  }
}

// MARK: - Single questions

extension Ledger {
  /// Returns the ids that no message here has, in any account.
  public func missing(_ ids: [String]) throws(LedgerError) -> [String] {
    try access { (database) throws(LedgerError) in
      let select = try database.prepare(LogSQL.hasID)
      var missing: [String] = []
      for id in ids {
        try select.bind(":id", id)
        var isThere = false
        try select.read { isThere = true }
        if !isThere { missing.append(id) }
      }
      return missing
    }
  }
}

/// The SQL of single questions about the messages of all jobs.
enum LogSQL {
  static let hasID = "SELECT 1 FROM message WHERE provider_id = :id LIMIT 1"
}

/// Which jobs to return; nil matches any.
public struct JobQuery: Sendable {
  public var name: String?
  public var profile: String?
  public var state: JobRecord.State?
  /// The earliest time of creation.
  public var since: Timestamp?
  /// The latest time of creation.
  public var until: Timestamp?
  /// The maximum number of jobs; nil for all.
  public var limit: Int?

  public init() {}
}

extension Ledger {
  /// Returns bulk jobs, newest first.
  public func jobs(_ query: JobQuery) throws(LedgerError) -> [JobRecord] {
    try access { (database) throws(LedgerError) in
      try database.requireWhole(.job)
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
}
