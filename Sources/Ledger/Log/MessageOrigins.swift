import Messaging

/// What a provider calls a message, or messages that were sent together.
public enum MessageHandle: Hashable, Sendable {
  case id(String)
  case group(String)
}

/// Where an id is from, as far as the ledger knows.
public struct MessageOrigin: Hashable, Sendable {
  /// The provider's name, such as `smsit`.
  public var provider: String
  public var profile: String?
  /// Whether it is the account that was asked about.
  public var isOfAccount: Bool

  package init(provider: String, profile: String?, isOfAccount: Bool) {
    (self.provider, self.profile, self.isOfAccount) = (provider, profile, isOfAccount)
  }
}

extension Ledger {
  /// The profiles and accounts through which messages with this id were sent; none where the id is unknown.
  ///
  /// A group is looked for in all messages, as few ask for one.
  public func origins(of handle: MessageHandle, for account: Account) throws(LedgerError) -> [MessageOrigin] {
    try access { (database) throws(LedgerError) in
      let select = try database.prepare(handle.sql)
      try select.bind(":id", handle.text)
      try select.bind(":account", try database.number(of: account))
      var origins: [MessageOrigin] = []
      while try select.next() {
        origins.append(
          MessageOrigin(
            provider: select.text("provider") ?? "", profile: select.text("profile"),
            isOfAccount: select.int("is_of_account") == 1))
      }
      return origins
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
        coalesce(job.account = :account, FALSE) AS is_of_account
      FROM message JOIN job ON job.id = key >> 32 WHERE \(column) = :id
      """
  }
}
