import Application
import CommandLineKit
import Configuration
import Ledger
import Messaging
import TextFormats

/// Shows the messages in the ledger.
struct LogCommand: Command {
  static let job = Option(
    "job", value: .string.named("JOB").completed(by: .dynamic("jobs")), help: "Only the rows of this job, in order.")
  static let limit = Option(
    "limit", value: .resultLimit, fallback: "\(ResultLimit.usual.text) at a terminal, else all",
    help: "Maximum number of results.")
  static let spec = CommandSpec<any Command>(
    "log", summary: "Show messages sent from this machine.",
    discussion: """
      Reads this machine's own record of everything that was sent, without asking a provider. The latest messages \
      come first, and messages that were never sent come last. With --job, the rows of that job are shown in order, \
      and rows not sent yet are 'planned'. The status is the last one that the provider reported, for example to 'sms \
      status'. With --profile, only messages sent through that profile are shown.

      Tables show when each message was sent, and its job. In other formats, use --columns to get 'time' and 'job'.
      """,
    examples: [
      Example("sms log --limit 20", "Show the last 20 messages."),
      Example("sms log --job spring --status unknown", "Show the unknown messages of a job."),
      Example("sms log --to +15550100001 --since -7d -o json", "Show what was sent to a number in the last week."),
      Example("sms log -o csv --columns time,job,to,status > log.csv", "Export everything."),
    ],
    group: "Messages", options: [job] + MessageFilter.all + [limit], operands: [MessageFilter.ids],
    columns: LoggedMessage.listedColumns, exits: .recorded, make: LogCommand.init)

  private let filter: MessageFilter
  private let job: String?
  private let limit: ResultLimit?

  init(_ parsed: Parsed) throws(UsageError) {
    filter = MessageFilter(parsed)
    job = parsed[Self.job]
    limit = parsed[Self.limit]
  }

  func run(_ context: Context) throws {
    var query = LedgerQuery()
    query.messages = try filter.query(context)
    query.job = job
    query.profile = context.globals[GlobalOptions.profile]
    let ledger = try context.ledger()
    try requireJob(in: ledger, context)
    let printer = try context.printer(of: LoggedMessage.self, isPaged: true)
    let missing = try ledger.missing(query.messages.ids)
    if !missing.isEmpty { printer.noteEmpty = nil }
    // The ledger contains only outgoing messages.
    if query.messages.direction == .in {
      try printer.finish()
    } else {
      try show(try ledger.messages(query), printer, context)
    }
    if !missing.isEmpty { throw Failure.notLogged(missing) }
  }

  private func requireJob(in ledger: Ledger, _ context: Context) throws {
    guard let job, try ledger.owner(ofJob: job) == nil else {
      return
    }
    throw Failure.missingJob(job, context)
  }

  /// Shows the messages. By default, there is no limit for a job, and none if the output isn't a terminal.
  private func show(
    _ messages: LedgerMessages, _ printer: RecordPrinter<LoggedMessage>, _ context: Context
  ) throws {
    let limit = limit ?? (job == nil && context.environment.terminal.outputIsTerminal ? .usual : .all)
    let isForPeople = context.outputFormat == .table
    var messages = messages
    var shown = 0
    var hasMore = false
    while var message = try messages.next() {
      if shown == limit.count {
        hasMore = true
        break
      }
      // Programs get the documented status.
      message.isGivenUp = message.isGivenUp && isForPeople
      try printer.printSoon(message)
      shown += 1
    }
    try printer.finish()
    // Only after the pager has exited.
    if hasMore { context.sayTruncated(limit.moreWords) }
  }
}

extension Failure {
  /// No record contains these IDs.
  static func notLogged(_ ids: [String]) -> Failure {
    Failure(
      "not-found", .refused, "no message in the log with ID \(ids.joined(separator: ", "))",
      hint: "'sms status ID' asks the provider; 'sms log' lists messages sent from this machine")
  }
}
