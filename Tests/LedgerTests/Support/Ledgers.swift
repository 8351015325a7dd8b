import Messaging
import TestSupport
import Testing

@testable import Ledger

/// A moment that all tests can agree on: 2026-03-01T09:00:00Z.
let noon = Timestamp(unixSeconds: 1_772_355_600)

/// Runs `body` with a folder in which no ledger is yet; it need not exist.
func withState<Result>(_ body: (_ folder: String) throws -> Result) throws -> Result {
  try withTemporaryFolder { try body("\($0)/home/state") }
}

/// The ledger of a folder, as another process would open it.
func ledger(_ folder: String, at time: Timestamp = noon) throws -> Ledger {
  try Ledger(folder: folder) { time }
}

/// What makes up a plan of tests: one text for numbers that count up from `first`.
struct Plan {
  var count = 3
  var first = 1
  var body = "Hello"
  var from: String?
  var scheduledAt: Timestamp?
  var typedTime: String?
  var options = SendOptions()
  /// Those of its rows that are on the suppression list.
  var suppressed: [Int] = []

  func rows() throws -> JobPlan {
    let plan = try JobPlan(options: options)
    for index in suppressed { try plan.suppress(number(index)) }
    for index in 0..<count {
      let message = OutgoingMessage(
        to: try number(index), body: body, from: from, scheduledAt: scheduledAt, options: options)
      try plan.add(message, row: index + 1, typedTime: typedTime)
    }
    try plan.finish()
    return plan
  }

  private func number(_ index: Int) throws -> PhoneNumber {
    try PhoneNumber(parsing: "+1555\(1_000_000 + first + index)")
  }
}

/// An account of a provider; another key makes it another one.
func account(_ provider: String = "smsit", key: String = "secret") -> Account {
  Account(
    provider: provider, baseURL: "https://sms.example", credentials: .form([FormField("key", key, isSecret: true)]))
}

/// A request for a job through the profile `office`.
func request(_ name: String? = nil) -> JobRequest {
  var request = JobRequest(account: account(), profile: "office")
  request.name = name
  return request
}

extension Ledger {
  /// A job of the account of the tests, by its name.
  func reopen(_ name: String) throws -> OpenJobResult { try reopen(name, as: account()) }

  /// A job of its own, ready to work on.
  func begin(_ name: String? = nil, _ plan: Plan = Plan()) throws -> LedgerJob {
    try #require(try open(request(name), plan.rows()).job)
  }

  /// What `jobs` shows of a job.
  func record(_ name: String) throws -> JobRecord? {
    var query = JobQuery()
    query.name = name
    return try jobs(query).first
  }

  /// The statuses of all rows of a job, in their order.
  func statuses(_ name: String) throws -> [String] {
    var query = LedgerQuery()
    query.job = name
    return try all(query).map(\.status.rawValue)
  }

  func all(_ query: LedgerQuery = LedgerQuery()) throws -> [MessageRecord] {
    var messages = try messages(query)
    var all: [MessageRecord] = []
    while let logged = try messages.next() { all.append(logged.message) }
    return all
  }

  /// The counts of a job as its rows say: those kept beside them have to be the same.
  func recount(_ name: String) throws -> JobCounts {
    var counts = JobCounts()
    for status in try statuses(name) {
      switch status {
      case "planned": counts.planned += 1
      case "sending": counts.sending += 1
      case "failed", "canceled": counts.failed += 1
      case "unknown": counts.unknown += 1
      case "skipped": counts.skipped += 1
      default: counts.accepted += 1
      }
    }
    return counts
  }
}

extension OpenJobResult {
  /// The job, where it could be opened.
  var job: LedgerJob? { if case .opened(let job) = self { job } else { nil } }

  /// What came of it in a word.
  var word: String {
    switch self {
    case .opened(let job): job.isNew ? "new" : "again"
    case .busy: "busy"
    case .otherInput: "other input"
    case .otherAccount: "other account"
    case .abandoned: "abandoned"
    case .unfinished: "unfinished"
    case .missing: "missing"
    }
  }
}

extension LedgerJob {
  /// The numbers of the rows with a status.
  func rows(_ status: MessageStatus) throws -> [Int] {
    try records(status, after: 0).compactMap(\.row)
  }

  func claim(_ rows: Int...) throws {
    var changes = RowChanges()
    changes.claimed = rows
    try apply(changes)
  }

  func settle(_ status: MessageStatus, _ rows: Int...) throws {
    var changes = RowChanges()
    changes.settled = rows.map { outcome(status, $0) }
    try apply(changes)
  }

  func release(_ rows: Int...) throws {
    var changes = RowChanges()
    changes.released = rows
    try apply(changes)
  }
}

/// What a provider may say of a row.
func outcome(_ status: MessageStatus, _ row: Int, id: String? = nil) -> MessageRecord {
  var record = MessageRecord(status: status)
  record.row = row
  record.id = id ?? "id\(row)"
  return record
}

/// A job of `send` with so many messages, which can't be resumed.
func run(_ ledger: Ledger, _ count: Int) throws -> LedgerJob {
  let messages = try (1...max(count, 1)).prefix(count).map {
    OutgoingMessage(to: try PhoneNumber(parsing: "+1555\(1_000_000 + $0)"), body: "Hello", from: "SHOP")
  }
  return try ledger.job(of: "send", account: account("sendapp"), profile: nil, messages)
}
