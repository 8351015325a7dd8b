import Messaging

/// The planned rows of one job, on disk and in the order of their numbers, so that a million of them need no memory.
///
/// First rows are appended, then planning is finished; after that they are read in pages, and kept by a `Ledger`.
public final class JobRows {
  /// Rows noted one by one for having a twin perhaps; from then on, all are compared.
  private static let mostSuspects = 50_000

  let database: Database
  private let insert: Statement
  private let insertSuppressed: Statement
  private let insertSuspect: Statement
  private let select: Statement
  private let selectWithStatus: Statement
  let options: SendOptions
  private let twinHash: (JobRow) -> Int
  private let seenTwins = BloomFilter()
  private var suspects = 0
  private var suppressesNumbers = false
  private(set) var counts = PlanCounts()

  /// Rows in a temporary file of SQLite's own, which nobody else sees and which goes with this object.
  ///
  /// `options` are what all messages of the job have in common; only their devices differ from row to row.
  public convenience init(options: SendOptions = SendOptions()) throws(LedgerError) {
    try self.init(options: options, twinHash: \.twinHash)
  }

  init(options: SendOptions, twinHash: @escaping (JobRow) -> Int) throws(LedgerError) {
    self.options = options
    self.twinHash = twinHash
    database = try Database(path: "")
    try database.execute(PlanSchema.planning + PlanSchema.tables)
    insert = try database.prepare(PlanSchema.insert)
    insertSuppressed = try database.prepare(PlanSchema.insertSuppressed)
    insertSuspect = try database.prepare(PlanSchema.insertSuspect)
    select = try database.prepare(PlanSchema.select)
    selectWithStatus = try database.prepare(PlanSchema.selectWithStatus)
    try database.execute("BEGIN")
  }

  /// Adds a row, whose number must be greater than those before it.
  public func append(_ row: JobRow) throws(LedgerError) {
    try insert.bind(1, row.number)
    try insert.bind(2, row.to)
    try insert.bind(3, row.body)
    try insert.bind(4, row.from)
    try insert.bind(5, row.scheduledAt.map { Int($0.unixSeconds) })
    try insert.bind(6, row.options.devices.isEmpty ? nil : DeviceSelector.text(of: row.options.devices))
    try insert.bind(7, row.status.rawValue)
    try insert.bind(8, row.error?.code)
    try insert.bind(9, row.error?.message)
    try insert.bind(10, row.status == .planned ? try twin(of: row) : nil)
    try insert.run()
    if row.status == .planned { counts.planned += 1 } else { counts.invalid += 1 }
  }

  /// The hash of a row's number and text; noted as suspect where it may have been there before.
  private func twin(of row: JobRow) throws(LedgerError) -> Int {
    let twin = twinHash(row)
    if seenTwins.addWasPresent(twin), suspects < Self.mostSuspects {
      suspects += 1
      try insertSuspect.bind(1, twin)
      try insertSuspect.run()
    }
    return twin
  }

  /// Names a number that is never to be sent to.
  public func suppress(_ number: PhoneNumber) throws(LedgerError) {
    suppressesNumbers = true
    try insertSuppressed.bind(1, number.e164)
    try insertSuppressed.run()
  }

  /// Skips the rows of suppressed numbers, then, unless they are allowed, later rows with the number and text of an earlier.
  public func finishPlanning(allowingDuplicates: Bool = false) throws(LedgerError) -> PlanCounts {
    // Each goes through all rows, for nothing where there is nothing to be found.
    if suppressesNumbers { counts.suppressed = try changes(by: PlanSchema.skipSuppressed) }
    if suspects > 0, !allowingDuplicates { counts.duplicates = try skipDuplicates() }
    counts.planned -= counts.suppressed + counts.duplicates
    try database.execute("COMMIT")
    return counts
  }

  private func skipDuplicates() throws(LedgerError) -> Int {
    try database.execute(PlanSchema.findTwins(amongSuspects: suspects < Self.mostSuspects))
    return try changes(by: PlanSchema.skipDuplicates) + changes(by: PlanSchema.skipDuplicatesAfterCollisions)
  }

  private func changes(by sql: String) throws(LedgerError) -> Int {
    try database.execute(sql)
    return database.changes
  }

  /// Up to `limit` rows after the one numbered `number`, in order; of one status where that is given.
  public func page(after number: Int, status: MessageStatus? = nil, limit: Int = 256) throws(LedgerError) -> [JobRow] {
    let statement = status == nil ? select : selectWithStatus
    try statement.bind(1, number)
    try statement.bind(2, limit)
    if let status { try statement.bind(3, status.rawValue) }
    var page: [JobRow] = []
    try statement.read { page.append(JobRow(statement, options)) }
    return page
  }
}

extension JobRow {
  /// Equal for rows with the same number and text, and for hardly any others: they are compared where it is equal.
  ///
  /// It differs from run to run, so nobody can write a file full of collisions.
  fileprivate var twinHash: Int {
    var hasher = Hasher()
    var (to, body) = (to, body)
    // The bytes, as `String` itself hashes equal what looks equal.
    to.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    body.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    return hasher.finalize()
  }
}

extension JobRow {
  /// The current row of `PlanSchema.select`, or of `MessageSQL.rows`.
  init(_ columns: Statement, _ options: SendOptions) {
    var options = options
    if let devices = columns.text(5) { options.devices = DeviceSelector.list(devices) }
    let message = columns.text(8)
    self.init(
      number: columns.int(0) ?? 0,
      to: columns.text(1) ?? "",
      body: columns.text(2) ?? "",
      from: columns.text(3),
      scheduledAt: columns.int(4).map { Timestamp(unixSeconds: Int64($0)) },
      options: options,
      status: columns.text(6).flatMap(MessageStatus.init) ?? .unknown,
      error: message.map { MessageError(code: columns.text(7), message: $0) },
      leftAt: columns.int(9).map { Timestamp(unixSeconds: Int64($0)) }
    )
  }
}

extension DeviceSelector {
  /// `1 2:0`.
  static func text(of devices: [DeviceSelector]) -> String {
    devices.map { device in device.sim.map { "\(device.id):\($0)" } ?? "\(device.id)" }.joined(separator: " ")
  }

  static func list(_ text: String) -> [DeviceSelector] {
    text.split(separator: " ").compactMap { DeviceSelector(String($0)) }
  }
}
