import Application
import Configuration
import Delivery
import Ledger
import Messaging
import TextFormats

/// Prints messages when they are settled, or with `--wait` when their statuses are final. At the end, reports the
/// overall result.
final class DeliveryReporter {
  /// The group that the messages were sent as, if any.
  private(set) var groupID: String?
  /// Nil if the command prints something else.
  private let printer: RecordPrinter<MessageRecord>?
  /// Describes a single message in a sentence; nil if there are several, or records are printed.
  private let sentence: MessageSentence?
  private let context: Context
  /// Whether row numbers mean something to the user, as those of a file do.
  private let showsRows: Bool
  /// Whether planned messages that will never be sent are shown as such.
  private let isForPeople: Bool
  /// The rows that consist of several messages.
  var parts = RowParts()
  /// How long to wait; nil for no waiting.
  private let patience: Duration?
  /// No message that is waited for was sent before this time.
  private var startedAt: Timestamp
  private var settledRows: Set<Int> = []
  private var awaited: [MessageRecord] = []
  /// The error of the first message that failed.
  private var firstRefusal: MessageError?
  private var failure: (any UserError)?
  /// The command that continues waiting, if waiting was ended early.
  private var waiting: String?

  /// `isSingle` if there is only one message.
  init(_ context: Context, showsRows: Bool = false, patience: Duration? = nil, isSingle: Bool = false) throws {
    self.context = context
    sentence = isSingle ? MessageSentence(context) : nil
    printer = try context.printer(of: MessageRecord.self)
    startedAt = context.environment.now()
    (self.showsRows, self.patience, isForPeople) = (showsRows, patience, context.outputFormat == .table)
  }

  /// A reporter that prints nothing.
  init(silentFor context: Context) {
    (printer, sentence, showsRows, patience, isForPeople) = (nil, nil, false, nil, false)
    self.context = context
    startedAt = context.environment.now()
  }

  /// Receives settled messages. Returns `.stop` if they can't be printed, so that no more are sent.
  func report(_ records: [MessageRecord]) -> ReportVerdict {
    if !showsRows { settledRows.formUnion(records.compactMap(\.row)) }
    groupID = records.last { $0.groupID != nil }?.groupID ?? groupID
    if patience != nil { awaited += records } else { show(records) }
    return failure == nil ? .goOn : .stop
  }

  private func show(_ records: [MessageRecord]) {
    if firstRefusal == nil { firstRefusal = records.first { $0.status == .failed }?.error }
    print(records)
  }

  /// Prints messages, including those of earlier runs; throws an error only at the end.
  func print(_ records: [MessageRecord]) {
    guard failure == nil, let printer else { return }
    failure = caught {
      if let sentence { return try records.forEach { try context.print(sentence.line($0)) } }
      guard !showsRows else { return try printer.print(parts.splits.isEmpty ? records : records.map(parts.shown)) }
      try printer.print(records.map { $0.withoutRow })
    }
  }

  /// Completes the document.
  private func finishPrinting() throws {
    if let failure { throw failure }
    do {
      try printer?.finish()
    } catch let error as Failure {
      throw Failure.lateFilter(error)
    }
  }
}

// MARK: - The end of a run

extension DeliveryReporter {
  /// Waits if requested, prints the rest, and throws if not everything was done.
  ///
  /// `planned` are the messages, or their placeholders, in row order.
  func finish(
    _ result: DispatchResult, of planned: [MessageRecord], _ session: ProviderSession
  ) throws {
    let unsent = planned.indices.filter { !settledRows.contains($0 + 1) && !result.dropped.contains($0 + 1) }
    try finish(result, unsent: unsent.map { planned[$0] }, session, next: nil)
  }

  /// Ends a run with a key; includes all messages ever sent with that key.
  func finish(_ outcome: KeyedSending.Outcome, _ session: ProviderSession, canReconcile: Bool = true) throws {
    startedAt = min(startedAt, outcome.begunAt)
    _ = report(outcome.settled)
    let next = NextStep.sameCommand(canReconcile: canReconcile && session.provider is any HistoryKeeping)
    try finish(outcome.result, unsent: outcome.unsent, session, next: next) {
      // From now on, runs without `--wait` print these messages, too.
      if self.patience != nil { try outcome.job.notePrinted() }
    }
  }

  private func finish(
    _ result: DispatchResult, unsent: [MessageRecord], _ session: ProviderSession, next: NextStep?,
    afterWaiting note: () throws -> Void = {}
  ) throws {
    var result = result
    var ending = wait(&result, session)
    let unnoted = caught(note)
    ending = ending ?? unnoted
    print(next == nil && isForPeople ? unsent.map(\.givenUp) : unsent)
    var counts = result.counts
    counts.planned = unsent.count
    try finish(result, counts, session, next: next, alongside: ending)
  }

  /// Completes the output, and throws if not all messages in `counts` were sent; calls `summarize` between the two.
  func finish(
    _ result: DispatchResult, _ counts: JobCounts, _ session: ProviderSession, next: NextStep?,
    summarize: () -> Void = {}, alongside ending: (any UserError)? = nil
  ) throws {
    var output = caught { try finishPrinting() }
    summarize()
    if case Ending.outputClosed? = output, counts.pending > 0 { output = Ending.outputClosedEarly }
    let shortfall = caught {
      try DeliveryReport(
        result: result, counts: counts, firstRefusal: firstRefusal, makeProvider: { session.settings.label },
        continuation: next, waiting: waiting
      ).check()
    }
    if let error = worst(of: [shortfall, ending, output]) { throw error }
  }

  /// Waits and prints; updates the counts of `result` to the final statuses. Returns the error that ended the
  /// waiting early.
  private func wait(_ result: inout DispatchResult, _ session: ProviderSession) -> (any UserError)? {
    guard let patience, let provider = session.provider as? any MessageReading else { return nil }
    // The provider's clock may differ from ours.
    let since = startedAt.adding(seconds: -86_400)
    var watch = MessageWatch(awaited.inOrder, session, provider, since: since)
    let isCutShort = !result.stops.isEmpty
    var ending = isCutShort ? nil : caught { try watch.wait(patience) }
    if let interruption = ending as? Interruption {
      (ending, waiting) = (nil, watch.continuation)
      result.stops.append(.signal(interruption.signal))
    }
    result.counts = JobCounts()
    for record in watch.records {
      result.counts.count(record.isKnownToProvider && record.status == .unknown ? .accepted : record.status)
    }
    show(watch.records)
    return ending
  }
}

extension MessageRecord {
  fileprivate var givenUp: MessageRecord {
    var record = self
    record.isGivenUp = true
    return record
  }

  fileprivate var withoutRow: MessageRecord {
    var record = self
    record.row = nil
    return record
  }
}

extension [MessageRecord] {
  /// Sorted by row; those without a row keep their order.
  fileprivate var inOrder: [MessageRecord] {
    enumerated().sorted { ($0.element.row ?? 0, $0.offset) < ($1.element.row ?? 0, $1.offset) }.map(\.element)
  }
}
