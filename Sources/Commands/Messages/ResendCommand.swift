import Application
import CommandLineKit
import Messaging

/// Makes the provider send messages again.
struct ResendCommand: Command {
  static let capability = Capability("resend") { $0 is any Resending.Type }
  static let dryRun = Flag(
    "dry-run", short: "n",
    help: "Show what would be sent again; send nothing. Asks the provider which messages those are.")
  static let spec = CommandSpec<any Command>(
    "resend", summary: "Send messages again.",
    discussion: """
      Sends messages again: those with the given IDs, all of a group, or all with a status. Prints a record for each. \
      If the outcome is unknown (exit code 6), the message isn't resent automatically.
      """,
    examples: [
      Example("sms resend 4 5", "Send two messages again."),
      Example(
        "sms resend --group \"$group\" --status failed --dry-run", "Show which messages of a group would be sent again."
      ),
      Example("sms resend --status failed --since -1d", "Send messages again that failed since yesterday."),
      Example("sms resend 4 --wait", "Send it, and wait until it is delivered."),
    ],
    group: "Messages", options: [dryRun] + MessageFilter.all + WaitOptions.all, operands: [MessageFilter.ids],
    columns: MessageRecord.listedColumns, exits: .resending, make: ResendCommand.init)

  private let filter: MessageFilter
  private let patience: Duration?
  private let isDryRun: Bool

  init(_ parsed: Parsed) throws(UsageError) {
    filter = MessageFilter(parsed)
    patience = try WaitOptions.patience(parsed)
    isDryRun = parsed[Self.dryRun]
  }

  func run(_ context: Context) throws {
    let inquiry = try PreparedCall(context, for: Self.capability) { $0 as? any Resending }
    if patience != nil { try SendCommand.waiting.check(inquiry.settings, context) }
    let query = try filter.query(context, inquiry.settings)
    try inquiry.check(inquiry.adapter.objection(toResending: query))
    try isDryRun ? show(query, context) : send(query, inquiry)
  }

  private func show(_ query: MessageQuery, _ context: Context) throws {
    let inquiry = try PreparedCall(context, for: Self.capability) { $0 as? any MessageReading }
    try inquiry.check(inquiry.adapter.objection(to: query))
    let printer = try context.printer(of: MessageRecord.self)
    let (session, provider) = try inquiry.open()
    try session.requireOwn(query)
    var reader = MessageReader(session, provider)
    let records = try reader.records(query)
    try printer.finish(with: records)
    context.note(Notes.toBeResent(records.count))
    try reader.check()
  }

  private func send(_ query: MessageQuery, _ inquiry: PreparedCall<any Resending>) throws {
    let reporter = try DeliveryReporter(inquiry.context, patience: patience)
    let (session, provider) = try inquiry.open()
    try session.requireOwn(query)
    let calls = provider.resends(of: query).map { resend in
      var placeholder = MessageRecord(status: .planned)
      placeholder.id = resend.id
      placeholder.groupID = query.groupID
      return (call: resend.call, placeholder: inquiry.settings.completed(placeholder))
    }
    let sender = RecordedSending(inquiry.context, inquiry.settings, Self.capability)
    let result = try sender.send(calls, through: session, report: reporter.report)
    try reporter.finish(result, of: calls.map(\.placeholder), session)
  }
}
