import Messaging
import TextFormats

/// The SQL of the log: pages of messages of all jobs.
enum LogPageSQL {
  /// A page of those messages in a range that match the query.
  static func select(_ stretch: LogRange, _ query: LedgerQuery) -> String {
    """
    SELECT key, \([MessageColumn].all.names), left_at, job.name AS job, job.provider AS provider,
      job.profile AS profile, job.created_at AS created_at, job.parts AS parts,
      \(staysUnsent) AS stays_unsent
    FROM message CROSS JOIN job ON job.id = key >> 32
    WHERE \(([place(stretch)] + conditions(query)).joined(separator: " AND "))
    ORDER BY \(order(stretch)) LIMIT :limit
    """
  }

  /// Whether the rest of the job will never be sent: it was closed, or it is of a command whose jobs can't be
  /// resumed. Only lists and sends with a key can be.
  private static let staysUnsent =
    "(job.is_abandoned OR job.name IS NULL AND job.id NOT IN (SELECT job FROM send_key))"

  private static func place(_ stretch: LogRange) -> String {
    switch stretch {
    case .job: "key > :after AND key < :before"
    case .left: "left_at IS NOT NULL AND left_at < :left"
    case .leftAt: "left_at = :left AND key < :before"
    case .unsent: "left_at IS NULL AND key < :before"
    }
  }

  private static func order(_ stretch: LogRange) -> String {
    switch stretch {
    case .job: "key"
    case .left, .leftAt: "left_at DESC, key DESC"
    case .unsent: "key DESC"
    }
  }

  /// Only the conditions that the query needs, so that SQLite can use an index.
  private static func conditions(_ query: LedgerQuery) -> [String] {
    let messages = query.messages
    let conditions: [(Bool, String)] = [
      (query.profile != nil, "job.profile = :profile"),
      (!messages.ids.isEmpty, "provider_id IN (SELECT value FROM json_each(:ids))"),
      (messages.groupID != nil, "group_id = :group_id"), (messages.to != nil, "recipient = :recipient"),
      (messages.from != nil, "sender = :sender"), (messages.device != nil, "device = :device"),
      (messages.sim != nil, "sim = :sim"), (messages.since != nil, "coalesce(left_at, job.created_at) >= :since"),
      (messages.until != nil, "coalesce(left_at, job.created_at) <= :until"),
    ]
    return conditions.filter(\.0).map(\.1) + [status(messages.status)].compactMap(\.self)
  }

  private static func status(_ filter: StatusFilter?) -> String? {
    switch filter {
    case nil: nil
    case .ours: "status = :status"
    case .provider: "lower(provider_status) = lower(:status)"
    }
  }
}

extension Statement {
  /// Binds the query's values in a statement of `LogPageSQL.select`.
  func bind(_ query: LedgerQuery, limit: Int) throws(LedgerError) {
    let messages = query.messages
    try bind(":limit", limit)
    try bindIfThere(":profile", query.profile)
    try bindIfThere(":ids", messages.ids.isEmpty ? nil : messages.ids.jsonText)
    try bindIfThere(":group_id", messages.groupID)
    try bindIfThere(":recipient", messages.to?.e164)
    try bindIfThere(":sender", messages.from)
    try bindIfThere(":status", messages.status?.text)
    try bindIfThere(":device", messages.device.map(String.init))
    try bindIfThere(":sim", messages.sim.map(String.init))
    if let since = messages.since { try bind(":since", Int(since.unixSeconds)) }
    if let until = messages.until { try bind(":until", Int(until.unixSeconds)) }
  }

  private func bindIfThere(_ parameter: StaticString, _ text: String?) throws(LedgerError) {
    if let text { try bind(parameter, text) }
  }

  func bind(_ stretch: LogRange) throws(LedgerError) {
    switch stretch {
    case .job(let start, let end): try bind([":after": start, ":before": end])
    case .left(let time): try bind([":left": time])
    case .leftAt(let time, let end): try bind([":left": time, ":before": end])
    case .unsent(let end): try bind([":before": end])
    }
  }
}

extension [String] {
  /// The strings as a JSON array.
  fileprivate var jsonText: String {
    var bytes: [UInt8] = []
    JSONValue.array(map(JSONValue.string)).write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
