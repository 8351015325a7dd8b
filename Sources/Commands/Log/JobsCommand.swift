import Application
import CommandLineKit
import Configuration
import Ledger
import Messaging
import TextFormats

/// Shows the bulk jobs that the ledger holds, or forgets old ones.
struct JobsCommand: Command {
  /// What can be done beside showing them.
  enum Action: String, CaseIterable {
    case prune
  }

  static let action = OptionalOperand(
    "ACTION", value: .enumeration(Action.self), help: "prune forgets runs that were over before --before.")
  static let job = Option("job", value: .string.named("JOB").completed(by: .dynamic("jobs")), help: "Only this job.")
  static let state = Option(
    "state", value: .enumeration(JobRecord.State.self), help: "Only jobs that have come that far.")
  static let since = Option("since", value: .time, help: "Only jobs begun at this time or later.")
  static let until = Option("until", value: .time, help: "Only jobs begun at this time or earlier.")
  static let before = Option("before", value: .time, help: "With prune: the time before which runs were over.")
  static let spec = CommandSpec<any Command>(
    "jobs", summary: "Show bulk jobs and how far they have come.",
    discussion: """
      The newest first. An interrupted job goes on with 'sms bulk --resume JOB'. 'sms jobs prune' forgets what was over \
      before a time, messages of other commands included; what is not over stays.
      """,
    examples: [
      Example("sms jobs --state interrupted", "Which jobs have to go on?"),
      Example("sms jobs --job spring -o json", "How far has a job come?"),
      Example("sms jobs prune --before -90d", "Forget what was over three months ago."),
    ],
    group: "Messages", options: [job, state, since, until, before, QueryOptions.limit], operands: [action],
    make: JobsCommand.init)

  private let parsed: Parsed

  init(_ parsed: Parsed) throws(UsageError) {
    self.parsed = parsed
    if parsed[Self.action] == .prune {
      guard parsed.isGiven(Self.before) else { throw UsageError(.missingOption(Self.before.spec.longName)) }
    } else if parsed.isGiven(Self.before) {
      throw UsageError("--before goes with 'sms jobs prune'")
    }
  }

  func run(_ context: Context) throws {
    let ledger = try context.ledger()
    if let before = try context.moment(parsed[Self.before], of: Self.before.spec.longName) {
      try prune(ledger, before: before, context)
    } else {
      try show(ledger, context)
    }
  }

  private func show(_ ledger: Ledger, _ context: Context) throws {
    var query = JobQuery()
    query.name = parsed[Self.job]
    query.profile = context.globals[GlobalOptions.profile]
    query.state = parsed[Self.state]
    query.since = try context.moment(parsed[Self.since], of: Self.since.spec.longName)
    query.until = try context.moment(parsed[Self.until], of: Self.until.spec.longName)
    let limit = parsed[QueryOptions.limit] ?? .usual
    // One more tells whether there are more.
    query.limit = limit.count.map { $0 == .max ? $0 : $0 + 1 }
    let jobs = try ledger.jobs(query)
    if jobs.isEmpty, let job = query.name { throw Failure.missingJob(job) }
    let shown = Array(jobs.prefix(limit.count ?? jobs.count))
    try context.printer(of: JobRecord.self, isPaged: true).finish(with: shown)
    if shown.count < jobs.count { context.note(limit.moreWords) }
  }

  private func prune(_ ledger: Ledger, before time: Timestamp, _ context: Context) throws {
    let pruned = try ledger.prune(before: time)
    context.note("forgot \(counted(pruned.jobs, "run")) with \(counted(pruned.messages, "message"))")
  }
}
