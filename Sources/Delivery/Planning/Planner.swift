import Ledger
import Messaging
import TextFormats

/// Turns the rows of an input into the rows of a job: checks each, fills the template in, and says which to skip.
///
/// Call `check(_:)` as soon as a header is known, `add` for each row, then `finish`.
public struct Planner {
  private let reader: RowMessageReader
  private let options: PlanOptions
  private let rows: JobRows
  private var unseenColumns: [String]
  private var firstColumns: ColumnSet?
  private var taken = 0
  /// What became of the characters that GSM 03.38 lacks, in all rows so far, where they were to be replaced.
  public private(set) var changes = GSMChanges()

  /// Appends to `rows`, which is empty.
  public init(_ options: PlanOptions, for provider: any Provider, into rows: JobRows) {
    reader = RowMessageReader(options, provider: provider)
    self.options = options
    self.rows = rows
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

  /// Checks a row, and appends it where it is in the shard and within the limit.
  public mutating func add(_ row: Row) throws {
    noteColumns(of: row)
    let planned: JobRow
    var changes = GSMChanges()
    do {
      planned = JobRow(number: row.number, try reader.message(of: row, noting: &changes))
    } catch {
      guard options.skipsInvalid else {
        let place = InputError.Place.row(file: options.source, row: row.number, line: row.position.line)
        throw InputError(error.problem, at: place)
      }
      planned = reader.skipped(row, MessageError(code: "invalid", message: error.problem.message))
      changes = GSMChanges()
    }
    try append(planned, changes)
  }

  /// Rows of a JSON input have columns of their own; one that the template asks for has to be in some of them.
  private mutating func noteColumns(of row: Row) {
    if firstColumns == nil { firstColumns = row.columns }
    if !unseenColumns.isEmpty { unseenColumns.removeAll { row.columns.index(of: $0) != nil } }
  }

  private mutating func append(_ row: JobRow, _ changes: GSMChanges) throws {
    guard options.shard?.contains(row.to) ?? true, taken < options.limit ?? .max else { return }
    taken += 1
    self.changes.add(changes)
    try rows.append(row)
  }

  /// Ends planning: now suppressed numbers and duplicates are skipped. No row can be added after.
  public func finish() throws -> PlanCounts {
    if let column = unseenColumns.first, let firstColumns {
      throw InputError(.unknownColumn(column, known: firstColumns.names), at: .file(options.source))
    }
    return try rows.finishPlanning(allowingDuplicates: options.allowsDuplicates)
  }
}
