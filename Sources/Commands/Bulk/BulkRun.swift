import Application
import Configuration
import Delivery
import Ledger
import Messaging
import TextFormats

/// One run of a job: sends its remaining rows and shows the outcomes.
struct BulkRun {
  let session: ProviderSession
  let ledger: Ledger
  let job: LedgerJob
  let options: BulkOptions
  let reporter: DeliveryReporter

  /// Throws if the job isn't completely done, whether because of this run or an earlier one.
  func run() throws {
    reporter.parts = job.parts
    if job.isNew, job.counts.skipped > 0 {
      try forEachPage(of: .skipped) { page in reporter.print(page.map { session.settings.completed($0) }) }
    }
    if let finishedAt = job.finishedAt, isSettled { return try report(finishedAt) }
    let result = try send()
    try reporter.finish(result, job.counts, session, next: .job(label)) {
      session.context.summarize(job.counts.summary(result, job: job.name), job.counts.fields(result, job: job.name))
    }
  }

  /// Whether no rows are left to send.
  private var isSettled: Bool {
    !job.isNew && statusesToSend.allSatisfy { job.counts[$0] == 0 }
  }

  /// Notes that the job was already finished, and throws the error for its rows, if any.
  private func report(_ finishedAt: Timestamp) throws {
    let context = session.context
    let time = finishedAt.ago(context.environment.now())
    let text = Notes.finished(job.name, time, job.counts)
    let result = DispatchResult()
    try reporter.finish(result, job.counts, session, next: .job(label)) {
      context.summarize(text, [("message", .string(text))] + job.counts.fields(result, job: job.name))
      if job.counts.failed > 0 {
        context.note(Notes.retryFailed(label.reference))
      }
    }
  }

  /// Sends the planned rows, after asking the provider about unknown ones. If the provider doesn't answer, sends
  /// nothing.
  private func send() throws -> DispatchResult {
    do {
      try prepareUnknown()
    } catch {
      guard let result = DispatchResult(askingEndedWith: error) else { throw error }
      return result
    }
    let progress = ProgressBar(
      session.context, settled: job.counts.rows - job.counts.pending, rate: options.rate ?? session.settings.rate)
    defer { progress.hide() }
    let sharesTerminal = session.context.environment.terminal.outputIsTerminal
    return session.dispatch(job, options.dispatchOptions(session.settings), job: label, progress: progress) { records in
      if sharesTerminal { progress.hide() }
      defer { progress.show(job.counts) }
      return reporter.report(records)
    }
  }

  /// Asks the provider about unknown messages, and plans unknown or failed ones again, as the options say.
  private func prepareUnknown() throws {
    if options.job.reconciles, job.counts.unknown > 0 {
      var reconciliation = try Reconciliation(session, job, settle: options.job.settle, report: reporter.print)
      try reconciliation.run()
    }
    if options.job.retriesUnknown { noteRetried(try job.replanUnknown(), "unknown") }
    if options.job.retriesFailed { noteRetried(try job.replanFailed(), "failed") }
  }

  private func noteRetried(_ count: Int, _ which: String) {
    if count > 0 { session.context.note(Notes.toBeRetried(count, which)) }
  }

  /// Reads the rows with a status in pages, so that even a large job fits in memory.
  private func forEachPage(of status: MessageStatus, _ body: ([MessageRecord]) -> Void) throws {
    var last = 0
    while true {
      let page = try job.records(status, after: last)
      guard let end = page.last?.row else { return }
      body(page)
      last = end
    }
  }

  private var label: JobLabel {
    JobLabel(
      reference: session.context.reference(toJob: job.name), canReconcile: session.provider is any HistoryKeeping)
  }

}

extension BulkOptions {
  /// The options for sending: those given, or else those from the settings.
  func dispatchOptions(_ settings: Settings) -> DispatchOptions {
    var dispatch = settings.dispatchOptions
    if let concurrency { dispatch.concurrency = concurrency }
    if let rate { dispatch.rate = SendRate(count: rate.count, per: rate.per) }
    dispatch.batch = batch
    dispatch.maxFailures = maxFailures
    return dispatch
  }
}

