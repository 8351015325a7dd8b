import Application
import CommandLineKit
import Configuration
import Ledger
import Messaging

/// Shows the messages that the ledger holds.
struct LogCommand: Command {
  static let job = Option(
    "job", value: .string.named("JOB").completed(by: .dynamic("jobs")), help: "All rows of this job, in their order.")
  static let spec = CommandSpec<any Command>(
    "log", summary: "Show what was sent from here.",
    discussion: """
      Reads this machine's own record of all that was sent, without asking a provider: the newest first, or the rows of a \
      job in their order, those not yet sent as planned. With --profile, only what went through that profile.
      """,
    examples: [
      Example("sms log --limit 20", "Show the last twenty messages."),
      Example("sms log --job spring --status unknown", "Show the messages of a job whose outcome is unknown."),
      Example("sms log --to +15550100001 --since -7d -o json", "What did this number get in the last week?"),
    ],
    group: "Messages", options: [job] + MessageFilter.all + [QueryOptions.limit], operands: [MessageFilter.ids],
    make: LogCommand.init)

  private let filter: MessageFilter
  private let job: String?
  private let limit: ResultLimit?

  init(_ parsed: Parsed) throws(UsageError) {
    filter = MessageFilter(parsed)
    job = parsed[Self.job]
    limit = parsed[QueryOptions.limit]
  }

  func run(_ context: Context) throws {
    var query = LedgerQuery()
    query.messages = try filter.query(context)
    query.job = job
    query.profile = context.globals[GlobalOptions.profile]
    let ledger = try context.ledger()
    try requireJob(in: ledger)
    // Nothing that is kept came in.
    if query.messages.direction == .in { return try context.printer(of: MessageRecord.self, isPaged: true).finish() }
    try show(try ledger.messages(query), context)
  }

  private func requireJob(in ledger: Ledger) throws {
    guard let job, try ledger.owner(ofJob: job) == nil else {
      return
    }
    throw Failure.missingJob(job)
  }

  /// A job is shown as a whole, unless something else is asked for.
  private func show(_ messages: LedgerMessages, _ context: Context) throws {
    let printer = try context.printer(of: MessageRecord.self, isPaged: true)
    let limit = limit ?? (job == nil ? .usual : .all)
    var messages = messages
    var shown = 0
    var hasMore = false
    while let record = try messages.next() {
      if shown == limit.count {
        hasMore = true
        break
      }
      try printer.print(record)
      shown += 1
    }
    try printer.finish()
    // Not before a pager has gone.
    if hasMore { context.note(limit.moreWords) }
  }
}
