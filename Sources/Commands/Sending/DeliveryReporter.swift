import Application
import Configuration
import Delivery
import Ledger
import Messaging
import TextFormats

/// Prints messages as they are settled, or, with `--wait`, once it is known what became of them. At the end it says what
/// the whole run amounts to.
final class DeliveryReporter {
  /// The group that the messages were sent as, where there is one.
  private(set) var groupID: String?
  /// Nil where the command prints something else.
  private let printer: RecordPrinter<MessageRecord>?
  /// What tells of the only message; nil where there are several, or records are wanted.
  private let sentence: MessageSentence?
  private let context: Context
  /// Whether rows are numbers that the user knows, as those of a file are.
  private let showsRows: Bool
  /// Whether a planned message that will never leave is called what it is.
  private let isForPeople: Bool
  /// Which of these rows are several messages.
  var parts = RowParts()
  /// How long to wait; nil for not at all.
  private let patience: Duration?
  /// Nothing that is waited for was sent before.
  private var startedAt: Timestamp
  private var settledRows: Set<Int> = []
  private var awaited: [MessageRecord] = []
  /// The error of the first message that failed.
  private var firstRefusal: MessageError?
  private var failure: (any UserError)?
  /// The command that goes on waiting, where that was ended early.
  private var waiting: String?

  /// `isSingle` where there is one message.
  init(_ context: Context, showsRows: Bool = false, patience: Duration? = nil, isSingle: Bool = false) throws {
    self.context = context
    sentence = isSingle ? MessageSentence(context) : nil
    printer = try context.printer(of: MessageRecord.self)
    startedAt = context.environment.now()
    (self.showsRows, self.patience, isForPeople) = (showsRows, patience, context.outputFormat == .table)
  }

  /// Prints nothing.
  init(silentFor context: Context) {
    (printer, sentence, showsRows, patience, isForPeople) = (nil, nil, false, nil, false)
    self.context = context
    startedAt = context.environment.now()
  }

  /// Takes settled messages. No further ones are started when they can't be printed.
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

  /// Prints messages that this run did not settle; a failure shows at the end.
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
  /// Waits if that is wanted, prints what is left, and throws when not all that was asked for was done.
  ///
  /// `planned` are the messages, or what stands for them, in the order of their rows.
  func finish(
    _ result: DispatchResult, of planned: [MessageRecord], _ session: ProviderSession
  ) throws {
    let unsent = planned.indices.filter { !settledRows.contains($0 + 1) && !result.dropped.contains($0 + 1) }
    try finish(result, unsent: unsent.map { planned[$0] }, session, next: nil)
  }

  /// The same for all that was ever sent under a key.
  func finish(_ outcome: KeyedSending.Outcome, _ session: ProviderSession, canReconcile: Bool = true) throws {
    startedAt = min(startedAt, outcome.begunAt)
    _ = report(outcome.settled)
    let next = Continuation.sameCommand(canReconcile: canReconcile && session.provider is any HistoryKeeping)
    try finish(outcome.result, unsent: outcome.unsent, session, next: next) {
      // What was waited for is printed from now on, also by a run that doesn't wait.
      if self.patience != nil { try outcome.job.notePrinted() }
    }
  }

  private func finish(
    _ result: DispatchResult, unsent: [MessageRecord], _ session: ProviderSession, next: Continuation?,
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

  /// Completes what is printed, and throws when not all of the messages counted was done; `summarize` comes in between.
  func finish(
    _ result: DispatchResult, _ counts: JobCounts, _ session: ProviderSession, next: Continuation?,
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

  /// Waits and prints; the counts of `result` become those of what the messages came to. Returns why the waiting ended
  /// early.
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
  /// By row; those without one as they are.
  fileprivate var inOrder: [MessageRecord] {
    enumerated().sorted { ($0.element.row ?? 0, $0.offset) < ($1.element.row ?? 0, $1.offset) }.map(\.element)
  }
}
