/// A bulk job, as the ledger knows it.
public struct JobRecord: Record, Hashable {
  /// How far it has come.
  public enum State: String, CaseIterable, FieldConvertible {
    /// Nothing of it has left.
    case planned
    /// A process works on it.
    case running
    /// Nobody works on it, and not all of it was sent.
    case interrupted
    /// Each row has its outcome.
    case done
  }

  /// The name.
  public var job: String
  public var profile: String?
  public var state: State
  public var createdAt: Timestamp
  public var finishedAt: Timestamp?
  public var counts: JobCounts

  public init(
    job: String, profile: String?, state: State, createdAt: Timestamp, finishedAt: Timestamp?, counts: JobCounts
  ) {
    self.job = job
    self.profile = profile
    self.state = state
    self.createdAt = createdAt
    self.finishedAt = finishedAt
    self.counts = counts
  }

  public static var plural: String { "jobs" }

  public static let fields: [RecordField<JobRecord>] = [
    RecordField("job", \.job, [.inTable, .name]), RecordField("profile", \.profile, .inTable),
    RecordField("state", \.state, .inTable), RecordField("created_at", \.createdAt),
    RecordField("finished_at", \.finishedAt), RecordField("rows", \.counts.rows, [.inTable, .numeric]),
    RecordField("accepted", \.counts.accepted, [.inTable, .numeric]),
    RecordField("failed", \.counts.failed, [.inTable, .numeric]),
    RecordField("unknown", \.counts.unknown, [.inTable, .numeric]),
    RecordField("skipped", \.counts.skipped, .numeric),
    RecordField("pending", \.counts.pending, [.inTable, .numeric]),
  ]
}

/// The rows of a job by what became of them.
public struct JobCounts: Hashable, Sendable {
  /// Not sent yet.
  public var planned = 0
  /// Under way.
  public var sending = 0
  /// Taken by the provider.
  public var accepted = 0
  public var failed = 0
  public var unknown = 0
  public var skipped = 0

  public init() {}

  public var rows: Int { pending + accepted + failed + unknown + skipped }
  /// Without an outcome.
  public var pending: Int { planned + sending }
}
