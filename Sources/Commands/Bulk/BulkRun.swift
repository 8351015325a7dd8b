import Application
import Configuration
import Delivery
import Ledger
import Messaging
import TextFormats

/// One run of a job: what is left of it is sent, and what becomes of it is shown.
struct BulkRun {
  let session: ProviderSession
  let ledger: Ledger
  let job: LedgerJob
  let options: BulkOptions
  let printer: SettlementPrinter

  private var settings: Settings { session.settings }

  /// Throws when not all of the job is done, whichever run it was that fell short.
  func run() throws {
    if job.isNew { try printSkipped() }
    let result = try send()
    var output = caught { try printer.finish() }
    let summary = DeliverySummary(job.counts, result, job: job.name)
    session.context.note(summary.words)
    if case Ending.outputClosed? = output, summary.pending > 0 { output = Ending.outputClosedEarly }
    let shortfall = caught { try report(result).check() }
    // What is neither printed nor recorded has to be said here.
    if let error = worst(of: [shortfall, output]) { throw error }
  }

  /// Sends what is planned, once the provider was asked about what is unknown; when it does not answer, nothing is sent.
  private func send() throws -> DispatchResult {
    do {
      try prepareUnknown()
    } catch {
      var result = DispatchResult()
      switch error {
      case let refusal as ProviderFailure: result.stops = [.unavailable(refusal.error)]
      case Ending.interrupted(let signal): result.stops = [.signal(signal)]
      default: throw error
      }
      return result
    }
    let progress = ProgressBar(session.context, settled: job.counts.rows - job.counts.pending)
    defer { progress.hide() }
    let sharesTerminal = session.context.environment.terminal.outputIsTerminal
    return session.dispatch(job, dispatchOptions, job: label, progress: progress) { records in
      if sharesTerminal { progress.hide() }
      defer { progress.show(job.counts) }
      return printer.report(records)
    }
  }

  /// Has what is unknown be asked about, or sent again, where the user wants that.
  private func prepareUnknown() throws {
    if options.job.reconciles, job.counts.unknown > 0 {
      var reconciliation = try Reconciliation(session, ledger, job, report: printer.print)
      try reconciliation.run()
    }
    guard options.job.retriesUnknown else { return }
    let count = try job.replanUnknown()
    if count > 0 { session.context.note("\(counted(count, "message")) of unknown outcome will be sent again") }
  }

  private func printSkipped() throws {
    try forEachPage(of: .skipped) { page in printer.print(page.map { settings.completed($0.record) }) }
  }

  /// The rows of one status, as many at a time as fit in memory whatever the job.
  func forEachPage(of status: MessageStatus, _ body: ([JobRow]) -> Void) throws {
    var last = 0
    while true {
      let page = try job.rows(status, after: last)
      guard let end = page.last else { return }
      body(page)
      last = end.number
    }
  }

  /// What the job as a whole amounts to.
  private func report(_ result: DispatchResult) -> DeliveryReport {
    var result = result
    let counts = job.counts
    result.tally = Tally(accepted: counts.accepted, failed: counts.failed, unknown: counts.unknown)
    return DeliveryReport(
      result: result, messages: counts.rows - counts.skipped, firstRefusal: printer.firstRefusal,
      provider: settings.descriptor.label, job: label)
  }

  private var label: JobLabel {
    JobLabel(
      reference: session.context.reference(toJob: job.name), canReconcile: session.provider is any HistoryKeeping)
  }

  private var dispatchOptions: DispatchOptions {
    var dispatch = settings.dispatchOptions
    if let concurrency = options.concurrency { dispatch.concurrency = concurrency }
    if let rate = options.rate { dispatch.rate = SendRate(count: rate.count, per: rate.per) }
    dispatch.batch = options.batch
    dispatch.maxFailures = options.maxFailures
    return dispatch
  }
}
