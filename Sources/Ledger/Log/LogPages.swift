import Messaging
import TextFormats

/// Iterates over messages of the ledger, with one page at a time in memory: a reader that pauses keeps no process
/// from writing back the log.
public struct LedgerMessages {
  private static let pageSize = 256

  private let ledger: Ledger
  private let query: LedgerQuery
  private var page: ArraySlice<LoggedMessage> = []
  /// The range to read next; nil at the end.
  private var stretch: LogRange?
  private var select: Statement?
  /// The parts of the last message's job.
  private var parts = RowPartsCache()

  init(_ ledger: Ledger, _ query: LedgerQuery) throws(LedgerError) {
    (self.ledger, self.query) = (ledger, query)
    stretch = try ledger.access { (database) throws(LedgerError) in
      try database.requireWhole(.job)
      return try database.firstStretch(of: query.job)
    }
  }

  /// Returns the next message; nil at the end.
  public mutating func next() throws(LedgerError) -> LoggedMessage? {
    while page.isEmpty, let stretch { try readPage(of: stretch) }
    return page.popFirst()
  }

  private mutating func readPage(of stretch: LogRange) throws(LedgerError) {
    var records: [LoggedMessage] = []
    var last = LogPosition(key: 0, leftAt: 0)
    try ledger.access { (database) throws(LedgerError) in
      let select =
        if let prepared = self.select { prepared } else {
          try database.prepare(LogPageSQL.select(stretch, query))
        }
      self.select = select
      try select.bind(stretch)
      try select.bind(query, limit: Self.pageSize)
      let reader = LogReader(select)
      while try select.next() {
        records.append(reader.message(&parts))
        last = reader.place
      }
    }
    page = records[...]
    let next = records.count < Self.pageSize ? stretch.following : stretch.rest(after: last)
    if next?.kind != stretch.kind { select = nil }
    self.stretch = next
  }
}

/// The parts of a job's rows as stored, parsed once for consecutive messages of a job.
struct RowPartsCache {
  private var text: String?
  private var parts = RowParts()

  mutating func read(_ new: String?) -> RowParts {
    if new != text { (text, parts) = (new, RowParts(text: new ?? "") ?? RowParts()) }
    return parts
  }
}

/// The position of a message in the log.
struct LogPosition {
  var key: Int
  /// Unix seconds; 0 if it never left.
  var leftAt: Int
}

/// A range of consecutive messages in the log. Without a job, messages that left come first, latest first, then those
/// that never left. Each range has an index, and a page begins where the previous one ended.
enum LogRange {
  /// Rows of a job between two keys, in order.
  case job(after: Int, before: Int)
  /// Messages that left before a time.
  case left(before: Int)
  /// Messages that left at one time, with a key below this.
  case leftAt(Int, before: Int)
  /// Messages that never left, with a key below this.
  case unsent(before: Int)

  static func rows(ofJob id: Int) -> LogRange {
    .job(after: MessageKey(job: id, row: 0).rawValue, before: MessageKey(job: id + 1, row: 0).rawValue)
  }

  enum Kind: Hashable {
    case job, left, leftAt, unsent
  }

  var kind: Kind {
    switch self {
    case .job: .job
    case .left: .left
    case .leftAt: .leftAt
    case .unsent: .unsent
    }
  }

  /// The range after this one.
  var following: LogRange? {
    switch self {
    case .job, .unsent: nil
    case .left: .unsent(before: .max)
    case .leftAt(let time, _): .left(before: time)
    }
  }

  /// The rest of the range after a full page.
  func rest(after last: LogPosition) -> LogRange {
    switch self {
    case .job(_, let end): .job(after: last.key, before: end)
    case .left, .leftAt: .leftAt(last.leftAt, before: last.key)
    case .unsent: .unsent(before: last.key)
    }
  }
}

extension Database {
  /// Nil if there is no such job.
  fileprivate func firstStretch(of job: String?) throws(LedgerError) -> LogRange? {
    guard let job else { return .left(before: .max) }
    guard let id = try entry(named: job)?.id else { return nil }
    return .rows(ofJob: id)
  }
}

/// Reads rows of `LogPageSQL.select`.
struct LogReader {
  private let reader: RecordReader
  private let key: Int32
  private let job: Int32
  private let provider: Int32
  private let profile: Int32
  private let leftAt: Int32
  private let createdAt: Int32
  private let staysUnsent: Int32
  private let parts: Int32

  init(_ select: Statement) {
    reader = RecordReader(select, .all)
    key = select.position(ofColumn: "key")
    job = select.position(ofColumn: "job")
    provider = select.position(ofColumn: "provider")
    profile = select.position(ofColumn: "profile")
    leftAt = select.position(ofColumn: "left_at")
    createdAt = select.position(ofColumn: "created_at")
    staysUnsent = select.position(ofColumn: "stays_unsent")
    parts = select.position(ofColumn: "parts")
  }

  /// The position of the current row.
  var place: LogPosition { LogPosition(key: reader.statement.int(key) ?? 0, leftAt: reader.statement.int(leftAt) ?? 0) }

  /// Returns the current row as it was printed.
  func record() -> MessageRecord {
    let row = reader.statement
    var record = reader.record()
    record.row = MessageKey(rawValue: place.key).row
    record.provider = row.text(provider)
    record.profile = row.text(profile)
    let segmentation = record.body.map { Segmentation(of: $0) }
    record.encoding = segmentation?.encoding
    record.segments = record.segments ?? segmentation?.segments
    return record
  }

  /// Returns the current row as the log shows it, with its job and times.
  func message(_ kept: inout RowPartsCache) -> LoggedMessage {
    let row = reader.statement
    var record = kept.read(row.text(parts)).shown(record())
    record.job = row.text(job)
    if record.job == nil { record.row = nil }
    let left = row.timestamp(leftAt)
    record.loggedAt = left ?? row.timestamp(createdAt)
    if record.sentAt == nil, record.scheduledAt == nil, record.status.hasLeft { record.sentAt = left }
    var logged = LoggedMessage(record)
    logged.isGivenUp = record.status == .planned && row.int(staysUnsent) == 1
    return logged
  }
}

extension MessageStatus {
  /// Whether the provider received it, or may have.
  fileprivate var hasLeft: Bool {
    switch self {
    case .planned, .sending, .failed, .skipped: false
    default: true
    }
  }
}
