import Messaging

/// The rows of a job while it is planned, on disk and in the order of their numbers, so that a million of them need no
/// memory.
///
/// First rows are added, then planning is finished. After that they can be read, and kept by a `Ledger`.
public final class JobPlan {
  /// Rows that are noted one by one because they may have a twin. Beyond that, all are compared.
  private static let mostSuspects = 50_000

  let database: Database
  /// What all messages have in common, apart from their devices.
  let options: SendOptions
  private let inserts: Inserts
  private let twinHash: (_ to: String, _ body: String) -> Int
  private var twins = TwinFilter()
  private var suspects = 0
  private var suppressesNumbers = false
  public private(set) var counts = JobCounts()
  /// Which rows of the input are several messages.
  public private(set) var parts = RowParts()
  /// The last digest, and what it was made of beside the rows: it is asked for more than once.
  var lastDigest: (head: [String], digest: String)?

  /// Rows in a temporary file of SQLite's own, which nobody else sees and which goes with this object.
  ///
  /// `options` are what all messages of the job have in common; only their devices differ from row to row.
  public convenience init(options: SendOptions = SendOptions()) throws(LedgerError) {
    try self.init(options: options, twinHash: Self.hash)
  }

  init(options: SendOptions, twinHash: @escaping (String, String) -> Int) throws(LedgerError) {
    self.options = options
    self.twinHash = twinHash
    database = try Database(path: "")
    try database.execute(PlanSQL.connection + PlanSQL.tables)
    inserts = try Inserts(database)
    try database.execute("BEGIN")
  }

  /// Adds a row that is to be sent. Its number must be greater than those before it. Of a row that is several messages,
  /// `part` is the index of this one, and `split` is called after the last.
  public func add(
    _ message: OutgoingMessage, row: Int, part: Int = 0, typedTime: String? = nil
  ) throws(LedgerError) {
    try inserts.add(message, row: row + parts.surplus + part, typedTime, twin: try twin(of: message))
    counts.planned += 1
  }

  /// Notes that a row is several messages, whichever of them were added.
  public func split(row: Int, into count: Int) {
    parts.note(row: row, count: count)
  }

  /// Adds a row that will never be sent; number and text are as they were written.
  public func skip(row: Int, _ error: MessageError, to: String, body: String) throws(LedgerError) {
    try inserts.skip(row: row + parts.surplus, error, to: to, body: body)
    counts.skipped += 1
  }

  /// Names a number that nothing may be sent to.
  public func suppress(_ number: PhoneNumber) throws(LedgerError) {
    suppressesNumbers = true
    try inserts.suppressed.bind(":recipient", number.e164)
    try inserts.suppressed.run()
  }

  /// The hash of a message; noted as suspect where it may have been there before.
  private func twin(of message: OutgoingMessage) throws(LedgerError) -> Int {
    let twin = twinHash(message.to.e164, message.body)
    if twins.insertFindsTwin(twin), suspects < Self.mostSuspects {
      suspects += 1
      try inserts.suspect.bind(":twin", twin)
      try inserts.suspect.run()
    }
    return twin
  }

  /// Equal for the same number and text, and for hardly any others: they are compared where it is equal.
  ///
  /// It differs from run to run, so nobody can write a file full of collisions.
  private static func hash(_ to: String, _ body: String) -> Int {
    var hasher = Hasher()
    var (to, body) = (to, body)
    // The bytes, as `String` itself hashes equal what looks equal.
    to.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    body.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    return hasher.finalize()
  }
}

// MARK: - The end of planning

