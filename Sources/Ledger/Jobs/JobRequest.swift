import Messaging
import TextFormats

/// What a job is for, and how to find it again.
public struct JobRequest: Sendable {
  /// The name that the user gave, if any.
  public var name: String?
  /// Whether to begin a new job although one for the same input is unfinished.
  public var startsAnew = false
  public var account: Account
  public var profile: String?
  /// The list as named on the command line.
  public var file: String?
  /// As the user typed it, such as `1/4`.
  public var shard: String?
  /// The end of a recurring message as the user typed it; nil if it isn't recurring.
  public var typedUntil: String?

  public init(account: Account, profile: String?) {
    self.account = account
    self.profile = profile
  }
}

extension JobPlan {
  /// Returns the SHA-256, in hexadecimal, of the planned messages, the profile and the shard, but not the account.
  ///
  /// Times are hashed as typed: `+2h` is the same input an hour later. Without times, the digest is that of version 1.
  func digest(_ request: JobRequest) throws(LedgerError) -> String {
    var hasher = FieldHasher()
    var options = options
    if request.typedUntil != nil { options.recurrence?.until = Timestamp(unixSeconds: 0) }
    let head = [request.account.provider, request.profile, request.shard, request.typedUntil, options.json]
      .map { $0 ?? "" }
    if let lastDigest, lastDigest.head == head { return lastDigest.digest }
    for part in head { hasher.add(part) }
    let rows = try records(.planned)
    while let row = try rows.nextRow() {
      hasher.add(String(row.row))
      hasher.add(row.to)
      hasher.add(row.body)
      hasher.add(row.from ?? "")
      hasher.add(row.typedTime ?? row.scheduledAt.map { String($0) } ?? "")
      hasher.add(row.devices ?? "")
    }
    let digest = hasher.hexadecimal
    lastDigest = (head, digest)
    return digest
  }
}

/// SHA-256 of fields, each preceded by its length, so that no two lists of fields give the same bytes.
struct FieldHasher {
  /// In bytes. Fields are buffered, as hashing many bytes at once is faster.
  private static let mostPending = 1 << 14

  private var hasher = SHA256()
  private var pending: [UInt8] = []

  mutating func add(_ field: UnsafeRawBufferPointer) {
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: field.count).littleEndian) { pending.append(contentsOf: $0) }
    pending.append(contentsOf: field)
    if pending.count >= Self.mostPending { flush() }
  }

  mutating func add(_ field: String) {
    var field = field
    field.withUTF8 { add(UnsafeRawBufferPointer($0)) }
  }

  /// Returns the digest of all fields, in hexadecimal.
  var hexadecimal: String {
    mutating get {
      flush()
      return hasher.finish().map(\.hexadecimal).joined()
    }
  }

  private mutating func flush() {
    pending.withUnsafeBytes { hasher.update($0) }
    pending.removeAll(keepingCapacity: true)
  }
}

extension UInt8 {
  fileprivate var hexadecimal: String {
    let digits = String(self, radix: 16)
    return digits.utf8.count == 1 ? "0" + digits : digits
  }
}

// MARK: - Options as JSON

extension SendOptions {
  /// A JSON object for the ledger, without the devices, which are stored in each row.
  var json: String {
    let value: JSONValue = [
      "scope": .string(deviceScope.rawValue), "random": .bool(usesRandomDevice), "mms": .bool(isMMS),
      "attachments": .array(attachments.map(JSONValue.string)), "priority": .bool(isPriority),
      "sender_id": senderID.map(JSONValue.string) ?? .null, "devices": .string(DeviceSelector.text(of: devices)),
      "recurrence": recurrence?.json ?? .null,
    ]
    var bytes: [UInt8] = []
    value.write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads what `json` wrote; nil for anything else.
  init?(json: String) {
    guard let value = try? JSONValue(parsing: Array(json.utf8)), value.object != nil else { return nil }
    self.init()
    deviceScope = value["scope"]?.text.flatMap(DeviceScope.init) ?? .chosen
    usesRandomDevice = value["random"] == true
    isMMS = value["mms"] == true
    attachments = value["attachments"]?.array?.compactMap(\.text) ?? []
    isPriority = value["priority"] == true
    senderID = value["sender_id"]?.text
    devices = DeviceSelector.list(value["devices"]?.text ?? "")
    recurrence = value["recurrence"].flatMap(Recurrence.init)
  }
}

extension Recurrence {
  fileprivate var json: JSONValue {
    [
      "period": .string(period.rawValue), "frequency": .number(String(frequency)),
      "until": .number(String(until.unixSeconds)),
    ]
  }

