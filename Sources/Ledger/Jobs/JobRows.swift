import Messaging

/// A row of a job that can be sent.
public struct JobMessage: Hashable, Sendable {
  /// Its position in the job, from 1.
  public var row: Int
  public var message: OutgoingMessage
  /// When its last request was about to leave; nil if it never was.
  public var leftAt: Timestamp?
  /// The id from a reply of the provider that could not otherwise be trusted.
  public var id: String?

  public init(row: Int, message: OutgoingMessage, leftAt: Timestamp? = nil) {
    self.row = row
    self.message = message
    self.leftAt = leftAt
  }
}

/// Reads rows of a job from the ledger; column names are resolved once.
struct JobRowReader {
  /// The columns that a query must return, in addition to `row`.
  static let columns = "recipient, body, sender, scheduled_at, devices, status, error_code, error_message"

  let statement: Statement
  private let options: SendOptions
  private let job: String?
  private let row: Int32
  private let recipient: Int32
  private let body: Int32
  private let sender: Int32
  private let scheduledAt: Int32
  private let devices: Int32
  private let status: Int32
  private let errorCode: Int32
  private let errorMessage: Int32
  private let isWhole: Int32

  /// `options` are those that all of the job's messages share; the job's name is for errors.
  init(_ statement: Statement, _ options: SendOptions, ofJob job: String? = nil) {
    self.statement = statement
    self.options = options
    self.job = job
    row = statement.position(ofColumn: "row")
    recipient = statement.position(ofColumn: "recipient")
    body = statement.position(ofColumn: "body")
    sender = statement.position(ofColumn: "sender")
    scheduledAt = statement.position(ofColumn: "scheduled_at")
    devices = statement.position(ofColumn: "devices")
    status = statement.position(ofColumn: "status")
    errorCode = statement.position(ofColumn: "error_code")
    errorMessage = statement.position(ofColumn: "error_message")
    isWhole = statement.position(ofColumn: "is_whole")
  }

  /// Returns the current row. Throws if it is not what was planned. Doesn't read `leftAt`.
  func message() throws(LedgerError) -> JobMessage {
    let (number, recipient, text) = (statement.int(row) ?? 0, statement.text(recipient), statement.text(body) ?? "")
    let (from, time, devices) = (statement.text(sender), statement.int(scheduledAt), statement.text(devices))
    guard statement.int(isWhole) == 1, let to = recipient.flatMap(PhoneNumber.init(stored:))
    else { throw .damagedRow(number, ofJob: job) }
    var message = OutgoingMessage(
      to: to, body: text, from: from, scheduledAt: time.map { Timestamp(unixSeconds: Int64($0)) }, options: options)
    if let devices { message.options.devices = DeviceSelector.list(devices) }
    return JobMessage(row: number, message: message)
  }

  /// Returns the record to show for the current row before a provider has received it.
  func record() -> MessageRecord {
    let text = statement.text(body) ?? ""
    var record = MessageRecord(status: statement.text(status).flatMap(MessageStatus.init) ?? .unknown)
    record.row = statement.int(row)
    record.to = statement.text(recipient)
    record.body = text
    record.from = statement.text(sender)
    record.scheduledAt = statement.timestamp(scheduledAt)
    record.error = statement.text(errorMessage).map { MessageError(code: statement.text(errorCode), message: $0) }
    record.countSegments(of: text, isMMS: options.isMMS)
    return record
  }
}

extension MessageRecord {
  /// Sets what a provider will count, except for a skipped row without a valid number.
  mutating func countSegments(of text: String, isMMS: Bool) {
    guard self.status != .skipped || self.to.flatMap(PhoneNumber.init(stored:)) != nil else { return }
    let segmentation = Segmentation(of: text)
    self.encoding = segmentation.encoding
    self.segments = segmentation.segments
    self.type = isMMS ? .mms : .sms
  }
}

extension DeviceSelector {
  /// Such as `1 2:0`.
  static func text(of devices: [DeviceSelector]) -> String {
    devices.map { device in device.sim.map { "\(device.id):\($0)" } ?? "\(device.id)" }.joined(separator: " ")
  }

  static func list(_ text: String) -> [DeviceSelector] {
    text.split(separator: " ").compactMap { DeviceSelector(String($0)) }
  }
}

/// How a list differs from that of a job begun earlier.
public struct JobDifference: Hashable, Sendable {
  /// The job's name.
  public var job: String
  /// Rows of the list whose number and text no row of the job has.
  public var new: [Int] = []
  /// Rows of the list that share the number or the text with the job's row, but not both.
  public var changed: [Int] = []
  /// Rows of the job that are no longer in the list.
  public var gone: [Int] = []
  public var hasOtherProfile = false
  public var hasOtherOptions = false

  package init(job: String) {
    self.job = job
  }

  public var hasOtherRows: Bool { !new.isEmpty || !changed.isEmpty || !gone.isEmpty }
}

extension Ledger {
  /// Compares the rows that a plan would send with those of a job.
  func difference(
    of job: JobEntry, _ request: JobRequest, _ plan: JobPlan
  ) throws(LedgerError) -> JobDifference {
    var difference = JobDifference(job: job.name)
    difference.hasOtherProfile = job.profile != request.profile
    difference.hasOtherOptions = job.options != plan.options
    try plan.copyRows()
    try attached(to: plan, inTransaction: false) { (database) throws(LedgerError) in
      let added = try database.numbers(DifferenceSQL.new, [":job": job.id])
      let removed = try database.numbers(DifferenceSQL.gone, [":job": job.id])
      let changed = Set(added).intersection(removed)
      difference.changed = added.filter(changed.contains)
      difference.new = added.filter { !changed.contains($0) }
      difference.gone = removed.filter { !changed.contains($0) }
    }
    return difference
  }
}

/// The SQL that compares a plan with a job. It sorts each side once, however many rows there are.
private enum DifferenceSQL {
  private static let content = "recipient, body, coalesce(sender, ''), coalesce(devices, '')"
  private static let planned = "SELECT \(content) FROM plan WHERE error_message IS NULL"
  private static let kept = """
    SELECT \(content) FROM message WHERE key >= :job << 32 AND key < :job + 1 << 32 AND status <> 'skipped'
    """

  static let new = """
    SELECT row FROM plan WHERE error_message IS NULL AND (\(content)) NOT IN (\(kept)) ORDER BY row
    """

  static let gone = """
    SELECT key & 0xFFFFFFFF FROM message
    WHERE key >= :job << 32 AND key < :job + 1 << 32 AND status <> 'skipped' AND (\(content)) NOT IN (\(planned))
    ORDER BY key
    """
}
