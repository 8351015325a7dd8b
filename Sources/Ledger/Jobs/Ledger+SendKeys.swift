import Messaging

/// The result of asking to send under an idempotency key.
public enum OpenKeyResult {
  /// This process may send what was not yet sent under the key.
  case opened(LedgerJob)
  /// Another process is sending under the key; the counts are those so far.
  case busy(JobCounts)
  /// Something else was sent under the key, which has not expired.
  case otherContent(KeyUse)
}

extension Ledger {
  /// Begins a send under a key, or finds the one already begun under it.
  ///
  /// `rows` are the messages to send: rows 1, 2, 3… The key, the job and its rows are on disk when the call returns;
  /// of two concurrent runs, only one begins the send.
  public func open(
    _ key: SendKey, for content: SendContent, account: Account, profile: String?, _ rows: [MessageRecord]
  ) throws(LedgerError) -> OpenKeyResult {
    // Runs that wait for another must not keep it from writing.
    if let counts = try use(of: key, account: account).flatMap(progress) { return .busy(counts) }
    var job = NewJob(command: content.command, account: account, profile: profile)
    (job.input, job.options) = (content.digest, content.options)
    let found = try access { (database) throws(LedgerError) in
      try transaction { () throws(LedgerError) in try find(key, account, orBegin: job, rows, on: database) }
    }
    switch found {
    case .created(let id): return .opened(try LedgerJob(try entry(id), of: self, isNew: true))
    case .known(let id): return .opened(try LedgerJob(try unfinishedHere(id, key), of: self, isNew: false))
    case .held(let counts): return .busy(counts)
    case .other(let use): return .otherContent(use)
    }
  }

  /// Returns what the key was used for; nil if it is new or has expired. Changes nothing.
  public func use(of key: SendKey, account: Account) throws(LedgerError) -> KeyUse? {
    try access { (database) throws(LedgerError) in
      guard let number = try database.number(of: account), let use = try database.use(of: key, number) else {
        return nil
      }
      return use.expiresAt > now() || isHeldElsewhere(use.job) ? use : nil
    }
  }
}

// MARK: - Finding and beginning

extension Ledger {
  /// Jobs are given by id; those in `created` and `known` are locked.
  private enum Found {
    case created(Int)
    case known(Int)
    case held(JobCounts)
    case other(KeyUse)
  }

  private func find(
    _ key: SendKey, _ account: Account, orBegin job: NewJob, _ rows: [MessageRecord], on database: Database
  ) throws(LedgerError) -> Found {
    let account = try database.keep(account)
    try database.setBack(key, account, to: seconds)
    if let use = try database.use(of: key, account) {
      guard try lock(use.job) else { return .held(try entry(use.job).counts) }
      if use.expiresAt > now() {
        guard use.content != job.input else { return .known(use.job) }
        unlock(use.job)
        return .other(use)
      }
      try retireKey(ofJob: use.job)
      unlock(use.job)
    } else {
      try database.requireWhole(.sendKey)
    }
    try requireHome()
    let id = try begin(job, rows, on: database)
    try database.insert(key, account, job: id, at: seconds)
    return .created(id)
  }

  /// Returns a job to resume. A copy of the ledger doesn't know what the original has sent since.
  private func unfinishedHere(_ job: Int, _ key: SendKey) throws(LedgerError) -> JobEntry {
    let entry = try entry(job)
    if entry.finishedAt == nil { try requireHome(job: key.text) }
    // If an earlier state of the job is back, its rows would be sent again.
    try access { (database) throws(LedgerError) in try database.requireWhole(.job) }
    return entry
  }

  /// Returns the progress of another process on the send under a key; nil if there is none.
  private func progress(_ use: KeyUse) throws(LedgerError) -> JobCounts? {
    isHeldElsewhere(use.job) ? try entry(use.job).counts : nil
  }

  /// Deletes all expired keys.
  func retireExpiredKeys() throws(LedgerError) {
    try access { (database) throws(LedgerError) in
      guard try !database.numbers(KeySQL.expired, [":now": seconds]).isEmpty else { return }
      try transaction(claims: false) { () throws(LedgerError) in
        for job in try database.numbers(KeySQL.expired, [":now": seconds]) where try lock(job) {
          try retireKey(ofJob: job)
          unlock(job)
        }
      }
    }
  }

  /// Deletes, within a transaction, an expired key, its printed records, and what was never sent under it.
  private func retireKey(ofJob job: Int) throws(LedgerError) {
    _ = try database.numbers(KeySQL.delete, [":job": job])
    try database.run(PrintedSQL.delete, [":job": job])
    try database.run(KeySQL.makeFinal, [":job": job])
    try noteDead(job)
  }
}

/// Accounts are given by their keys.
extension Database {
  fileprivate func use(of key: SendKey, _ account: Int) throws(LedgerError) -> KeyUse? {
    let select = try prepare(KeySQL.select)
    try select.bind(":key", key.text)
    try select.bind(":account", account)
    guard try select.next() else { return nil }
    guard select.text("key") == key.text, select.int("account") == account else {
      throw .damagedTable(DigestedTable.sendKey.name)
    }
    return try KeyUse(select)
  }

  fileprivate func setBack(_ key: SendKey, _ account: Int, to now: Int) throws(LedgerError) {
    let update = try prepare(KeySQL.setBack)
    try update.bind(":key", key.text)
    try update.bind([":account": account, ":now": now])
    try update.run()
  }

