import Application
import CommandLineKit
import Configuration
import Ledger
import Messaging
import TextFormats

/// Shows the bulk jobs in the ledger, cancels one, or deletes old ones.
struct JobsCommand: Command {
  /// What the command can do besides showing jobs.
  enum Action: String, CaseIterable {
    case cancel, prune
  }

  static let what = OptionalOperand(
    "NAME", value: .string.completed(by: .dynamic("jobs-and-actions")),
    help: "Show only this job; or 'cancel' to cancel JOB, or 'prune' to delete what ended before --before.")
  static let canceled = OptionalOperand(
    "JOB", value: .string.completed(by: .dynamic("jobs")), help: "The job to cancel.")
  static let job = Option("job", value: .string.named("JOB").completed(by: .dynamic("jobs")), help: "Only this job.")
  static let state = Option(
    "state", value: .enumeration(JobRecord.State.self).named("STATE"), help: "Only jobs in this state.")
  static let since = Option("since", value: .time, help: "Only jobs started at or after this time.")
  static let until = Option("until", value: .time, help: "Only jobs started at or before this time.")
  static let before = Option("before", value: .time, help: "With prune: delete jobs and messages older than this.")
  static let unknownToo = Flag(
    "unknown-too", help: "With prune: also delete jobs with unknown messages.")
  static let spec = CommandSpec<any Command>(
    "jobs", summary: "Show, cancel, and delete bulk jobs.",
    discussion: """
      Lists jobs, the newest first. For a single job, also shows its list, its account, and the next step. Continue \
      an interrupted job with 'sms bulk --resume JOB'. An unsettled job has sent everything, but the outcome of some \
      messages is unknown.

      'sms jobs cancel JOB' cancels a job: it sends nothing more, and its list can be sent by a new job. Its rows \
      remain in 'sms log --job JOB'. The state of a canceled job is 'abandoned'.

      'sms jobs prune --before TIME' deletes jobs and messages older than TIME, from all commands, and frees the \
      space. Unfinished jobs are kept. So are jobs with unknown messages, unless --unknown-too is given.
      """,
    examples: [
      Example("sms jobs --state interrupted", "List jobs that need to be continued."),
      Example("sms jobs spring", "Show the progress of a job, and what to do next."),
      Example("sms jobs cancel spring", "Cancel the rest of a job."),
      Example("sms jobs --job spring -o json", "Print a job as JSON."),
      Example("sms jobs prune --before -90d", "Delete what ended more than three months ago."),
    ],
    group: "Messages", options: [job, state, since, until, before, unknownToo, QueryOptions.limit],
    operands: [what, canceled], columns: JobRecord.listedColumns, exits: [.usage, .configuration, .busy, .io],
    make: JobsCommand.init)

  private let parsed: Parsed
  private let action: Action?
  /// The job to show or cancel.
  private let name: String?

  init(_ parsed: Parsed) throws(UsageError) {
    self.parsed = parsed
    action = parsed[Self.what].flatMap(Action.init)
    name = action == nil ? parsed[Self.what] ?? parsed[Self.job] : parsed[Self.canceled] ?? parsed[Self.job]
    try check()
  }

  private func check() throws(UsageError) {
    if action == .prune {
      guard parsed.isGiven(Self.before) else { throw UsageError(.missingOption(Self.before.spec.longName)) }
    } else if let option = [Self.before as any OptionDeclaration, Self.unknownToo].first(where: parsed.isGiven) {
      throw UsageError("\(option.spec.longName) is only for 'sms jobs prune'", hint: suggestion(for: parsed[Self.what]))
    }
    if action == .cancel, name == nil { throw UsageError(.missingOperand(Self.canceled.spec.name)) }
    if action != .cancel, let surplus = parsed[Self.canceled] {
      throw UsageError(
        "unexpected argument '\(surplus)'",
        hint: suggestion(for: parsed[Self.what], surplus) ?? "name one job at most: sms jobs JOB")
    }
  }

  /// The action that a mistyped word probably means; nil for none.
  private func suggestion(for word: String?, _ operand: String? = nil) -> String? {
    guard let word, let action = nearest(to: word, among: Action.allCases.map(\.rawValue)) else { return nil }
    return "did you mean 'sms jobs \(action)\(operand.map { " \($0)" } ?? "")'?"
  }

  func run(_ context: Context) throws {
    let ledger = try context.ledger()
    switch action {
    case .prune: try prune(ledger, context)
    case .cancel: try close(name ?? "", ledger, context)
    case nil: try show(ledger, context)
    }
  }
}

// MARK: - Showing

