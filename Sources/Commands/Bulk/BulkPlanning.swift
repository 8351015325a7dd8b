import Application
import CommandLineKit
import Configuration
import Delivery
import Ledger
import Messaging
import Platform
import TextFormats

/// Reads the input of a bulk job, and plans it as a whole.
struct BulkPlanning {
  private let sending: SendingContext
  private let options: BulkOptions
  private let path: String

  init(_ sending: SendingContext, _ options: BulkOptions, path: String) {
    self.sending = sending
    self.options = options
    self.path = path
  }

  func plan() throws(CommandError) -> BulkPlan {
    let rows = try CommandError.wrap { () throws(LedgerError) in try JobPlan(options: sending.template.options) }
    if let file = options.suppress { try suppress(numbersIn: file, of: rows) }
    var planner = Planner(try planOptions(), for: try sending.checkingProvider(), into: rows)
    try InputRows(sending.context, path: path, format: options.format).read(
      header: { (columns) throws(CommandError) in try wrap { () throws(PlanError) in try planner.check(columns) } },
      row: { (row) throws(CommandError) in try wrap { () throws(PlanError) in try planner.add(row) } })
    try wrap { () throws(PlanError) in try planner.finish() }
    return BulkPlan(rows: rows, changes: planner.changes)
  }

  private func suppress(numbersIn file: String, of rows: JobPlan) throws(CommandError) {
    let input = InputRows(sending.context, path: file, format: .lines)
    try input.read(header: { (_) throws(CommandError) in }) { (row) throws(CommandError) in
      let number = try self.number(in: row, of: input)
      try CommandError.wrap { () throws(LedgerError) in try rows.suppress(number) }
    }
  }

  private func number(in row: Row, of input: InputRows) throws(CommandError) -> PhoneNumber {
    let written = (try? row.text(in: "to")) ?? ""
    do {
      return try PhoneNumber(parsing: written, countryCode: sending.settings.countryCode)
    } catch {
      throw .input(InputError(place: input.place(of: row), problem: .phoneNumber(written, error)))
    }
  }

  private func planOptions() throws(CommandError) -> PlanOptions {
    var plan = PlanOptions(readTime: timeReader)
    if let column = options.toColumn { plan.toColumns = [column] }
    if let column = options.messageColumn { plan.messageColumns = [column] }
    plan.template = try template()
    plan.replacesTypography = options.cost.replacesTypography
    plan.maxSegments = options.cost.maxSegments
    plan.from = sending.template.from
    plan.scheduledAt = sending.template.scheduledAt
    plan.options = sending.template.options
    plan.countryCode = sending.settings.countryCode
    if options.skipsInvalid {
      let provider = sending.settings.descriptor.title
      plan.skipInvalid = { $0.message(provider: provider) }
    }
    plan.allowsDuplicates = options.allowsDuplicates
    plan.shard = options.shard
    plan.limit = options.limit
    return plan
  }

  private func template() throws(CommandError) -> Template? {
    let input = MessageInput(sending.context)
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
      throw .input(InputError(place: place, problem: .template(error)))
    }
  }

  /// Reads the column `at`.
  private var timeReader: @Sendable (String) throws(InvalidTime) -> Timestamp {
    let now = sending.context.environment.now()
    let zone = sending.context.environment.timeZone(nil) ?? .utc
    return { (text) throws(InvalidTime) in
      do {
        guard let time = TimeExpression(text) else { throw InputError(place: .argument("at"), problem: .time(text)) }
        return try time.future(of: "at", now: now, zone: zone)
      } catch let error as InputError {
        throw InvalidTime(error.problem.message)
      } catch {
        throw InvalidTime("it is no time")
      }
    }
  }

  private func wrap<Value>(_ body: () throws(PlanError) -> Value) throws(CommandError) -> Value {
    do {
      return try body()
    } catch {
      throw CommandError(error, file: path, toColumn: options.toColumn, provider: sending.settings.descriptor.title)
    }
  }
}

extension CommandError {
  fileprivate init(_ error: PlanError, file: String, toColumn: String?, provider: String) {
    switch error {
    case .ledger(let error): self = .ledger(error)
    case .row(let number, let position, let problem):
      let place = InputError.Place.row(file: InputRows.name(of: file), row: number, line: position.line)
      self = .input(InputError(place: place, problem: .row(problem, provider: provider)))
    case .unknownColumn(let name, let columns):
      let problem = InputError.Problem.unknownColumn(name, nearest: nearest(to: name, among: columns), known: columns)
      self = .input(InputError(place: .file(InputRows.name(of: file)), problem: problem))
    case .noColumn(let names, let columns):
      let role: InputError.ColumnRole = names.contains(toColumn ?? "to") ? .number : .text
      let problem = InputError.Problem.missingColumn(role, names: names, known: columns)
      self = .input(InputError(place: .file(InputRows.name(of: file)), problem: problem))
    }
  }
}
