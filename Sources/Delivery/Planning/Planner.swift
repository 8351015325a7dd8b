import Ledger
import Messaging
import TextFormats

/// Turns the rows of an input into the rows of a job: checks each row, fills in the template, and marks rows to skip.
///
/// Call `check(_:)` as soon as a header is known, `add` for each row, `refuse` for each unreadable row, then `finish`.
public struct Planner {
  private let reader: RowMessageReader
  private let options: PlanOptions
  private let plan: JobPlan
  private var layout: ColumnLayout?
  /// What is wrong with the header, until a row suggests which columns are meant.
  private var headerError: InputError?
  private var unseenColumns: [String]
  private var firstColumns: ColumnSet?
  private var taken = 0
  /// The number of rows in the list so far, whether used or not.
  public private(set) var rowCount = 0
  private var badRows: BadRows
  /// What happened to characters that GSM 03.38 lacks, in all rows so far, if they were to be replaced.
  public private(set) var changes = GSMChanges()

  /// Adds rows to `plan`, which must be empty.
  public init(_ options: PlanOptions, for provider: any Provider, into plan: JobPlan) {
    reader = RowMessageReader(options, provider: provider)
    self.options = options
    self.plan = plan
    unseenColumns = options.template?.columns ?? []
    badRows = BadRows(source: options.source)
  }

  /// Checks the header of a CSV file, which applies to all rows.
  public mutating func check(_ header: ColumnSet) throws {
    do {
      layout = try ColumnLayout(header, options)
    } catch {
      headerError = InputError(error.problem, at: .file(options.source))
    }
    guard headerError == nil, let template = options.template else { return }
    for column in template.columns where header.indices(of: column).isEmpty {
      throw InputError(.unknownColumn(column, known: header.names), at: .file(options.source))
    }
  }

  /// Checks a row, and adds it if it is in the shard and within the limit.
  public mutating func add(_ row: Row) throws {
    if let headerError { throw suggesting(after: headerError, from: row) }
    rowCount += 1
    if rowCount == 1 { try checkNumberColumn(with: row) }
    noteColumns(of: row)
    var changes = GSMChanges()
    var (message, others, time): (OutgoingMessage, [PhoneNumber], PlannedTime?)
    do {
      (message, others, time) = try reader.message(of: row, try layout(of: row), noting: &changes)
    } catch {
      return try skip(row, error.problem)
    }
    var isTaken = false
    for part in 0...others.count {
      if part > 0 { message.to = others[part - 1] }
      guard takes(message.to.e164) else { continue }
      isTaken = true
      try plan.add(message, row: row.number, part: part, typedTime: time?.typed)
    }
    if isTaken { self.changes.add(changes) }
    if !others.isEmpty { plan.split(row: row.number, into: others.count + 1) }
  }

  /// Notes an unreadable row that readable ones may follow.
  public mutating func refuse(_ error: RowError) throws {
    rowCount += 1
    guard options.skipsInvalid, let row = error.row else {
      return badRows.add(row: error.row, line: error.position.line, error.problem)
    }
    guard takes("") else { return }
    try plan.skip(row: row, MessageError(code: "invalid", message: error.problem.message), to: "", body: "")
  }

  /// Records a bad row as skipped, if the user wants that, with its number and text as far as they can be read.
  private mutating func skip(_ row: Row, _ problem: InputError.Problem) throws {
    guard options.skipsInvalid else { return badRows.add(row: row.number, line: row.position.line, problem) }
    let (to, body) = layout.flatMap { $0.columns == row.columns ? reader.written(in: row, $0) : nil } ?? ("", "")
    guard takes(to) else { return }
    try plan.skip(row: row.number, MessageError(code: "invalid", message: problem.message), to: to, body: body)
  }

  /// Whether a row with this number is in the shard and within the limit.
  private mutating func takes(_ number: String) -> Bool {
    guard options.shard?.contains(number) ?? true, taken < options.limit ?? .max else { return false }
    taken += 1
    return true
  }

  /// Finishes planning: skips rows to suppressed numbers and duplicates. No rows can be added afterward.
  public func finish() throws {
    if let headerError { throw headerError }
    if let column = unseenColumns.first, let firstColumns {
      throw InputError(.unknownColumn(column, known: firstColumns.names), at: .file(options.source))
    }
    if let error = badRows.error { throw error }
    try plan.finish(allowingDuplicates: options.allowsDuplicates)
  }
}

// MARK: - Columns