extension JobsCommand {
  private func show(_ ledger: Ledger, _ context: Context) throws {
    var query = JobQuery()
    query.name = name
    query.profile = context.globals[GlobalOptions.profile]
    query.state = parsed[Self.state]
    query.since = try context.moment(parsed[Self.since], of: Self.since.spec.longName)
    query.until = try context.moment(parsed[Self.until], of: Self.until.spec.longName)
    let limit = parsed[QueryOptions.limit] ?? .usual
    // One more than the limit shows whether there are more.
    query.limit = limit.count.map { $0 == .max ? $0 : $0 + 1 }
    let jobs = try ledger.jobs(query)
    if jobs.isEmpty, let name = query.name { throw missing(name, context) }
    let shown = Array(jobs.prefix(limit.count ?? jobs.count))
    if parsed[Self.what] != nil, let job = shown.first {
      try show(job, context)
      return noteNext(job, context)
    }
    try context.printer(of: JobRecord.self, isPaged: true).finish(with: shown)
    if shown.count < jobs.count { context.sayTruncated(limit.moreWords) }
  }

  /// Shows one job: with all details on a terminal, or as a record.
  private func show(_ job: JobRecord, _ context: Context) throws {
    guard context.outputFormat == .table, context.environment.terminal.outputIsTerminal,
      context.globals[GlobalOptions.columns] == nil
    else { return try context.printer(of: JobRecord.self, isWhole: true).finish(with: [job]) }
    try context.print(JobDetails(job: job, context: context).text)
  }

  /// Notes the next step, because a table doesn't contain it.
  private func noteNext(_ job: JobRecord, _ context: Context) {
    guard context.outputFormat == .table, !context.showsTable else { return }
    context.note(Notes.next(JobDetails(job: job, context: context).next))
  }

  /// The word may have been meant as an action.
  private func missing(_ name: String, _ context: Context) -> Failure {
    .missingJob(name, context, meaning: nearest(to: name, among: Action.allCases.map(\.rawValue)))
  }
}

// MARK: - Canceling and pruning

extension JobsCommand {
  private func close(_ name: String, _ ledger: Ledger, _ context: Context) throws {
    switch try ledger.close(name) {
    case .missing: throw Failure.missingJob(name, context)
    case .busy: throw Failure.busyJob(name)
    case .closed(let job): try show(job, context)
    case .over(let job):
      try show(job, context)
      context.note(Notes.notCanceled(name, job.state))
    }
  }

  private func prune(_ ledger: Ledger, _ context: Context) throws {
    guard let before = try context.moment(parsed[Self.before], of: Self.before.spec.longName) else { return }
    let pruned = try ledger.prune(before: before, unknownToo: parsed[Self.unknownToo])
    context.note(Notes.pruned(runs: pruned.jobs, messages: pruned.messages, bytes: pruned.freed))
  }
}

extension Notes {
  fileprivate static func notCanceled(_ job: String, _ state: JobRecord.State) -> String {
    "nothing to cancel: job '\(job)' is \(state.rawValue)"
  }

  fileprivate static func pruned(runs: Int, messages: Int, bytes: Int) -> String {
    let freed = bytes >= 1_000_000 ? "; freed \(bytes / 1_000_000) MB" : ""
    return "deleted \(counted(messages, "message")) of \(counted(runs, "job")), single sends included\(freed)"
  }

  static var jobsExamples: [String] {
    [
      notCanceled("spring", .done), pruned(runs: 3, messages: 120, bytes: 4_000_000),
      pruned(runs: 1, messages: 1, bytes: 0),
    ]
  }
}

/// A job's details for people: its input, progress, and next step.
struct JobDetails {
  let job: JobRecord
  let context: Context

  /// One line for each detail, with its name.
  var text: String {
    let width = (lines.map(\.name.count).max() ?? 0) + 2
    return lines.map { line in
      line.name + String(repeating: " ", count: width - line.name.count) + line.value.escapingControls + "\n"
    }.joined()
  }

  private var lines: [(name: String, value: String)] {
    let all: [(name: String, value: String?)] = [
      ("job", job.job), ("state", job.state.rawValue), ("list", job.input), ("account", job.account),
      ("profile", job.profile), ("started", moment(job.createdAt)), ("finished", job.finishedAt.map(moment)),
      ("rows", "\(job.counts.rows): \(job.counts.words)"), ("next", next),
    ]
    return all.compactMap { line in line.value.map { (line.name, $0) } }
  }

  private func moment(_ moment: Timestamp) -> String {
    let zone = context.environment.timeZone(nil) ?? .utc
    return "\(zone.civil(at: moment).text().prefix(16)) (\(moment.ago(context.environment.now())))"
  }

  /// The next command to run.
  var next: String {
    let reference = context.reference(toJob: job.job)
    return switch job.state {
    case .planned, .interrupted: reference.resumeCommand()
    case .running: context.commandLine(["log", "--job", job.job, "--status", "failed"])
    case .unsettled: reference.resumeCommand("--reconcile")
    case .done where job.counts.failed > 0: reference.resumeCommand("--retry-failed")
    case .done, .abandoned: context.commandLine(["log", "--job", job.job])
    }
  }
}

extension JobCounts {
  /// The outcomes of the rows, without zero counts: `3 accepted, 1 failed`.
  var words: String {
    let counts = [
      (accepted, "accepted"), (failed, "failed"), (unknown, "unknown"), (skipped, "skipped"),
      (pending, "not sent"),
    ].filter { $0.0 > 0 }
    return counts.isEmpty ? "no messages" : counts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }
}
