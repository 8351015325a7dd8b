import Application
import Configuration
import Delivery
import Ledger
import Messaging

/// Reads messages from a provider's history, with retries.
struct HistoryReader {
  /// How many times newly seen statuses can lead to more queries.
  private static let mostRounds = 5

  private let session: ProviderSession
  private let provider: any HistoryKeeping
  private let job: LedgerJob
  /// The provider's own statuses seen so far.
  private var statuses: Set<String>
  private var clock: ClockDifference?
  /// How many retries are left for this reading, over all its queries.
  private var retriesLeft = 0
  /// How many times a page can be retried. It is retried before the next query: if it were retried after the
  /// queries for later statuses, a message whose status changed meanwhile would be missed.
  private var retriesOfPage = 0

  init(_ session: ProviderSession, _ provider: any HistoryKeeping, _ job: LedgerJob, statuses: Set<String>) {
    self.session = session
    self.provider = provider
    self.job = job
    self.statuses = statuses
  }

  var hasWindow: Bool { type(of: provider).historyHasWindow }
  var reportsScheduled: Bool { type(of: provider).reportsScheduled }

  /// The provider's history of the numbers, starting well before the first message was sent. With `confirms`, it
  /// may start even earlier, to confirm that the messages left no trace.
  mutating func history(of rows: [JobMessage], confirms: Bool) throws -> History {
    let now = session.context.environment.now()
    // A time in the future is from before the clock was set back.
    let first = min(rows.compactMap(\.leftAt).min() ?? now, now)
    let expectedIDs = hasWindow ? try job.ids(since: first) : []
    let since = History.start(before: first, clock, isCorroborated: !confirms || !expectedIDs.isEmpty)
    let numbers = Set(rows.map(\.message.to)).sorted { $0.e164 < $1.e164 }
    var history = History(
      about: numbers, since: hasWindow ? since : nil, askedAt: now, expectedIDs: expectedIDs)
    try ask(about: numbers, since: since, &history)
    clock = history.clock ?? clock
    try placeDays(for: rows, since: since, numbers, &history)
    return history
  }

  /// Queries shorter periods, if the history has only the day of a message and that isn't enough.
  private mutating func placeDays(
    for rows: [JobMessage], since: Timestamp, _ numbers: [PhoneNumber], _ history: inout History
  ) throws {
    let cuts = history.cuts(for: rows.map { UnresolvedMessage($0, hiding: session.calls.mask) })
    if cuts.isEmpty { return }
    retriesLeft = (cuts.count + 1) * session.settings[CommonSettings.retries]
    var parts: [History] = []
    for (start, next) in zip([since] + cuts, cuts.map(Optional.some) + [nil]) {
      guard let question = provider.historyQuestion(since: start, until: next?.adding(seconds: -1)) else { return }
      var part = History(about: numbers, since: start, askedAt: history.askedAt)
      try ask(question, &part)
      guard part.isWhole else { return }
      parts.append(part)
    }
    history.place(by: parts)
  }

  /// Makes all queries, and those for statuses that are first seen in the answers.
  private mutating func ask(about numbers: [PhoneNumber], since: Timestamp, _ history: inout History) throws {
    var asked: Set<String> = []
    for _ in 1...Self.mostRounds {
      let open = provider.historyQuestions(about: numbers, since: since, statuses: statuses)
        .filter { !asked.contains($0.name) }
      if open.isEmpty { return }
      retriesOfPage = session.settings[CommonSettings.retries]
      retriesLeft = open.count * retriesOfPage
      for question in open { try ask(question, &history) }
      asked.formUnion(open.map(\.name))
      statuses.formUnion(history.statuses)
    }
    history.note(.endless)
  }

  /// Reads an answer. If the provider refuses to answer, or the answer can't be trusted, that is a gap in the
  /// history; other errors are thrown.
  private mutating func ask(_ question: HistoryQuestion, _ history: inout History) throws {
    var answer = HistoryAnswer(to: question)
    do {
      while let call = answer.next { answer.take(try page(call, &history), into: &history) }
    } catch {
      guard let failure = (error as? ProviderFailure)?.error, let gap = HistoryGap(failure) else { throw error }
      history.note(gap, about: question.number)
    }
  }

  private mutating func page(_ call: APICall<HistoryPage>, _ history: inout History) throws -> HistoryPage {
    let pause = Duration.milliseconds(250)
    var attempts = 0
    while true {
      attempts += 1
      let asked = session.context.environment.now()
      do {
        let answer = try session.ask(call.dated)
        history.note(date: answer.date, between: asked, and: session.context.environment.now())
        // A provider that answers may still have problems: of many queries, some fail several times in a row.
        retriesOfPage = 2 * session.settings[CommonSettings.retries]
        return answer.value
      } catch {
        // Unlike a message, a query can be repeated if the reply is incomplete.
        guard let failure = (error as? ProviderFailure)?.error, failure.leavesOutcomeUnknown, retriesLeft > 0,
          attempts <= retriesOfPage
        else { throw error }
        retriesLeft -= 1
        session.calls.noticeRetry?(failure, pause)
        try session.pause(pause)
      }
    }
  }
}

extension HistoryGap {
  /// Nil for an error that says nothing about the history.
  fileprivate init?(_ error: ProviderError) {
    switch error.kind {
    case .refused, .noCredit: self = .refused(code: error.code, message: error.message)
    case .untrusted: self = .untrusted(message: error.message)
    case .credentials, .busy, .unreachable, .timedOut: return nil
    }
  }
}