  fileprivate func insert(_ key: SendKey, _ account: Int, job: Int, at now: Int) throws(LedgerError) {
    let insert = try prepare(KeySQL.insert)
    try insert.bind(":key", key.text)
    // An extra second, as the first one may be almost over.
    try insert.bind([":account": account, ":job": job, ":now": now, ":end": now + key.lifetime + 1])
    try insert.run()
  }
}

extension LedgerJob {
  /// Sets the text of a row that was planned before its text was known.
  public func setBody(_ body: String, ofRow row: Int) throws(LedgerError) {
    try ledger.access { (database) throws(LedgerError) in
      try ledger.transaction { () throws(LedgerError) in
        let update = try database.prepare(KeySQL.setBody)
        try update.bind(":body", body)
        try update.bind([":key": MessageKey(job: id, row: row).rawValue])
        try update.run()
        guard database.changes == 1 else { throw .damagedRow(row) }
      }
    }
  }
}

/// The SQL of keys. What was sent under a key is a job without a name, whose `input` is the digest of the content.
enum KeySQL {
  static let select = """
    SELECT key, send_key.account AS account, job.id AS job, job.input AS input, send_key.created_at AS created_at, expires_at,
      \(DigestedTable.sendKey.isWhole("send_key.")) AND \(DigestedTable.job.isWhole("job.")) AS is_whole
    FROM send_key LEFT JOIN job ON job.id = send_key.job
    WHERE key = :key AND send_key.account = :account
    """

  static let insert = DigestedTable.sendKey.inserting([
    ("key", ":key"), ("account", ":account"), ("job", ":job"), ("created_at", ":now"), ("expires_at", ":end"),
  ])

  static let delete = DigestedTable.sendKey.deleting(where: "job = :job")

  /// A job without input can't be resumed.
  static let makeFinal = "\(DigestedTable.job.updating([("input", "NULL")])) WHERE id = :job"

  /// A key created by a clock that was ahead lasts its full lifetime from now.
  static let setBack = """
    \(DigestedTable.sendKey.updating([("created_at", ":now"), ("expires_at", ":now + expires_at - created_at")]))
    WHERE key = :key AND account = :account AND created_at > :now
    """

  static let setBody = """
    \(DigestedTable.message.updating([("body", ":body")])) WHERE key = :key AND status = 'planned' AND body IS NULL
    """

  static let expired = "SELECT job FROM send_key WHERE expires_at <= :now"
}

/// An idempotency key: a name for a send, which happens only once under it.
public struct SendKey: Hashable, Sendable {
  /// As the user gave it.
  public var text: String
  /// How long it lasts after its first use, in seconds.
  let lifetime: Int

  /// `lifetime` is at most 100 years, and is rounded up to seconds.
  public init(_ text: String, lifetime: Duration) {
    self.text = text
    let (seconds, rest) = lifetime.components
    self.lifetime = Int(seconds) + (rest > 0 ? 1 : 0)
  }
}

/// The content of a send, as typed: under one key, equal content is the same send, and anything else is an error.
public struct SendContent: Sendable {
  /// The command that the user ran, such as `send`.
  public var command: String
  /// Numbers in E.164, or a list kept by the provider; the order doesn't matter.
  public var recipients: [String]
  /// The text, or its template.
  public var body: String
  public var from: String?
  public var options: SendOptions
  /// Anything else that changes what is sent. Times are as typed: `+2h` is the same an hour later.
  public var typed: [String?]

  public init(
    command: String, recipients: [String], body: String, from: String?, options: SendOptions, typed: [String?]
  ) {
    self.command = command
    self.recipients = recipients
    self.body = body
    self.from = from
    self.options = options
    // The end is a moment; its typed form is in `typed`.
    self.options.recurrence?.until = Timestamp(unixSeconds: 0)
    self.typed = typed
  }

  /// The SHA-256, in hexadecimal.
  var digest: String {
    var hasher = FieldHasher()
    hasher.add(command)
    hasher.add(String(recipients.count))
    for recipient in recipients.sorted() { hasher.add(recipient) }
    hasher.add(body)
    hasher.add(options.json)
    // A missing text differs from an empty one.
    for text in [from] + typed { hasher.add(text.map { "=\($0)" } ?? "") }
    return hasher.hexadecimal
  }
}

/// What a key was used for.
public struct KeyUse: Hashable, Sendable {
  /// The job with its rows.
  var job: Int
  /// The `SendContent.digest` of what was sent under it.
  var content: String
  public var createdAt: Timestamp
  /// When the key expires and can be used again.
  public var expiresAt: Timestamp

  /// Reads the current row of a query of `KeySQL`.
  init(_ row: Statement) throws(LedgerError) {
    guard row.int("is_whole") == 1, let job = row.int("job"), let content = row.text("input"),
      let createdAt = row.timestamp(row.position(ofColumn: "created_at")),
      let expiresAt = row.timestamp(row.position(ofColumn: "expires_at"))
    else { throw .damagedKey }
    (self.job, self.content, self.createdAt, self.expiresAt) = (job, content, createdAt, expiresAt)
  }

  /// Whether the key was used for this content.
  public func matches(_ content: SendContent) -> Bool { self.content == content.digest }
}
