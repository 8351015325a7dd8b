import Messaging

/// The rows of a job while it is planned, on disk and in row order, so that a million of them take no memory.
///
/// First rows are added, then `finish` is called. After that, the rows can be read, and stored by a `Ledger`.
public final class JobPlan {
  /// The maximum number of hashes noted because their rows may be duplicates. Beyond that, all rows are compared.
  private static let mostSuspects = 50_000
  private static let pageSize = 1 << 14

  let database: Database
  /// The options that all messages share, except their devices.
  let options: SendOptions
  private let twinHash: (_ to: String, _ body: String) -> Int
  private var twins = DuplicateFilter()
  private var suspects: Set<Int> = []
  private var suppressesNumbers = false
  private let insertPage: Statement
  private let insertSuppressed: Statement
  private let selectSuppressed: Statement
  /// The page that is being filled (`PlanRow.write`).
  private var page: [UInt8] = []
  public private(set) var counts = JobCounts()
  /// Which rows of the input consist of several messages.
  public private(set) var parts = RowParts()
  /// The last digest and what it was made from, apart from the rows, as it is needed more than once.
  var lastDigest: (head: [String], digest: String)?

  /// The rows are in a temporary file of SQLite that no other process sees, and that is deleted with this object.
  ///
  /// `options` are those that all messages of the job share; only devices differ from row to row.
  public convenience init(options: SendOptions = SendOptions()) throws(LedgerError) {
    try self.init(options: options, twinHash: Self.hash)
  }

  init(options: SendOptions, twinHash: @escaping (String, String) -> Int) throws(LedgerError) {
    self.options = options
    self.twinHash = twinHash
    database = try Database(path: "")
    try database.execute(PlanSQL.connection + PlanSQL.tables)
    insertPage = try database.prepare(PlanSQL.insertPage)
    insertSuppressed = try database.prepare(PlanSQL.suppress)
    selectSuppressed = try database.prepare(PlanSQL.isSuppressed)
    try database.execute("BEGIN")
  }

  /// Adds a row to send; if its phone number is suppressed, it is skipped. Its row number must be greater than those
  /// before it. If a row consists of several messages, `part` is the index of this one, and `split` must be called
  /// after the last.
  public func add(
    _ message: OutgoingMessage, row: Int, part: Int = 0, typedTime: String? = nil
  ) throws(LedgerError) {
    let devices = message.options.devices
    let isSuppressed = suppressesNumbers ? try self.isSuppressed(message.to) : false
    try add(
      PlanRow(
        row: row + parts.surplus + part, to: message.to.e164, body: message.body, from: message.from,
        scheduledAt: message.scheduledAt.map { Int($0.unixSeconds) }, typedTime: typedTime,
        devices: devices.isEmpty ? nil : DeviceSelector.text(of: devices), twin: isSuppressed ? 0 : twin(of: message),
        error: isSuppressed ? .suppressed : nil))
  }

  /// Notes that a row consists of `count` messages, even if not all of them were added.
  public func split(row: Int, into count: Int) {
    parts.note(row: row, count: count)
  }

  /// Adds a row that will never be sent; number and text are as in the input.
  public func skip(row: Int, _ error: MessageError, to: String, body: String) throws(LedgerError) {
    try add(PlanRow(row: row + parts.surplus, to: to, body: body, error: error))
  }

  private func add(_ row: PlanRow) throws(LedgerError) {
    if row.error == nil { counts.planned += 1 } else { counts.skipped += 1 }
    if row.write(to: &page) >= Self.pageSize { try flush() }
  }

  private func flush() throws(LedgerError) {
    try insertPage.bind(":rows", page)
    try insertPage.run()
    page.removeAll(keepingCapacity: true)
  }

  /// Adds a number to which nothing may be sent. Must be called before any row is added.
  public func suppress(_ number: PhoneNumber) throws(LedgerError) {
    suppressesNumbers = true
    try insertSuppressed.bind(":recipient", number.e164)
    try insertSuppressed.run()
  }

  private func isSuppressed(_ number: PhoneNumber) throws(LedgerError) -> Bool {
    try selectSuppressed.bind(":recipient", number.e164)
    var isFound = false
    try selectSuppressed.read { isFound = true }
    return isFound
  }
}

// MARK: - Duplicates

extension JobPlan {
  /// Returns the hash of a message, and notes it as suspect if the message may be a duplicate.
  private func twin(of message: OutgoingMessage) -> Int {
    let twin = twinHash(message.to.e164, message.body)
    if twins.insertFindsTwin(twin), suspects.count < Self.mostSuspects { suspects.insert(twin) }
    return twin
  }

  /// Equal for the same number and text, and for hardly any others; if hashes are equal, rows are compared.
  ///
  /// It differs from run to run, so no one can craft a file full of collisions.
  private static func hash(_ to: String, _ body: String) -> Int {
    var hasher = Hasher()
    var (to, body) = (to, body)
    // The bytes, as `String` itself hashes canonically equivalent text alike.
    to.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    body.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    return hasher.finalize()
  }

