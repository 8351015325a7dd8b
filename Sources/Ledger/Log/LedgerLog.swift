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