extension DispatchResult {
  /// The result of a run that sends nothing, because the provider couldn't be asked about unknown messages; nil for
  /// other errors.
  init?(askingEndedWith error: any Error) {
    self.init()
    switch error {
    case let refusal as ProviderFailure: stops = [.unavailable(refusal.error)]
    case let interruption as Interruption: stops = [.signal(interruption.signal)]
    default: return nil
    }
  }
}

// MARK: - Checks before the start

extension BulkRun {
  /// Checks the rest of the job against the user's limits, and asks or notes what it costs.
  func admit(_ control: CostControl) throws {
    let left = statusesToSend.reduce(0) { $0 + job.counts[$1] }
    try control.admit(left, stop: session.calls.stop) {
      var cost = SendingCost(price: options.cost.price)
      for status in statusesToSend {
        try forEachPage(of: status) { page in
          for record in page { cost.add(record) }
        }
      }
      return cost
    }
  }

  /// The statuses of rows to send: planned, and unknown or failed ones if requested.
  private var statusesToSend: [MessageStatus] {
    let unknown: [MessageStatus] = options.job.retriesUnknown || options.job.reconciles ? [.unknown] : []
    return [.planned] + unknown + (options.job.retriesFailed ? [.failed] : [])
  }
}

// MARK: - The summary

extension JobCounts {
  /// The number of rows with a status that can be sent.
  fileprivate subscript(status: MessageStatus) -> Int {
    switch status {
    case .unknown: unknown
    case .failed: failed
    default: pending
    }
  }

  /// The summary of a run, as a sentence.
  fileprivate func summary(_ result: DispatchResult, job: String) -> String {
    let counts = [
      "\(counted(rows, "row"))", "\(accepted) accepted", "\(failed) failed", "\(unknown) unknown",
      "\(skipped) skipped", "\(pending) pending",
    ]
    return counts.joined(separator: ", ") + Self.pace(result) + "; job \(job)"
  }

  /// The summary of a run, as JSON fields.
  fileprivate func fields(_ result: DispatchResult, job: String) -> [(name: String, value: JSONValue)] {
    let milliseconds = Int(result.duration / .milliseconds(1))
    let rate = milliseconds > 0 ? Self.tenths(result.counts.settled * 10_000 / milliseconds) : nil
    let counts = [
      ("rows", rows), ("accepted", accepted), ("failed", failed), ("unknown", unknown), ("skipped", skipped),
      ("pending", pending),
    ]
    return counts.map { (name: $0.0, value: .number(String($0.1))) } + [
      (name: "seconds", value: .number(Self.tenths(milliseconds / 100))),
      (name: "rate", value: rate.map(JSONValue.number) ?? .null), (name: "job", value: .string(job)),
    ]
  }

  /// For example, ` in 2.4 s (12.5/s)`.
  private static func pace(_ result: DispatchResult) -> String {
    let milliseconds = Int(result.duration / .milliseconds(1))
    guard milliseconds > 0 else { return "" }
    return " in \(tenths(milliseconds / 100)) s (\(tenths(result.counts.settled * 10_000 / milliseconds))/s)"
  }

  private static func tenths(_ number: Int) -> String {
    "\(number / 10).\(number % 10)"
  }
}

extension Notes {
  static let emptyList = "nothing to send: the list has no rows"

  static func finished(_ job: String, _ time: String, _ counts: JobCounts) -> String {
    "nothing to send: job \(job) finished \(time) (\(counts.words))"
  }

  static func retryFailed(_ job: JobReference) -> String {
    "\(job.resuming("--retry-failed")) sends failed messages again"
  }

  static func toBeRetried(_ count: Int, _ which: String) -> String {
    "\(counted(count, "\(which) message")) will be sent again"
  }

  /// The notes about a job's rows.
  static func bulkExamples(_ job: JobReference) -> [String] {
    var counts = JobCounts()
    (counts.accepted, counts.failed, counts.unknown, counts.skipped, counts.planned) = (20, 2, 1, 1, 6)
    var result = DispatchResult()
    (result.duration, result.counts) = (.seconds(4), counts)
    return [
      emptyList, finished(job.name, "2 hours ago", counts), finished(job.name, "2 hours ago", JobCounts()),
      retryFailed(job), toBeRetried(2, "unknown"), toBeRetried(1, "failed"), counts.summary(result, job: job.name),
    ] + Reconciliation.examples
  }
}
