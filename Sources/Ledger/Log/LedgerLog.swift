import Messaging

/// Which messages of the ledger are asked for; what is nil or empty doesn't matter.
public struct LedgerQuery: Sendable {
  /// What is asked of each message, as of a provider's; its limit doesn't count here.
  public var messages = MessageQuery()
  /// The name of a job, whose rows come in their order; else the newest come first.
  public var job: String?
  public var profile: String?

  public init() {}
}

extension Ledger {
  /// The messages of all jobs that the query fits.
  public func messages(_ query: LedgerQuery) throws(LedgerError) -> LedgerMessages {
    try LedgerMessages(self, query)
  }
}

// MARK: - Single questions

extension Ledger {
  /// Which of these ids no message here has, whatever its account.
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

/// The SQL of single questions about messages of all jobs.
enum LogSQL {
  static let hasID = "SELECT 1 FROM message WHERE provider_id = :id LIMIT 1"
}
