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

  /// Which of these ids belong to messages of that account that are recorded already.
  public func known(_ ids: Set<String>, of account: Account) throws(LedgerError) -> Set<String> {
    try access { (database) throws(LedgerError) in
      let select = try database.prepare(LogSQL.isKnown)
      guard let number = try database.number(of: account) else { return [] }
      try select.bind(":account", number)
      var known: Set<String> = []
      for id in ids {
        try select.bind(":id", id)
        try select.read { known.insert(id) }
      }
      return known
    }
  }
}

/// The SQL of single questions about messages of all jobs.
enum LogSQL {
  static let hasID = "SELECT 1 FROM message WHERE provider_id = :id LIMIT 1"

  static let isKnown = """
    SELECT 1 FROM message JOIN job ON job.id = key >> 32 WHERE provider_id = :id AND job.account = :account LIMIT 1
    """

  /// Another message to a number that may have gone through the account of the one with the key: of a job of version 1
  /// the account isn't known.
  static let hasOther = """
    SELECT 1 FROM message JOIN job ON job.id = key >> 32
    WHERE recipient = :recipient AND key <> :key AND status NOT IN ('planned', 'skipped', 'failed')
      AND coalesce(job.account = (SELECT account FROM job WHERE id = :key >> 32), TRUE)
    LIMIT 1
    """
}
