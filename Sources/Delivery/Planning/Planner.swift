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
  public func check(_ header: ColumnSet) throws {
    try require(options.toColumns, in: header) { .numberColumnMissing($0, known: $1) }
    guard let template = options.template else {
      return try require(options.messageColumns, in: header) { .textColumnMissing($0, known: $1) }
    }
    for column in template.columns where header.index(of: column) == nil {
      throw InputError(.unknownColumn(column, known: header.names), at: .file(options.source))
    }
  }

  private func require(
    _ names: [String], in header: ColumnSet, problem: ([String], [String]) -> InputError.Problem
  ) throws {
    guard names.contains(where: { header.index(of: $0) != nil }) else {
      throw InputError(problem(names, header.names), at: .file(options.source))
    }
  }

  /// Checks a row, and adds it where it is in the shard and within the limit.
  public mutating func add(_ row: Row) throws {
    noteColumns(of: row)
    var changes = GSMChanges()
    let (message, time): (OutgoingMessage, PlannedTime?)
    do {
      (message, time) = try reader.message(of: row, noting: &changes)
    } catch {
      guard options.skipsInvalid else {
        let place = InputError.Place.row(file: options.source, row: row.number, line: row.position.line)
        throw InputError(error.problem, at: place)
      }
      return try skip(row, MessageError(code: "invalid", message: error.problem.message))
    }
    guard takes(message.to.e164) else { return }
    self.changes.add(changes)
    try plan.add(message, row: row.number, typedTime: time?.typed)
  }

  /// Number and text are recorded as far as they can be read.
  private mutating func skip(_ row: Row, _ reason: MessageError) throws {
    let (to, body) = reader.written(in: row)
    guard takes(to) else { return }
    try plan.skip(row: row.number, reason, to: to, body: body)
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
  public func finish() throws {
    if let column = unseenColumns.first, let firstColumns {
      throw InputError(.unknownColumn(column, known: firstColumns.names), at: .file(options.source))
    }
    try plan.finish(allowingDuplicates: options.allowsDuplicates)
  }
}
