import TextFormats

/// A bulk job in the ledger.
public struct JobRecord: Record, Hashable {
  /// The progress of a job.
  public enum State: String, CaseIterable, FieldConvertible {
    /// Nothing was sent yet.
    case planned
    /// A process is working on it.
    case running
    /// No process is working on it, and it was not sent completely.
    case interrupted
    /// Nothing remains to be sent, but some messages are unknown.
    case unsettled
    /// Each row has an outcome.
    case done
    /// Closed before it was sent completely.
    case abandoned
  }

  /// The name.
  public var job: String
  public var profile: String?
  /// The provider and the address of its API.
  public var account: String?
  /// The list as named on the command line.
  public var input: String?
  public var state: State
  public var createdAt: Timestamp
  /// When nothing remained to be sent, or when it was closed.
  public var finishedAt: Timestamp?
  public var counts = JobCounts()

  public init(job: String, state: State, createdAt: Timestamp) {
    self.job = job
    self.state = state
    self.createdAt = createdAt
  }

  /// Rows with an outcome out of all rows, such as `3/5`.
  private var progress: String { "\(counts.rows - counts.pending)/\(counts.rows)" }

  public static var plural: String { "jobs" }
  public static var importance: [String] { ["job", "state", "done", "failed", "unknown"] }

  public static let fields: [RecordField<JobRecord>] = [
    RecordField("job", \.job, [.inTable, .name], meaning: "the name of the job"),
    RecordField("profile", \.profile, meaning: "the profile that it sends with"),
    RecordField("account", \.account, meaning: "the provider and its address"),
    RecordField("input", \.input, meaning: "the list, as it was typed"),
    RecordField(
      "state", \.state, [.inTable, .status], meaning: "planned, running, interrupted, unsettled, done, or abandoned"),
    RecordField("created_at", \.createdAt, .inTable, meaning: "when it was started"),
    RecordField("finished_at", \.finishedAt, meaning: "when nothing was left to send, or it was canceled"),
    RecordField("done", \.progress, [.inTable, .numeric, .onRequest], meaning: "rows with an outcome, of all rows"),
    RecordField("rows", \.counts.rows, .numeric, meaning: "rows in the list"),
    RecordField("accepted", \.counts.accepted, .numeric, meaning: "messages that the provider accepted"),
    RecordField(
      "failed", \.counts.failed, [.inTable, .numeric, .blankZero],
      meaning: "messages that were refused, or not delivered"),
    RecordField(
      "unknown", \.counts.unknown, [.inTable, .numeric, .blankZero],
      meaning: "messages that may or may not have been sent"),
    RecordField("skipped", \.counts.skipped, .numeric, meaning: "rows that are never sent"),
    RecordField("pending", \.counts.pending, .numeric, meaning: "messages not sent yet"),
  ]
}

/// The number of rows of a job by outcome.
public struct JobCounts: Hashable, Sendable {
  /// Not sent yet.
  public var planned = 0
  /// In flight.
  public var sending = 0
  /// Accepted by the provider.
  public var accepted = 0
  public var failed = 0
  public var unknown = 0
  public var skipped = 0

  public init() {}

  public var rows: Int { pending + accepted + failed + unknown + skipped }
  /// Rows without an outcome.
  public var pending: Int { planned + sending }
}

/// A message as `sms log` shows it: its record and, in tables or on request, its time and job.
public struct LoggedMessage: Record {
  public var message: MessageRecord
  /// Whether a planned message is shown as one that will never be sent.
  public var isGivenUp: Bool {
    get { message.isGivenUp }
    set { message.isGivenUp = newValue }
  }

  public init(_ message: MessageRecord) {
    self.message = message
  }

  public static var plural: String { MessageRecord.plural }
  public static var importance: [String] { ["to", "status", "error", "body", "time", "id", "job", "profile"] }

  public static let fields: [RecordField<MessageRecord.Fields>] =
    [
      RecordField(
        "time", \.loggedAt, [.inTable, .name, .onRequest], meaning: "when it was sent, or planned if it wasn't")
    ]
    + MessageRecord.fields.map { $0.inTable(tableFields.contains($0.name)) }
    + [RecordField("job", \.job, [.inTable, .name, .onRequest], meaning: "the name of its job; null for single sends")]

  /// The fields of a message that fit in the table next to time and job.
  private static let tableFields: Set = ["id", "profile", "to", "body", "status", "error"]

  public var raw: JSONValue? { message.raw }

  public func read(_ body: (UnsafePointer<MessageRecord.Fields>) -> Void) {
    message.read(body)
  }
}
