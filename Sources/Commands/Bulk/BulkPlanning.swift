import Application
import CommandLineKit
import Configuration
import Delivery
import Ledger
import Messaging
import Platform
import TextFormats

/// Reads the input of a bulk job and plans all of it.
struct BulkPlanning {
  private let sending: SendingContext
  private let options: BulkOptions
  private let path: String

  init(_ sending: SendingContext, _ options: BulkOptions, path: String) {
    self.sending = sending
    self.options = options
    self.path = path
  }

  func plan() throws -> BulkPlan {
    let rows = try JobPlan(options: sending.template.options)
    if let file = options.suppress { try suppress(numbersIn: file, of: rows) }
    let provider = try sending.settings.makeProvider(sending.context.inputs)
    var planner = Planner(try planOptions(), for: provider, into: rows)
    let input = try InputRows(
      sending.context, path: path, format: options.format, encoding: options.encoding, sheet: options.sheet,
      options: rowOptions)
    try input.read(
      header: { try planner.check($0) }, row: { try planner.add($0) }, bad: { try planner.refuse($0) })
    try planner.finish()
    try requireRows(planner.rowCount)
    return BulkPlan(rows: rows, changes: planner.changes)
  }

  /// Throws if the list is too short, because it may be an incomplete export.
  private func requireRows(_ count: Int) throws {
    guard let least = options.minRows, count < least else { return }
    throw InputError(.tooFewRows(count, least: least), at: .file(InputRows.name(of: path)))
  }

  /// Reads the numbers of a stop list, which may be any list. Unless it shows otherwise, it is assumed to have the
  /// delimiter and encoding of the main list.
  private func suppress(numbersIn file: String, of rows: JobPlan) throws {
    var rowOptions = RowOptions()
    rowOptions.isStopList = true
    rowOptions.likelyDelimiter = options.rows.delimiter
    rowOptions.isPhoneNumber = isPhoneNumber
    let column = options.suppressColumn
    rowOptions.numberColumns = column.map { [$0] } ?? numberColumns
    let input = try InputRows(sending.context, path: file, encoding: options.encoding, options: rowOptions)
    var reader = StopListReader(
      source: InputRows.name(of: file), rules: numberRules, column: column, sharedColumn: options.toColumn)
    try input.read(
      header: { reader.check($0) }, row: { row in try reader.numbers(in: row).forEach(rows.suppress) },
      bad: { reader.refuse($0) })
    try reader.finish()
  }

  private var rowOptions: RowOptions {
    var rows = options.rows
    rows.isPhoneNumber = isPhoneNumber
    rows.hasText = options.message == nil && options.messageFile == nil
    rows.numberColumns = options.toColumn.map { [$0] } ?? numberColumns
    return rows
  }

  /// The names of the column with the numbers, for any list.
  private var numberColumns: [String] { ColumnNames.number + [options.toColumn].compactMap { $0 } }

  private var numberRules: NumberRules { sending.context.numberRules(sending.settings) }

  private var isPhoneNumber: @Sendable (String) -> Bool {
    let rules = numberRules
    return { text in (try? PhoneNumber(parsing: text, by: rules)).map { !$0.isShortCode } ?? false }
  }

  private func planOptions() throws -> PlanOptions {
    var plan = PlanOptions(source: InputRows.name(of: path), readTime: timeReader)
    plan.toColumn = options.toColumn
    plan.messageColumn = options.messageColumn
    plan.fillsTexts = options.fillsTexts
    plan.isLiteral = options.isLiteral
    plan.template = try template()
    plan.replacesTypography = options.cost.replacesTypography
    plan.maxSegments = options.cost.maxSegments
    plan.from = sending.template.from
    plan.time = sending.template.time
    plan.options = sending.template.options
    plan.numberRules = numberRules
    plan.takesShortCodes = options.takesShortCodes
    plan.skipsInvalid = options.skipsInvalid
    plan.allowsDuplicates = options.allowsDuplicates
    plan.shard = options.shard
    plan.limit = options.limit
    return plan
  }

  private func template() throws -> Template? {
    let input = MessageInput(context: sending.context)
    let (place, text): (InputError.Place, String)
    if let message = options.message {
      (place, text) = (.argument("--message"), try input.checked(message, at: .argument("--message")))
    } else if let file = options.messageFile {
      (place, text) = (.file(file), try input.text(ofFile: file))
    } else {
      return nil
    }
    do {
      return try Template(parsing: text)
    } catch {
      throw InputError(error.problem, at: place)
    }
  }

  /// Parses the values of the column `at`.
  private var timeReader: @Sendable (String) throws(InputError) -> PlannedTime {
    let environment = sending.context.environment
    let now = environment.now()
    let zone = environment.timeZone(nil)
    return { (text) throws(InputError) in
      guard let zone else {
        let failure = environment.unknownLocalZone
        throw InputError(.init(failure.message, hint: failure.hint))
      }
      guard let time = TimeExpression(text) else {
        throw InputError(.invalidTime(text))
      }
      return PlannedTime(moment: try time.future(of: "at", now: now, zone: zone), typed: time.text)
    }
  }
}

extension InputError.Problem {
  static func invalidTime(_ text: String) -> Self {
    Self("not a valid time: '\(text)'", hint: TimeExpression.hint)
  }

  static func tooFewRows(_ count: Int, least: Int) -> Self {
    Self(
      "\(counted(count, "row")), but --min-rows requires \(least); nothing was sent",
      hint: "check that the export is complete")
  }
}

/// The rows of a job after the whole input was read and checked.
struct BulkPlan {
  var rows: JobPlan
  var counts: JobCounts { rows.counts }
  /// The replacements of characters that GSM 03.38 lacks, if requested.
  var changes: GSMChanges

  /// Calls `body` for the records of all rows, or of those with one status, in input order.
  func forEach(
    _ status: MessageStatus? = nil, _ body: (consuming MessageRecord) throws -> Void
  ) throws {
    let records = try rows.records(status)
    while let record = try records.next() { try body(record) }
  }

  /// The cost of the planned rows.
  func cost(at price: SegmentPrice?) throws -> SendingCost {
    var cost = SendingCost(price: price)
    try forEach(.planned) { (record) throws in cost.add(record) }
    return cost
  }
}