  fileprivate init?(_ json: JSONValue) {
    guard let period = json["period"]?.text.flatMap(Period.init), let frequency = json["frequency"]?.int,
      let until = json["until"]?.int
    else { return nil }
    self.init(period: period, frequency: frequency, until: Timestamp(unixSeconds: Int64(until)))
  }
}

/// A job as stored in the ledger.
struct JobEntry {
  var id: Int
  /// Empty except for `bulk`.
  var name: String
  /// The key of its account; nil in a job of version 1.
  var account: Int?
  var baseURL: String?
  var provider: String
  var profile: String?
  var file: String?
  var parts: RowParts
  var input: String?
  var options: SendOptions
  var createdAt: Timestamp
  var finishedAt: Timestamp?
  var isAbandoned: Bool
  var counts = JobCounts()

  /// Reads the current row of a query of `JobSQL`.
  init(_ row: Statement) throws(LedgerError) {
    guard row.int("is_whole") == 1, let id = row.int("id"), let provider = row.text("provider"),
      let parts = RowParts(text: row.text("parts") ?? ""),
      let options = row.text("options").flatMap(SendOptions.init(json:)),
      let created = row.timestamp(row.position(ofColumn: "created_at"))
    else { throw LedgerError.damagedJob }
    (self.id, self.provider, self.parts, self.options, createdAt) = (id, provider, parts, options, created)
    name = row.text("name") ?? ""
    account = row.int("account")
    baseURL = row.text("base_url")
    isAbandoned = row.int("is_abandoned") == 1
    profile = row.text("profile")
    file = row.text("file")
    input = row.text("input")
    finishedAt = row.timestamp(row.position(ofColumn: "finished_at"))
    counts = JobCounts(row)
  }

  var owner: JobOwner { JobOwner(job: name, provider: provider, profile: profile, baseURL: baseURL) }

  /// Whether it may continue with other credentials for the same address: nothing was ever sent, as with a wrong key.
  /// A job of version 1 has no address.
  func canMove(to other: Account) -> Bool {
    counts.settled + counts.sending == 0 && (provider, baseURL) == (other.provider, other.baseURL)
  }

  /// The record to show; `isHeld` if a process is working on it.
  func record(isHeld: Bool) -> JobRecord {
    var record = JobRecord(job: name, state: isHeld ? .running : restingState, createdAt: createdAt)
    record.profile = profile
    record.account = baseURL.map { "\(provider) at \($0)" } ?? provider
    record.input = file
    record.finishedAt = finishedAt
    record.counts = counts
    return record
  }

  /// Its state while no process is working on it.
  private var restingState: JobRecord.State {
    if isAbandoned { return .abandoned }
    if finishedAt != nil { return counts.unknown > 0 ? .unsettled : .done }
    let hasBegun = counts.pending < counts.rows - counts.skipped || counts.sending > 0
    return hasBegun ? .interrupted : .planned
  }
}

extension JobCounts {
  /// Reads the columns with these names from the current row.
  init(_ row: Statement) {
    self.init()
    planned = row.int("planned") ?? 0
    sending = row.int("sending") ?? 0
    accepted = row.int("accepted") ?? 0
    failed = row.int("failed") ?? 0
    unknown = row.int("unknown") ?? 0
    skipped = row.int("skipped") ?? 0
  }
}

extension Ledger {
  /// Returns the job with that name; nil if there is none.
  func entry(named name: String) throws(LedgerError) -> JobEntry? {
    try access { (database) throws(LedgerError) in
      if let entry = try database.entry(named: name) { return entry }
      try database.requireWhole(.job)
      return nil
    }
  }

  /// Returns the job with that id. Throws if there is none, as another process may have pruned it.
  func entry(_ id: Int) throws(LedgerError) -> JobEntry {
    try access { (database) throws(LedgerError) in
      let select = try database.prepare(JobSQL.withID)
      try select.bind(":id", id)
      guard try select.next() else { throw .forgotten }
      return try JobEntry(select)
    }
  }
}

extension Database {
  /// Returns the job for the same input and account, with any name, that finished last, at `since` or later.
  func finishedEntry(of account: Account, _ input: String, since: Timestamp) throws(LedgerError) -> JobEntry? {
    let select = try prepare(JobSQL.finishedWithInput)
    try select.bind(":input", input)
    try select.bind(":account", try number(of: account))
    try select.bind(":since", Int(since.unixSeconds))
    return try entry(select, input)
  }

  /// Returns the first job that a query finds by its input.
  func entry(_ select: Statement, _ input: String) throws(LedgerError) -> JobEntry? {
    guard try select.next() else { return nil }
    let entry = try JobEntry(select)
    // A corrupt index may lead to another row.
    guard entry.input == input else { throw .damagedTable(DigestedTable.job.name) }
    return entry
  }

  /// Returns the job with that name.
  func entry(named name: String) throws(LedgerError) -> JobEntry? {
    let select = try prepare(JobSQL.withName)
    try select.bind(":name", name)
    guard try select.next() else { return nil }
    let entry = try JobEntry(select)
    // A corrupt index may lead to another row.
    guard entry.name == name else { throw .damagedTable(DigestedTable.job.name) }
    return entry
  }
}
