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

  func plan() throws -> BulkPlan {
    let rows = try JobPlan(options: sending.template.options)
    if let file = options.suppress { try suppress(numbersIn: file, of: rows) }
    var planner = Planner(try planOptions(), for: try sending.checkingProvider(), into: rows)
    try InputRows(sending.context, path: path, format: options.format)
      .read(header: { try planner.check($0) }, row: { try planner.add($0) })
    try planner.finish()
    return BulkPlan(rows: rows, changes: planner.changes)
  }

  private func suppress(numbersIn file: String, of rows: JobPlan) throws {
    let input = InputRows(sending.context, path: file, format: .lines)
    try input.read(header: { _ in }) { row in
      let number = try self.number(in: row, of: input)
      try rows.suppress(number)
    }
  }

  private func number(in row: Row, of input: InputRows) throws -> PhoneNumber {
    let written = (try? row.text(in: "to")) ?? ""
    do {
      return try PhoneNumber(parsing: written, countryCode: sending.settings.countryCode)
    } catch {
      throw InputError(.phoneNumber(written, error), at: input.place(of: row))
    }
  }

  private func planOptions() throws -> PlanOptions {
    var plan = PlanOptions(source: InputRows.name(of: path), readTime: timeReader)
    if let column = options.toColumn { plan.toColumns = [column] }
    if let column = options.messageColumn { plan.messageColumns = [column] }
    plan.template = try template()
    plan.replacesTypography = options.cost.replacesTypography
    plan.maxSegments = options.cost.maxSegments
    plan.from = sending.template.from
    plan.time = sending.template.time
    plan.options = sending.template.options
    plan.countryCode = sending.settings.countryCode
    plan.skipsInvalid = options.skipsInvalid
    plan.allowsDuplicates = options.allowsDuplicates
    plan.shard = options.shard
    plan.limit = options.limit
    return plan
  }

  private func template() throws -> Template? {
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
      throw InputError(error.problem, at: place)
    }
  }

  /// Reads the column `at`.
  private var timeReader: @Sendable (String) throws(InputError) -> PlannedTime {
    let now = sending.context.environment.now()
    let zone = sending.context.environment.timeZone(nil) ?? .utc
    return { (text) throws(InputError) in
      guard let time = TimeExpression(text) else { throw InputError(.init("'\(text)' is no time")) }
      return PlannedTime(moment: try time.future(of: "at", now: now, zone: zone), typed: time.text)
    }
  }
}
