import Messaging

/// Accounts are stored under numeric keys, with only a fingerprint of their credentials.
extension Database {
  /// Returns the key of an account; nil if it is not stored.
  func number(of account: Account) throws(LedgerError) -> Int? {
    try number(of: account, try fingerprint(of: account))
  }

  /// Returns the key of an account, storing it if it is new; within a transaction.
  func keep(_ account: Account) throws(LedgerError) -> Int {
    let fingerprint = try fingerprint(of: account)
    if let number = try number(of: account, fingerprint) { return number }
    let id = try nextKey(of: .account)
    let insert = try prepare(AccountSQL.insert)
    try insert.bind(":id", id)
    try insert.bind(account, fingerprint)
    try insert.run()
    return id
  }

  private func number(of account: Account, _ fingerprint: [UInt8]) throws(LedgerError) -> Int? {
    let select = try prepare(AccountSQL.number)
    try select.bind(account, fingerprint)
    guard try select.next() else {
      try requireWhole(.account)
      return nil
    }
    // A corrupt index may lead to another row.
    guard select.int("is_whole") == 1, select.bytes("fingerprint") == fingerprint else {
      throw .damagedTable(DigestedTable.account.name)
    }
    return select.int("id")
  }

  private func fingerprint(of account: Account) throws(LedgerError) -> [UInt8] {
    let select = try prepare(AccountSQL.secret)
    guard try select.next() else { throw .damagedRow(0) }
    return account.fingerprint(keyedBy: select.bytes("secret"))
  }
}

extension Statement {
  fileprivate func bind(_ account: Account, _ fingerprint: [UInt8]) throws(LedgerError) {
    try bind(":provider", account.provider)
    try bind(":base_url", account.baseURL)
    try bind(":fingerprint", fingerprint)
  }
}

private enum AccountSQL {
  static let secret = "SELECT secret FROM ledger"

  static let number = """
    SELECT id, fingerprint, \(DigestedTable.account.isWhole()) AS is_whole FROM account
    WHERE provider = :provider AND base_url = :base_url AND fingerprint = :fingerprint
    """

  static let insert = DigestedTable.account.inserting([
    ("id", ":id"), ("provider", ":provider"), ("base_url", ":base_url"), ("fingerprint", ":fingerprint"),
  ])
}
