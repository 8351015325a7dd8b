import Messaging

/// A provider's identifier of a message, or of messages sent together.
public enum MessageHandle: Hashable, Sendable {
  case id(String)
  case group(String)
}

/// Where an id comes from, as far as the ledger knows.
public struct MessageOrigin: Hashable, Sendable {
  /// The provider's name, such as `smsit`.
  public var provider: String
  public var profile: String?
  /// Whether it is the account in question.
  public var isOfAccount: Bool

  package init(provider: String, profile: String?, isOfAccount: Bool) {
    (self.provider, self.profile, self.isOfAccount) = (provider, profile, isOfAccount)
  }
}

extension Ledger {
  /// Returns the profiles and accounts that messages with this id were sent with; none if the id is unknown.
  ///
  /// A group is searched for in all messages, without an index, as this is rare.
  public func origins(of handle: MessageHandle, for account: Account) throws(LedgerError) -> [MessageOrigin] {
    try access { (database) throws(LedgerError) in
      let select = try database.prepare(handle.sql)
      try select.bind(":id", handle.text)
      try select.bind(":account", try database.number(of: account))
      var origins: [MessageOrigin] = []
      while try select.next() {
        // An index that is out of order leads to another row.
        guard select.int("is_whole") == 1, select.text("handle") == handle.text else {
          throw .damagedTable(DigestedTable.message.name)
        }
        origins.append(
          MessageOrigin(
            provider: select.text("provider") ?? "", profile: select.text("profile"),
            isOfAccount: select.int("is_of_account") == 1))
      }
      guard origins.isEmpty else { return origins }
      try database.requireWhole(.job)
      guard try database.hasWholeIndexes(.message) else { throw .damagedTable(DigestedTable.message.name) }
      return []
    }
  }
}

extension MessageHandle {
  fileprivate var text: String {
    switch self {
    case .id(let id), .group(let id): id
    }
  }

  fileprivate var sql: String {
    let column = if case .id = self { "provider_id" } else { "group_id" }
    return """
      SELECT DISTINCT job.provider AS provider, job.profile AS profile,
        coalesce(job.account = :account, FALSE) AS is_of_account, \(column) AS handle,
        \(DigestedTable.message.isWhole("message.")) AND \(DigestedTable.job.isWhole("job.")) AS is_whole
      FROM message JOIN job ON job.id = key >> 32 WHERE \(column) = :id
      """
  }
}