extension JobPlan {
  /// Skips rows to suppressed numbers, then, unless they are allowed, rows with the number and text of an earlier one.
  public func finish(allowingDuplicates: Bool = false) throws(LedgerError) {
    // Each goes through all rows, for nothing where there is nothing to be found.
    if suppressesNumbers { try skip(by: PlanSQL.skipSuppressed) }
    if suspects > 0, !allowingDuplicates {
      try noteRows()
      try database.execute(PlanSQL.findTwins(amongSuspects: suspects < Self.mostSuspects))
      try skip(by: PlanSQL.skipDuplicates)
      try skip(by: PlanSQL.skipDuplicatesAfterCollisions)
    }
    try database.execute("COMMIT")
  }

  /// So that a duplicate names the row of the input that it repeats.
  private func noteRows() throws(LedgerError) {
    let insert = try database.prepare(PlanSQL.noteSplit)
    for split in parts.splits {
      try insert.bind(":first", split.first)
      try insert.bind(":row", split.row)
      try insert.bind(":count", split.count)
      try insert.run()
    }
  }

  private func skip(by sql: String) throws(LedgerError) {
    let skipped = try database.run(sql)
    counts.planned -= skipped
    counts.skipped += skipped
  }

  /// What is to be shown of the rows, or of those with one status, in order. One at a time is in memory.
  public func records(_ status: MessageStatus? = nil) throws(LedgerError) -> PlannedRecords {
    let select = try database.prepare(status == nil ? PlanSQL.records : PlanSQL.recordsWithStatus)
    if let status { try select.bind(":status", status.rawValue) }
    return PlannedRecords(reader: JobRowReader(select, options), parts: parts)
  }
}

/// Goes through the rows of a plan.
public struct PlannedRecords {
  fileprivate let reader: JobRowReader
  fileprivate let parts: RowParts

  /// The next row; nil at the end.
  public func next() throws(LedgerError) -> MessageRecord? {
    try reader.statement.next() ? parts.shown(reader.record()) : nil
  }

  /// The same as it would be sent; for rows that are planned.
  public func nextMessage() throws(LedgerError) -> JobMessage? {
    try reader.statement.next() ? reader.message() : nil
  }
}

/// The statements that fill a plan.
private struct Inserts {
  let suppressed: Statement
  let suspect: Statement
  private let added: Statement
  private let skipped: Statement
  private let position:
    (
      row: Int32, to: Int32, body: Int32, from: Int32, time: Int32, typedTime: Int32, devices: Int32, twin: Int32
    )

  init(_ database: Database) throws(LedgerError) {
    suppressed = try database.prepare(PlanSQL.suppress)
    suspect = try database.prepare(PlanSQL.suspect)
    skipped = try database.prepare(PlanSQL.skip)
    added = try database.prepare(PlanSQL.add)
    position = (
      added.position(ofParameter: ":row"), added.position(ofParameter: ":recipient"),
      added.position(ofParameter: ":body"), added.position(ofParameter: ":sender"),
      added.position(ofParameter: ":scheduled_at"), added.position(ofParameter: ":typed_time"),
      added.position(ofParameter: ":devices"), added.position(ofParameter: ":twin")
    )
  }

  func add(_ message: OutgoingMessage, row: Int, _ typedTime: String?, twin: Int) throws(LedgerError) {
    let (recipient, time) = (message.to.e164, message.scheduledAt.map { Int($0.unixSeconds) })
    let devices = message.options.devices.isEmpty ? nil : DeviceSelector.text(of: message.options.devices)
    try added.bind(position.row, row)
    try added.bind(position.to, recipient)
    try added.bind(position.body, message.body)
    try added.bind(position.from, message.from)
    try added.bind(position.time, time)
    try added.bind(position.typedTime, typedTime)
    try added.bind(position.devices, devices)
    try added.bind(position.twin, twin)
    try added.run()
  }

  func skip(row: Int, _ error: MessageError, to: String, body: String) throws(LedgerError) {
    try skipped.bind(":row", row)
    try skipped.bind(":recipient", to)
    try skipped.bind(":body", body)
    try skipped.bind(":error_code", error.code)
    try skipped.bind(":error_message", error.message)
    try skipped.run()
  }
}
