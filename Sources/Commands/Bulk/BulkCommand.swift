import CommandLineKit
import Delivery
import Ledger
import Messaging

/// Sends a message to each row of a list.
struct BulkCommand: Command {
  static let file = Operand(
    "FILE", value: .file, help: "CSV with a header, JSON array, JSONL, or a number a line; - for standard input.")
  static let spec = CommandSpec<any Command>(
    "bulk", summary: "Send a message to each row of a list.",
    discussion: """
      The whole list is read and checked before the first message leaves: one bad row, and nothing is sent. Rows with the \
      same number and text are sent once. Prints a record for each row once it is settled, and a summary on standard \
      error.

      Columns: to (or number, phone), message (or body, text), and, where the provider can, from, at and device. \
      {{column}} in --message stands for the row's value, {{column|fallback}} for a fallback where it is empty; a \
      literal {{ is written {{{{.
      """,
    examples: [
      Example("sms bulk list.csv --dry-run", "Check a list and count segments; send nothing."),
      Example("sms bulk list.csv --message \"Hello {{name|there}}!\"", "Send a text made for each row."),
      Example("sms bulk list.csv --rate 5/s -o jsonl > sent.jsonl", "Send slowly and keep the records."),
      Example("grep -h + numbers-*.txt | sms bulk - --message \"We open at nine.\"", "Send to numbers from a pipe."),
    ],
    group: "Sending", options: BulkOptions.all + SendOptionSet.all, operands: [file], make: BulkCommand.init)

  private let path: String
  private let options: BulkOptions
  private let sendOptions: SendOptionSet

  init(_ parsed: Parsed) throws(UsageError) {
    path = try parsed[Self.file]
    options = try BulkOptions(parsed)
    sendOptions = try SendOptionSet(parsed)
  }

  func run(_ context: Context) throws(CommandError) {
    let settings = try context.settings()
    let sending = try SendingContext(context, settings, sendOptions)
    let plan = try BulkPlanning(sending, options, path: path).plan()
    try options.isDryRun ? show(plan, sending) : send(plan, sending)
  }

  private func show(_ plan: BulkPlan, _ sending: SendingContext) throws(CommandError) {
    let printer = try sending.context.printer(of: MessageRecord.self)
    var cost = SendingCost()
    try plan.forEach { (record) throws(CommandError) in
      if record.status == .planned { cost.add(record) }
      try printer.printSoon(sending.completed(record))
    }
    try printer.finish()
    let skipped = plan.counts.skipped
    sending.context.note(cost.words + (skipped > 0 ? "; \(counted(skipped, "row")) skipped" : ""))
  }

  private func send(_ plan: BulkPlan, _ sending: SendingContext) throws(CommandError) {
    // What may fail before anything leaves comes before anything is printed.
    let session = try sending.session(for: SendCommand.capability)
    let printer = try SettlementPrinter(sending.context, showsRows: true)
    try plan.forEach(.skipped) { (record) throws(CommandError) in printer.print(sending.completed(record)) }
    let result = session.dispatch(plan.rows, dispatchOptions(sending), report: printer.report)
    let outcome = Result { () throws(CommandError) in try printer.finish() }
    let summary = DeliverySummary(plan.counts, result)
    sending.context.note(summary.words)
    if case .failure(.outputClosed) = outcome, summary.pending > 0 { throw .outputClosedEarly }
    try outcome.get()
    try DeliveryReport(
      result: result, messages: plan.counts.planned, firstRefusal: printer.firstRefusal,
      provider: sending.settings.descriptor.label
    ).check()
  }

  private func dispatchOptions(_ sending: SendingContext) -> DispatchOptions {
    var dispatch = sending.options()
    if let concurrency = options.concurrency { dispatch.concurrency = concurrency }
    if let rate = options.rate { dispatch.rate = SendRate(count: rate.count, per: rate.per) }
    dispatch.batch = options.batch ?? BulkOptions.defaultBatch
    dispatch.maxFailures = options.maxFailures
    return dispatch
  }
}
