import Application
import CommandLineKit
import Configuration
import Delivery
import Ledger
import Messaging
import TextFormats

/// Sends a message for each row of a list.
struct BulkCommand: Command {
  static let file = OptionalOperand(
    "FILE", value: .file,
    help: "A CSV, JSON, JSONL, vCard, or XLSX file, or a file with one number per line. Use - for standard input.")
  static let spec = CommandSpec<any Command>(
    "bulk", summary: "Send a message to every row of a list.",
    discussion: """
      The whole list is read and checked before the first message is sent; if a row is bad, nothing is sent. Rows \
      with the same number and text are sent once. Prints a record for each row as its outcome becomes known, and a \
      summary on standard error.

      Every run is a job that is kept in the state directory. An interrupted job continues with --resume, or with \
      the same command and the same --job, and never sends a message twice. Messages that were being sent when a run \
      was killed are unknown; they are sent again only with --retry-unknown, or if --reconcile finds that the \
      provider doesn't have them.

      At a terminal, it asks before sending more than \(CostOptions.mostUnasked) messages, unless --yes or \
      --no-input is given. Elsewhere it never asks.

      Columns: to (or number, phone), message (or body, text), and optionally from, at, and device, where the \
      provider supports them. In --message, {{column}} is replaced by the row's value, and {{column|fallback}} by \
      the fallback if the value is empty. Write {{{{ for a literal {{.
      """,
    examples: [
      Example("sms bulk list.csv --dry-run", "Check the list and count segments; send nothing."),
      Example("sms bulk list.csv --message \"Hello {{name|there}}!\"", "Personalize the text for each row."),
      Example("sms bulk list.csv --job spring", "Name the job; run it again to send what is left."),
      Example("sms bulk --resume spring --reconcile", "Continue, and ask the provider about unknown messages first."),
      Example("sms bulk list.csv --dry-run --price 0.0075", "Show what it costs at 0.0075 per segment."),
      Example(
        "sms bulk list.csv --gsm --max-segments 2 --max-messages 500 --yes",
        "Use plain quotes, refuse long texts and long lists, and don't ask."),
      Example("sms bulk list.csv --rate 5/s -o jsonl > sent.jsonl", "Send slowly, and keep the records."),
      Example(
        "sms bulk list.csv --suppress stop.txt --skip-invalid",
        "Leave out people who opted out, and skip bad rows."),
      Example("grep -h + numbers-*.txt | sms bulk - --message \"We open at nine.\"", "Send to numbers from a pipe."),
      Example("sms bulk list.csv --shard 1/2", "Send one half; another machine sends the other."),
    ],
    group: "Sending", options: BulkOptions.all + SendOptionSet.all, operands: [file],
    columns: MessageRecord.listedColumns, commonMistakes: commonMistakes,
    exits: .bulk, make: BulkCommand.init)

  private static let messageHint = "pass the text as an option: sms bulk FILE --message \"TEXT\""
  private static let commonMistakes =
    CommonMistake.operand(messageHint) + CommonMistake.options(["--text", "--body", "-m"], messageHint)
    + CommonMistake.options(["--file", "-f"], "pass the file without an option: sms bulk FILE")
    + CommonMistake.options(["--to", "-t"], "numbers come from FILE; for a single number: sms send NUMBER \"TEXT\"")

  private let path: String?
  private let options: BulkOptions
  private let sendOptions: SendOptionSet

  init(_ parsed: Parsed) throws(UsageError) {
    path = parsed[Self.file]
    options = try BulkOptions(parsed)
    sendOptions = try SendOptionSet(parsed)
    try parsed.allowOneStandardInput(
      ("FILE", path), ("--message-file", options.messageFile), ("--suppress", options.suppress),
      ("--config", parsed[GlobalOptions.config]))
    guard path == nil else { return }
    guard options.job.resumed != nil else { throw UsageError(.missingOperand(Self.file.spec.name)) }
    for option in BulkOptions.input + CostOptions.input + SendOptionSet.all where parsed.isGiven(option) {
      throw UsageError("\(option.spec.longName) requires FILE; --resume alone sends the job as it was planned")
    }
  }

  func run(_ context: Context) throws {
    // Rejects unknown columns before anything is planned or read.
    let reporter = try DeliveryReporter(context, showsRows: true)
    guard let path else { return try resume(context, reporter) }
    let settings = try context.settings()
    if options.takesShortCodes {
      try settings.require(.shortCodes, called: BulkOptions.shortCodes.spec.longName, context)
    }
    let sending = try SendingContext(context, settings, sendOptions)
    let plan = try BulkPlanning(sending, options, path: path).plan()
    let control = CostControl(context: context, settings: settings, options: options.cost)
    control.note(plan.changes)
    guard plan.counts.rows > 0 else { return try end(withoutRows: context) }
    try options.isDryRun ? show(plan, sending, control) : send(plan, sending, reporter, control)
  }

  /// Ends the command for an empty list: sends nothing and creates no job.
  private func end(withoutRows context: Context) throws {
    if let name = options.job.resumed, !options.isDryRun, try context.ledger().owner(ofJob: name) == nil {
      throw Failure.missingJob(name, context)
    }
    try context.printer(of: MessageRecord.self).finish()
    context.note(Notes.emptyList)
  }

