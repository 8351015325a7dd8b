import CommandLineKit
import Messaging

/// Has the provider send messages once more.
struct ResendCommand: Command {
  static let capability = Capability("resend") { $0 is any Resending.Type }
  static let dryRun = Flag("dry-run", help: "Send nothing; ask the provider which messages it would be.")
  static let spec = CommandSpec<any Command>(
    "resend", summary: "Send messages once more.",
    discussion: """
      Those of the IDs given, all of a group, or all with a status. Prints a record for each message that was sent again. \
      Where the outcome is unknown (exit code 6) nothing is tried again by itself.
      """,
    examples: [
      Example("sms resend 4 5", "Send two messages once more."),
      Example("sms resend --group \"$group\" --status failed --dry-run", "See which messages of a group it would be."),
      Example("sms resend --status failed --since -1d", "Send again what failed since yesterday."),
      Example("sms resend 4 --wait", "Send it, and wait until it is delivered."),
    ],
    group: "Messages", options: [dryRun] + MessageFilter.all + WaitOptions.all, operands: [MessageFilter.ids],
    make: ResendCommand.init)

  private let filter: MessageFilter
  private let patience: Duration?
  private let isDryRun: Bool

  init(_ parsed: Parsed) throws(UsageError) {
    filter = MessageFilter(parsed)
    patience = try WaitOptions.patience(parsed)
    isDryRun = parsed[Self.dryRun]
  }

  func run(_ context: Context) throws(CommandError) {
    let session = try ProviderSession(context, for: Self.capability)
    let provider = try session.role { $0 as? any Resending }
    if patience != nil { try SendCommand.waiting.check(session.settings, context) }
    let query = try filter.query(session)
    try session.check(provider.objection(toResending: query))
    try isDryRun ? show(query, session) : send(provider.resends(of: query), of: query, session)
  }

  private func show(_ query: MessageQuery, _ session: ProviderSession) throws(CommandError) {
    let provider = try session.role { $0 as? any MessageReading }
    try session.check(provider.objection(to: query))
    var reader = MessageReader(session, provider)
    let records = try reader.records(query)
    let printer = try session.context.printer(of: MessageRecord.self)
    try printer.finish(with: records)
    session.context.note("\(counted(records.count, "message")) to be sent again; nothing was sent")
    try reader.check()
  }

  private func send(
    _ resends: [Resend], of query: MessageQuery, _ session: ProviderSession
  ) throws(CommandError) {
    let settled = try SettledMessages(session, patience: patience)
    var calls = CallSending(session, report: settled.report)
    for resend in resends {
      var placeholder = MessageRecord(status: .planned)
      placeholder.id = resend.id
      placeholder.groupID = query.groupID
      calls.send(resend.call, about: placeholder)
    }
    try settled.finish(calls.result, unsent: calls.unsent)
  }
}
