import Messaging
import TextFormats

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

/// Goes through messages of the ledger, a page of them in memory at a time: a reader that pauses keeps nobody from
/// writing back the log.
public struct LedgerMessages {
  private static let pageSize = 256

  private let ledger: Ledger
  private let isInOrder: Bool
  private let select: Statement
  private var page: ArraySlice<MessageRecord> = []
  /// What is not read yet has keys between these.
  private var bounds: (lower: Int, upper: Int)
  private var isAtEnd = false

  fileprivate init(_ ledger: Ledger, _ query: LedgerQuery) throws(LedgerError) {
    self.ledger = ledger
    isInOrder = query.job != nil
    (select, bounds) = try ledger.access { (database) throws(LedgerError) in
      let select = try database.prepare(LogSQL.select(inOrder: query.job != nil))
      try select.bind(query, limit: Self.pageSize)
      return (select, try database.bounds(of: query.job))
    }
  }

  /// The next message; nil at the end.
  public mutating func next() throws(LedgerError) -> MessageRecord? {
    if page.isEmpty, !isAtEnd { try readPage() }
    return page.popFirst()
  }

  private mutating func readPage() throws(LedgerError) {
    var records: [MessageRecord] = []
    var last = 0
    try ledger.access { (_) throws(LedgerError) in
      try select.bind(":after", bounds.lower)
      try select.bind(":before", bounds.upper)
      let reader = LogReader(select)
      while try select.next() {
        records.append(reader.loggedMessage())
        last = reader.key
      }
    }
    if isInOrder { bounds.lower = last } else { bounds.upper = last }
    (page, isAtEnd) = (records[...], records.count < Self.pageSize)
  }
}

extension Database {
  /// The keys between which are those of a job, or all.
  fileprivate func bounds(of job: String?) throws(LedgerError) -> (lower: Int, upper: Int) {
    guard let job else { return (.min, .max) }
    guard let id = try entry(named: job)?.id else { return (0, 0) }
    return (MessageKey(job: id, row: 0).rawValue, MessageKey(job: id + 1, row: 0).rawValue)
  }
}

extension Statement {
  fileprivate func bind(_ query: LedgerQuery, limit: Int) throws(LedgerError) {
    let messages = query.messages
    try bind(":limit", limit)
    try bind(":profile", query.profile)
    try bind(":ids", messages.ids.isEmpty ? nil : messages.ids.jsonText)
    try bind(":group_id", messages.groupID)
    try bind(":recipient", messages.to?.e164)
    try bind(":sender", messages.from)
    if case .ours(let status) = messages.status { try bind(":status", status.rawValue) }
    if case .provider(let word) = messages.status { try bind(":provider_status", word) }
    try bind(":device", messages.device.map(String.init))
    try bind(":sim", messages.sim.map(String.init))
    try bind(":since", messages.since.map { Int($0.unixSeconds) })
    try bind(":until", messages.until.map { Int($0.unixSeconds) })
  }
}

extension [String] {
  /// As a JSON array.
  fileprivate var jsonText: String {
    var bytes: [UInt8] = []
    JSONValue.array(map(JSONValue.string)).write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Reads rows of `LogSQL.select`.
private struct LogReader {
  private let reader: RecordReader
  private let position: (key: Int32, job: Int32, provider: Int32, profile: Int32, leftAt: Int32)

  init(_ select: Statement) {
    reader = RecordReader(select, .all)
    position = (
      select.position(ofColumn: "key"), select.position(ofColumn: "job"), select.position(ofColumn: "provider"),
      select.position(ofColumn: "profile"), select.position(ofColumn: "left_at")
    )
  }

  var key: Int { reader.statement.int(position.key) ?? 0 }

  /// The message as it was printed, with its row.
  func message() -> MessageRecord {
    let row = reader.statement
    var record = reader.record()
    record.row = MessageKey(rawValue: key).row
    record.provider = row.text(position.provider)
    record.profile = row.text(position.profile)
    let segmentation = record.body.map { Segmentation(of: $0) }
    record.encoding = segmentation?.encoding
    record.segments = record.segments ?? segmentation?.segments
    return record
  }

  /// The message as the log shows it: with when it left, and without the row of what is no job of `bulk`.
  func loggedMessage() -> MessageRecord {
    let row = reader.statement
    var record = message()
    if row.text(position.job) == nil { record.row = nil }
    if record.sentAt == nil, record.scheduledAt == nil, record.status.hasLeft {
      record.sentAt = row.timestamp(position.leftAt)
    }
    return record
  }
}

extension LedgerJob {
  /// All of its rows, in order, as they were printed.
  public func allRecords() throws(LedgerError) -> [MessageRecord] {
    try ledger.access { (database) throws(LedgerError) in
      let select = try database.prepare(LogSQL.select(inOrder: true))
      try select.bind(LedgerQuery(), limit: .max)
      try select.bind(":after", MessageKey(job: id, row: 0).rawValue)
      try select.bind(":before", MessageKey(job: id + 1, row: 0).rawValue)
      let reader = LogReader(select)
      var records: [MessageRecord] = []
      while try select.next() { records.append(reader.message()) }
      return records
    }
  }
}

extension MessageStatus {
  /// Whether the provider took it, or may have.
  fileprivate var hasLeft: Bool {
    switch self {
    case .planned, .sending, .failed, .skipped: false
    default: true
    }
  }
}

// MARK: - Single questions

extension Ledger {
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

/// The SQL of the log: messages of all jobs.
enum LogSQL {
  /// A page of messages whose keys lie between two, in their order or the newest first.
  static func select(inOrder: Bool) -> String {
    """
    SELECT key, \([MessageColumn].all.names), left_at, job.name AS job, job.provider AS provider, job.profile AS profile
    FROM message CROSS JOIN job ON job.id = key >> 32
    WHERE key > :after AND key < :before
      AND (:profile IS NULL OR job.profile = :profile)
      AND (:ids IS NULL OR provider_id IN (SELECT value FROM json_each(:ids)))
      AND (:group_id IS NULL OR group_id = :group_id)
      AND (:recipient IS NULL OR recipient = :recipient)
      AND (:sender IS NULL OR sender = :sender)
      AND (:status IS NULL OR status = :status)
      AND (:provider_status IS NULL OR lower(provider_status) = lower(:provider_status))
      AND (:device IS NULL OR device = :device)
      AND (:sim IS NULL OR sim = :sim)
      AND (:since IS NULL OR coalesce(left_at, job.created_at) >= :since)
      AND (:until IS NULL OR coalesce(left_at, job.created_at) <= :until)
    ORDER BY key \(inOrder ? "ASC" : "DESC") LIMIT :limit
    """
  }

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