  /// Ends planning. Unless duplicates are allowed, rows with the number and text of an earlier one are skipped.
  public func finish(allowingDuplicates: Bool = false) throws(LedgerError) {
    try flush()
    if !suspects.isEmpty, !allowingDuplicates {
      let comparesAll = suspects.count == Self.mostSuspects
      try copyRows { row in comparesAll || suspects.contains(row.twin) }
      try noteRows()
      try database.execute(PlanSQL.findTwins)
      try skip(by: PlanSQL.skipDuplicates)
      try skip(by: PlanSQL.skipDuplicatesAfterCollisions)
    }
    try database.execute("COMMIT")
  }

  /// Copies planned rows to a table in which SQL can compare them.
  func copyRows(where isWanted: (PlanRow) -> Bool = { _ in true }) throws(LedgerError) {
    let insert = try database.prepare(PlanSQL.copy)
    let rows = try records(.planned)
    while let row = try rows.nextRow() {
      guard isWanted(row) else { continue }
      try insert.bind(":row", row.row)
      try insert.bind(":recipient", row.to)
      try insert.bind(":body", row.body)
      try insert.bind(":sender", row.from)
      try insert.bind(":devices", row.devices)
      try insert.bind(":twin", row.twin)
      try insert.run()
    }
  }

  /// Needed for a duplicate to name the input row that it repeats.
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
}

// MARK: - Reading

extension JobPlan {
  /// Returns the rows, or those with one status, in order. Only one page of them is in memory at a time.
  public func records(_ status: MessageStatus? = nil) throws(LedgerError) -> PlannedRecords {
    try PlannedRecords(self, status)
  }
}

/// Iterates over the rows of a plan.
public final class PlannedRecords {
  private let plan: JobPlan
  private let status: MessageStatus?
  private let pages: Statement
  private let duplicates: Statement
  private var page = PlanPage()
  /// The next row that is a duplicate.
  private var duplicate: (row: Int, error: MessageError)?

  fileprivate init(_ plan: JobPlan, _ status: MessageStatus?) throws(LedgerError) {
    self.plan = plan
    self.status = status
    pages = try plan.database.prepare(PlanSQL.pages)
    duplicates = try plan.database.prepare(PlanSQL.duplicates)
    try findDuplicate()
  }

  /// Returns the next row; nil at the end.
  public func next() throws(LedgerError) -> MessageRecord? {
    guard let row = try nextRow() else { return nil }
    return plan.parts.shown(row.record(isMMS: plan.options.isMMS))
  }

  /// Returns the next row as a message to send; only for planned rows.
  public func nextMessage() throws(LedgerError) -> JobMessage? {
    try nextRow()?.message(plan.options)
  }

  func nextRow() throws(LedgerError) -> PlanRow? {
    while let row = try anyRow() {
      if status == nil || row.status == status { return row }
    }
    return nil
  }

  private func anyRow() throws(LedgerError) -> PlanRow? {
    while page.isAtEnd {
      guard try pages.next() else { return nil }
      page = PlanPage(pages.bytes("rows"))
    }
    let row = page.row()
    guard let duplicate, duplicate.row == row.row else { return row }
    try findDuplicate()
    var skipped = row
    skipped.error = duplicate.error
    return skipped
  }

  private func findDuplicate() throws(LedgerError) {
    duplicate =
      try duplicates.next()
      ? (duplicates.int("row") ?? 0, MessageError(code: "duplicate", message: duplicates.text("error_message") ?? ""))
      : nil
  }
}

extension MessageError {
  /// Why a message to a number of a stop list is skipped.
  package static let suppressed = MessageError(code: "suppressed", message: "on the suppression list")
}

/// The hashes of rows seen so far, in memory, to tell whether a new row may equal an earlier one.
///
/// Half of each hash is stored, so about a hundred in a million rows are wrongly taken for duplicates; they are
/// compared later. The filter grows to at most 32 MB, for about six million rows; beyond that, it always says
/// "perhaps".
struct DuplicateFilter {
  private static let mostSlots = 1 << 23

  /// Open addressing with linear probing; 0 is a free slot.
  private var slots: [UInt32] = Array(repeating: 0, count: 1 << 14)
  private var count = 0

  /// Adds a hash. False: no equal hash was added before. True: perhaps one was.
  mutating func insertFindsTwin(_ hash: Int) -> Bool {
    if count > slots.count / 4 * 3 {
      guard slots.count < Self.mostSlots else { return true }
      grow()
    }
    return !place(UInt32(truncatingIfNeeded: hash >> 32) | 1)
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: 0, count: old.count * 2)
    count = 0
    for value in old where value != 0 { _ = place(value) }
  }

  /// False if the value was already there.
  private mutating func place(_ value: UInt32) -> Bool {
    let mask = slots.count - 1
    // The lowest bit is always 1.
    var slot = Int(value >> 1) & mask
    while slots[slot] != 0 {
      if slots[slot] == value { return false }
      slot = (slot + 1) & mask
    }
    slots[slot] = value
    count += 1
    return true
  }
}