  private func show(_ plan: BulkPlan, _ sending: SendingContext, _ control: CostControl) throws {
    try control.require(messages: plan.counts.planned)
    let planned = try plan.rows.records(.planned)
    try sending.showRequests(options.dispatchOptions(sending.settings)) { () throws(LedgerError) in
      try planned.nextMessage()
    }
    let printer = try sending.context.printer(of: MessageRecord.self)
    var cost = SendingCost(price: options.cost.price)
    try plan.forEach { (record: consuming MessageRecord) throws in
      if record.status == .planned { cost.add(record) }
      try printer.printSoon(sending.settings.completed(record))
    }
    try printer.finish()
    for line in cost.lines(skipped: plan.counts.skipped) { sending.context.note(line) }
  }

  /// Creates a job from the plan and sends it, or continues the job that the plan belongs to.
  private func send(
    _ plan: BulkPlan, _ sending: SendingContext, _ reporter: DeliveryReporter, _ control: CostControl
  ) throws {
    let session = try session(sending.context, sending.settings)
    let request = request(sending, session.account)
    let ledger = try sending.context.ledger()
    try admitAgain(request, plan, ledger, control, session)
    // Asks before the job is created: a job that isn't confirmed must not block the next run.
    let isAdmitted = control.isConcerned(with: plan.counts.planned) ? try isNew(request, plan, ledger) : false
    if isAdmitted {
      try control.admit(plan.counts.planned, stop: session.calls.stop) { () throws in
        try plan.cost(at: options.cost.price)
      }
    }
    let opening =
      if let name = options.job.resumed {
        try ledger.reopen(name, request, plan.rows)
      } else {
        try ledger.open(request, plan.rows)
      }
    let job = try opening.job(session)
    let run = BulkRun(session: session, ledger: ledger, job: job, options: options, reporter: reporter)
    if !(isAdmitted && job.isNew) { try run.admit(control) }
    try run.run()
  }

  /// A list without a job name that was completely sent a short time ago is probably sent again by mistake.
  private func admitAgain(
    _ request: JobRequest, _ plan: BulkPlan, _ ledger: Ledger, _ control: CostControl, _ session: ProviderSession
  ) throws {
    guard options.job.name == nil, options.job.resumed == nil, !options.job.startsAnew else { return }
    let now = session.context.environment.now()
    guard let job = try ledger.finished(request, plan.rows, since: now.adding(seconds: -86_400)),
      let time = job.finishedAt, job.state == .done, job.counts.accepted > 0,
      // If another run of the list is unfinished, nothing would be sent.
      try isNew(request, plan, ledger)
    else { return }
    let words = "this list was sent \(time.ago(now)) as job '\(job.job)' (\(job.counts.words))"
    try control.admitAgain(words, stop: session.calls.stop)
  }

  private func isNew(_ request: JobRequest, _ plan: BulkPlan, _ ledger: Ledger) throws -> Bool {
    guard options.job.resumed == nil else { return false }
    return try ledger.wouldBegin(request, plan.rows)
  }

  /// Resumes a job without its file.
  private func resume(_ context: Context, _ reporter: DeliveryReporter) throws {
    let name = options.job.resumed ?? ""
    let ledger = try context.ledger()
    guard let owner = try ledger.owner(ofJob: name) else {
      throw Failure.missingJob(name, context)
    }
    let settings = try context.settings(profile: context.globals[GlobalOptions.profile] ?? owner.profile)
    let session = try session(context, settings)
    guard settings.profile?.name == owner.profile else {
      throw Failure.otherProfile(owner, than: session.account, context)
    }
    let job = try ledger.reopen(name, as: session.account).job(session)
    let run = BulkRun(session: session, ledger: ledger, job: job, options: options, reporter: reporter)
    try run.admit(CostControl(context: context, settings: settings, options: options.cost))
    try run.run()
  }

  private func session(_ context: Context, _ settings: Settings) throws -> ProviderSession {
    if options.job.reconciles { try Reconciliation.capability.check(settings, context) }
    return try ProviderSession(context, settings, for: SendCommand.capability)
  }

  private func request(_ sending: SendingContext, _ account: Account) -> JobRequest {
    var request = JobRequest(account: account, profile: sending.settings.profile?.name)
    request.name = options.job.name
    request.startsAnew = options.job.startsAnew
    request.file = path
    request.shard = options.shard?.text
    request.typedUntil = sending.template.typedUntil
    return request
  }
}

extension OpenJobResult {
  /// Returns the job, or throws if this process can't work on it.
  fileprivate func job(_ session: ProviderSession) throws -> LedgerJob {
    let context = session.context
    switch self {
    case .opened(let job): return job
    case .busy(let name): throw Failure.busyJob(name)
    case .otherInput(let difference): throw Failure.otherInput(difference, context.reference(toJob: difference.job))
    case .abandoned(let job): throw Failure.abandoned(job, now: context.environment.now(), context)
    case .otherAccount(let owner): throw Failure.otherAccount(owner, than: session.account, context)
    case .unfinished(let record, let owner): throw Failure.unfinished(record, owner, context)
    case .missing(let name): throw Failure.missingJob(name, context)
    }
  }
}
