import Application
import Configuration
import Delivery
import Ledger
import Messaging

/// Reads what a provider's history says about messages, asking again where no whole answer came.
struct HistoryReader {
  /// How often statuses that were met in answers may lead to further questions.
  private static let mostRounds = 5

  private let session: ProviderSession
  private let provider: any HistoryKeeping
  private let job: LedgerJob
  /// The provider's words for statuses that were met so far.
  private var statuses: Set<String>
  private var clock: ClockDifference?
  /// How often this reading may still ask again where no whole answer came: as often as for all questions together.
  private var retriesLeft = 0
  /// How often a page may be asked for again. In its place: asked later than the statuses that follow, a message that got
  /// its next one meanwhile would be missed.
  private var retriesOfPage = 0

  init(_ session: ProviderSession, _ provider: any HistoryKeeping, _ job: LedgerJob, statuses: Set<String>) {
    self.session = session
    self.provider = provider
    self.job = job
    self.statuses = statuses
  }

  var hasWindow: Bool { type(of: provider).historyHasWindow }
  var reportsScheduled: Bool { type(of: provider).reportsScheduled }

  /// All that the provider tells of the numbers, from well before the first message left on: from longer before where it
  /// is to confirm that there is no trace of them.
  mutating func history(of rows: [JobMessage], confirms: Bool) throws -> History {
    let now = session.context.environment.now()
    // A time that is still to come is from a clock that was set back since.
    let first = min(rows.compactMap(\.leftAt).min() ?? now, now)
    let expectedIDs = hasWindow ? try job.ids(since: first) : []
    let since = History.start(before: first, clock, isBorneOut: !confirms || !expectedIDs.isEmpty)
    let numbers = Set(rows.map(\.message.to)).sorted { $0.e164 < $1.e164 }
    var history = History(
      about: numbers, since: hasWindow ? since : nil, askedAt: now, expectedIDs: expectedIDs)
    try ask(about: numbers, since: since, &history)
    clock = history.clock ?? clock
    try placeDays(for: rows, since: since, numbers, &history)
    return history
  }

  /// Asks for parts of the time, where the history tells only the day of a message and that is not enough.
  private mutating func placeDays(
    for rows: [JobMessage], since: Timestamp, _ numbers: [PhoneNumber], _ history: inout History
  ) throws {
    let cuts = history.cuts(for: rows.map { SoughtMessage($0, hiding: session.calls.mask) })
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

  /// Asks all questions, and those that follow from words for statuses in the answers.
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

  /// Reads an answer. One that the provider refuses to give, or that can't be trusted, is a gap in the history; anything
  /// else that keeps it from answering is thrown.
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
        // One that answers may have trouble now and then: of many questions, some fail several times in a row.
        retriesOfPage = 2 * session.settings[CommonSettings.retries]
        return answer.value
      } catch {
        // A question, unlike a message, can be put again when no whole answer came.
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
