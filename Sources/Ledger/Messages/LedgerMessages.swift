import Messaging
import TextFormats

/// Which messages of the ledger are asked for; what is nil or empty does not matter.
public struct LedgerQuery: Sendable {
  /// What is asked of each message, as of a provider's; its limit does not count here.
  public var messages = MessageQuery()
  /// The name of a job, whose rows come in their order; else the newest come first.
  public var job: String?
  public var profile: String?

  public init() {}
}

/// Goes through messages of the ledger, a page of them in memory at a time.
public struct LedgerMessages {
  private static let pageSize = 256

  private let ledger: Ledger
  private let query: LedgerQuery
  private let select: Statement
  private var page: ArraySlice<MessageRecord> = []
  /// The keys between which is what was not read yet.
  private var bounds: (lower: Int, upper: Int)
  private var isAtEnd = false

  init(_ ledger: Ledger, _ query: LedgerQuery) throws(LedgerError) {
    self.ledger = ledger
    self.query = query
    (select, bounds) = try ledger.access { (database) throws(LedgerError) in
      (try database.prepare(LogSQL.select(inOrder: query.job != nil)), try database.bounds(of: query.job))
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
      try select.bind(query, between: bounds, limit: Self.pageSize)
      try select.read {
        records.append(MessageRecord(select))
        last = select.int(0) ?? 0
      }
    }
    if query.job == nil { bounds.upper = last } else { bounds.lower = last }
    (page, isAtEnd) = (records[...], records.count < Self.pageSize)
  }
}

extension Ledger {
  /// The messages of all runs that the query fits.
  public func messages(_ query: LedgerQuery) throws(LedgerError) -> LedgerMessages {
    try LedgerMessages(self, query)
  }
}

extension Database {
  /// The keys between which are those of a job, or all.
  fileprivate func bounds(of job: String?) throws(LedgerError) -> (lower: Int, upper: Int) {
    guard let job else { return (.min, .max) }
    guard let id = try entry(JobSQL.withName, job)?.id else { return (0, 0) }
    return (MessageKey(job: id, row: 0).rawValue, MessageKey(job: id + 1, row: 0).rawValue)
  }
}

extension Statement {
  fileprivate func bind(
    _ query: LedgerQuery, between bounds: (lower: Int, upper: Int), limit: Int
  ) throws(LedgerError) {
    let messages = query.messages
    try bind(1, bounds.lower)
    try bind(2, limit)
    try bind(3, bounds.upper)
    try bind(4, query.profile)
    try bind(5, messages.ids.isEmpty ? nil : messages.ids.jsonText)
    try bind(6, messages.groupID)
    try bind(7, messages.to?.e164)
    try bind(8, messages.from)
    if case .ours(let status) = messages.status { try bind(9, status.rawValue) } else { try bind(9, nil as String?) }
    if case .provider(let word) = messages.status { try bind(10, word) } else { try bind(10, nil as String?) }
    try bind(11, messages.device.map(String.init))
    try bind(12, messages.sim.map(String.init))
    try bind(13, messages.since.map { Int($0.unixSeconds) })
    try bind(14, messages.until.map { Int($0.unixSeconds) })
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

extension MessageRecord {
  /// The current row of `LogSQL.select`.
  fileprivate init(_ columns: Statement) {
    self.init(status: columns.text(1).flatMap(MessageStatus.init) ?? .unknown)
    self.row = columns.text(19) == nil ? nil : columns.int(0).map { MessageKey(rawValue: $0).row }
    self.error = columns.text(3).map { MessageError(code: columns.text(2), message: $0) }
    self.id = columns.text(4)
    self.groupID = columns.text(5)
    self.providerStatus = columns.text(6)
    self.type = columns.text(7).flatMap(MessageType.init) ?? .sms
    self.device = columns.text(9)
    self.sim = columns.text(10)
    self.price = columns.text(11)
    self.currency = columns.text(12)
    self.sentAt = columns.timestamp(13)
    self.deliveredAt = columns.timestamp(14)
    self.to = columns.text(15)
    self.body = columns.text(16)
    self.from = columns.text(17)
    self.scheduledAt = columns.timestamp(18)
    self.provider = columns.text(20)
    self.profile = columns.text(21)
    let segmentation = self.body.map { Segmentation(of: $0) }
    self.encoding = segmentation?.encoding
    self.segments = columns.int(8) ?? segmentation?.segments
    if self.sentAt == nil, self.scheduledAt == nil, self.status.hasLeft { self.sentAt = columns.timestamp(22) }
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

extension Statement {
  fileprivate func timestamp(_ column: Int32) -> Timestamp? {
    int(column).map { Timestamp(unixSeconds: Int64($0)) }
  }
}