extension Planner {
  private mutating func layout(of row: Row) throws(InputError) -> ColumnLayout {
    if let layout, layout.columns == row.columns { return layout }
    do {
      let new = try ColumnLayout(row.columns, options)
      layout = new
      return new
    } catch {
      throw suggesting(after: error, from: row)
    }
  }

  /// A column called just `number` may hold customer numbers if another column has phone numbers with a `+`.
  private func checkNumberColumn(with row: Row) throws {
    guard options.toColumn == nil, let column = row.columns.indices(like: "number").first else { return }
    let isInternational = { (cell: String) in cell.isWrittenNumber && cell.contains("+") }
    let cells = row.cells
    guard !isInternational(cells[column]) else { return }
    let others = cells.indices.filter { isInternational(cells[$0]) }.map { row.columns.names[$0] }.filter(\.canBeChosen)
    guard !others.isEmpty else { return }
    let problem = InputError.Problem.severalColumns(
      [row.columns.names[column]] + others, option: "--to-column", likely: others.count == 1 ? others[0] : nil)
    throw InputError(problem, at: .file(options.source))
  }

  /// Each row of a JSON input has its own columns. At least one row must have each column that the template names.
  private mutating func noteColumns(of row: Row) {
    if firstColumns == nil { firstColumns = row.columns }
    if !unseenColumns.isEmpty { unseenColumns.removeAll { !row.columns.indices(of: $0).isEmpty } }
  }

  /// Adds to the error the column that this row's cells suggest.
  private func suggesting(after error: InputError, from row: Row) -> InputError {
    let known = row.columns.names
    let cells = row.cells
    let numberNames = ColumnLayout.numbers(in: row.columns, chosen: options.toColumn).map { known[$0] }
    switch error.problem {
    case .numberColumnMissing(options.toColumn, known: known):
      let candidates = row.numberCandidates(by: options.numberRules)
      return InputError(.numberColumnMissing(options.toColumn, known: known, candidates: candidates), at: error.place)
    case .severalColumns(numberNames, option: "--to-column"):
      let international = row.numberCandidates(by: options.numberRules, withPlus: true).filter(numberNames.contains)
      let likely = international.count == 1 ? international[0] : nil
      return InputError(.severalColumns(numberNames, option: "--to-column", likely: likely), at: error.place)
    case .textColumnMissing(options.messageColumn, known: known):
      let texts = cells.indices.filter {
        known[$0].canBeChosen && !cells[$0].isWrittenNumber && cells[$0].contains(" ")
      }
      let text = texts.max { cells[$0].count < cells[$1].count }.map { known[$0] }
      return InputError(.textColumnMissing(options.messageColumn, known: known, likely: text), at: error.place)
    default: return error
    }
  }
}

extension Row {
  /// The text of each cell; empty if there is none.
  fileprivate var cells: [String] { columns.names.indices.map { (try? text(at: $0)) ?? "" } }

  /// The names of the columns with a phone number in this row; if some have a `+`, only those.
  func numberCandidates(by rules: NumberRules, withPlus: Bool = false) -> [String] {
    let cells = cells
    let found = cells.indices.filter { columns.names[$0].canBeChosen && cells[$0].holdsPhoneNumber(by: rules) }
    let international = found.filter { cells[$0].contains("+") }
    return (international.isEmpty && !withPlus ? found : international).map { columns.names[$0] }
  }
}

extension String {
  /// Whether the user can choose a column by this name; false for a cell of a list without a header.
  fileprivate var canBeChosen: Bool {
    !allSatisfy(\.isWhitespace) && !hasPrefix("#") && !ColumnNames.holdsNumber(self)
  }

  /// Whether a part of this cell is a phone number, as far as that shows without a country code.
  fileprivate func holdsPhoneNumber(by rules: NumberRules) -> Bool {
    guard isWrittenNumber, !looksLikeDate else { return false }
    return NumberCell.parts(of: self).contains { part in
      do throws(PhoneNumberError) {
        return try !PhoneNumber(parsing: part, by: rules).isShortCode
      } catch {
        switch error {
        case .ambiguous, .countryCodeMissing: return true
        default: return false
        }
      }
    }
  }

  /// Whether it consists of a year, a month and a day, in any order.
  private var looksLikeDate: Bool {
    let lengths = split { "-./".contains($0) }.map(\.count)
    return lengths.count == 3 && lengths.contains(4) && lengths.filter { $0 <= 2 }.count == 2
  }
}

private func ~= (pattern: InputError.Problem, problem: InputError.Problem) -> Bool { pattern == problem }
