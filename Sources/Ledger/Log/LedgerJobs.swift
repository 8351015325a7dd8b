import Messaging

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
