import Ledger
import Messaging
import TextFormats

/// Turns the rows of an input into the rows of a job: checks each, fills the template in, and says which to skip.
///
/// Call `check(_:)` as soon as a header is known, `add` for each row, then `finish`.
public struct Planner {
  private let reader: RowMessageReader
  private let options: PlanOptions
  private let plan: JobPlan
  private var unseenColumns: [String]
  private var firstColumns: ColumnSet?
  private var taken = 0
  /// What became of the characters that GSM 03.38 lacks, in all rows so far, where they were to be replaced.
  public private(set) var changes = GSMChanges()

  /// Adds to `plan`, which is empty.
  public init(_ options: PlanOptions, for provider: any Provider, into plan: JobPlan) {
    reader = RowMessageReader(options, provider: provider)
    self.options = options
    self.plan = plan
    unseenColumns = options.template?.columns ?? []
  }

  /// Checks the header of a CSV, whose columns all rows have.
  public func check(_ header: ColumnSet) throws(PlanError) {
    try require(options.toColumns, in: header)
    guard let template = options.template else { return try require(options.messageColumns, in: header) }
    for column in template.columns where header.index(of: column) == nil {
      throw .unknownColumn(column, columns: header.names)
    }
  }

  private func require(_ names: [String], in header: ColumnSet) throws(PlanError) {
    guard names.contains(where: { header.index(of: $0) != nil }) else {
      throw .noColumn(names: names, columns: header.names)
    }
  }

  /// Checks a row, and adds it where it is in the shard and within the limit.
  public mutating func add(_ row: Row) throws(PlanError) {
    noteColumns(of: row)
    var changes = GSMChanges()
    let message: OutgoingMessage
    do {
      message = try reader.message(of: row, noting: &changes)
    } catch {
      guard let describe = options.skipInvalid else { throw .row(number: row.number, position: row.position, error) }
      return try skip(row, MessageError(code: "invalid", message: describe(error)))
    }
    guard takes(message.to.e164) else { return }
    self.changes.add(changes)
    do { try plan.add(message, row: row.number) } catch { throw .ledger(error) }
  }

  /// Number and text are recorded as far as they can be read.
  private mutating func skip(_ row: Row, _ reason: MessageError) throws(PlanError) {
    let (to, body) = reader.written(in: row)
    guard takes(to) else { return }
    do { try plan.skip(row: row.number, reason, to: to, body: body) } catch { throw .ledger(error) }
  }

  /// Whether a row with this number is in the shard and within the limit.
  private mutating func takes(_ number: String) -> Bool {
    guard options.shard?.contains(number) ?? true, taken < options.limit ?? .max else { return false }
    taken += 1
    return true
  }

  /// Rows of a JSON input have columns of their own; one that the template asks for has to be in some of them.
  private mutating func noteColumns(of row: Row) {
    if firstColumns == nil { firstColumns = row.columns }
    if !unseenColumns.isEmpty { unseenColumns.removeAll { row.columns.index(of: $0) != nil } }
  }

  /// Ends planning: now rows to suppressed numbers, and duplicates, are skipped. No row can be added after.
  public func finish() throws(PlanError) {
    if let column = unseenColumns.first, let firstColumns {
      throw .unknownColumn(column, columns: firstColumns.names)
    }
    do {
      try plan.finish(allowingDuplicates: options.allowsDuplicates)
    } catch {
      throw .ledger(error)
    }
  }
}

/// Why an input cannot be sent; nothing has left.
public enum PlanError: Error, Hashable, Sendable {
  /// A row is bad. `position` is where it starts.
  case row(number: Int, position: TextPosition, RowProblem)
  /// The template asks for a column that the input, or no row of it, has. `columns` are those there are.
  case unknownColumn(String, columns: [String])
  /// The header has none of the columns of which one is needed.
  case noColumn(names: [String], columns: [String])
  case ledger(LedgerError)
}

/// What keeps one row from being sent.
public enum RowProblem: Error, Hashable, Sendable {
  /// It has none of these columns, or nothing in them.
  case missing(columns: [String])
  case number(PhoneNumberError, written: String)
  case text(MessageTextError)
  /// The column `at`: not a time, or not one to send at, in the caller's words.
  case time(written: String, reason: String)
  /// The column `device`: not `ID` or `ID:SIM`, perhaps several with spaces between.
  case device(written: String)
  /// The column `from`: CR, LF or NUL in it.
  case sender
  /// A JSON array or object where a text is needed.
  case nested(column: String)
  case objection(SendObjection)
  /// The text takes more segments than `PlanOptions.maxSegments`.
  case tooManySegments(SegmentExcess)
  /// The row asks for something that this provider cannot do.
  case unsupported(SendFeature)
}
