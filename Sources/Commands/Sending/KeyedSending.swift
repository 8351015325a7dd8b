import Application
import Configuration
import Delivery
import Ledger
import Messaging
import TextFormats

/// Sends with a key: messages already sent with it are shown, and not sent again.
struct KeyedSending {
  /// The results of everything ever sent with the key.
  struct Outcome {
    var job: LedgerJob
    var result: DispatchResult
    /// In row order.
    var settled: [MessageRecord]
    /// The messages that are still unsent.
    var unsent: [MessageRecord]
    /// When the key was first used.
    var begunAt: Timestamp
  }

  /// What remains to be sent.
  enum Work {
    case messages([JobMessage])
    /// A call whose messages only the reply names; it is row 1.
    case order(SendOrder)
  }

  /// The time that a run takes in addition to its requests.
  private static let slack: Duration = .seconds(10)

  private let context: Context
  private let settings: Settings
  private let key: SendKey
  private let ledger: Ledger
  private let options: KeyOptions

  /// Throws if the ledger can't be used: with a key, nothing must be sent without a record.
  init(_ context: Context, _ settings: Settings, _ key: SendKey, _ options: KeyOptions) throws {
    (self.context, self.settings, self.key, self.options) = (context, settings, key, options)
    ledger = try context.ledger()
  }

  /// Whether any of this was already sent with the key. Throws if the key was used for something else.
  func isRepeated(_ content: SendContent, _ session: ProviderSession) throws -> Bool {
    guard let use = try ledger.use(of: key, account: session.account) else { return false }
    guard use.matches(content) else {
      throw InputError(.usedForOther(key, at: use.createdAt, until: use.expiresAt), at: .argument("--key"))
    }
    return true
  }

  /// Sends what remains. `rows` are the planned messages, or their placeholders; `work` makes requests for those
  /// that are still unsent.
  ///
  /// After it returns, other processes can use the key.
  func send(
    _ content: SendContent, _ rows: [MessageRecord], through session: ProviderSession,
    work: (_ job: LedgerJob, _ left: [MessageRecord]) throws -> Work
  ) throws -> Outcome {
    let job = try open(content, rows, session)
    var sent: [Int: MessageRecord] = [:]
    let result =
      try reconcile(job, session)
      ?? dispatch(job, work, session) { records in
        for record in records { sent[record.row ?? 0] = record }
      }
    return outcome(of: job, result, sent)
  }
}

// MARK: - The key's job

extension KeyedSending {
  /// Opens the key's job. Waits while another process is sending with the key, as long as that makes progress.
  private func open(
    _ content: SendContent, _ rows: [MessageRecord], _ session: ProviderSession
  ) throws -> LedgerJob {
    let patience = settings[CommonSettings.timeout] * (settings[CommonSettings.retries] + 1) + Self.slack
    var watch = PeerWatch(patience: patience, context.environment.clock)
    while true {
      let opening = try ledger.open(
        key, for: content, account: session.account, profile: settings.profile?.name, rows)
      switch opening {
      case .opened(let job): return job
      case .otherContent(let use):
        throw InputError(.usedForOther(key, at: use.createdAt, until: use.expiresAt), at: .argument("--key"))
      case .busy(let counts):
        guard watch.isWorthWaiting(counts) else { throw Failure.busy(key) }
        if watch.isLong { context.note(Notes.waiting(forKey: key.text)) }
        try session.pause(PeerWatch.interval)
      }
    }
  }

  /// Asks the provider about unknown messages, if requested; returns the reason if nothing may be sent afterwards.
  private func reconcile(_ job: LedgerJob, _ session: ProviderSession) throws -> DispatchResult? {
    guard options.reconciles, job.counts.unknown > 0 else { return nil }
    do {
      var reconciliation = try Reconciliation(session, job, settle: options.settle ?? settings.settle) { _ in }
      try reconciliation.run()
      return nil
    } catch {
      guard let result = DispatchResult(askingEndedWith: error) else { throw error }
      return result
    }
  }

  private func dispatch(
    _ job: LedgerJob, _ work: (LedgerJob, [MessageRecord]) throws -> Work,
    _ session: ProviderSession, note: @escaping ([MessageRecord]) -> Void
  ) throws -> DispatchResult {
    let left = try job.printedRecords().filter { $0.status == .planned }
    guard !left.isEmpty else { return DispatchResult() }
    let report: Dispatcher.Report = { records in
      note(records)
      return .goOn
    }
    switch try work(job, left) {
    case .messages(let messages):
      return session.dispatch(RemainingRows(job, messages), settings.dispatchOptions, report: report)
    case .order(let order):
      return session.dispatch(
        RemainingRows(job, []), settings.dispatchOptions, orders: [order], report: report)
    }
  }

  /// This run's own results override the ledger, which it may have been unable to update.
  private func outcome(of job: LedgerJob, _ result: DispatchResult, _ sent: [Int: MessageRecord]) -> Outcome {
    var outcome = Outcome(job: job, result: result, settled: [], unsent: [], begunAt: job.createdAt)
    do {
      for var record in try job.printedRecords() {
        if let own = sent[record.row ?? 0] { record = own }
        if record.status.isOpen {
          record.status = .planned
          outcome.unsent.append(record)
        } else {
          outcome.settled.append(record)
        }
      }
    } catch {
      outcome.result.stops.append(.ledger(error))
      outcome.settled = sent.sorted { $0.key < $1.key }.map(\.value)
    }
    outcome.result.counts = JobCounts()
    for record in outcome.settled { outcome.result.counts.count(record.status) }
    return outcome
  }
}

// MARK: - Before anything is sent

extension KeyedSending {
  /// Notes what a run with the key would do; changes nothing.
  static func preview(_ content: SendContent, _ key: SendKey, _ sending: SendingContext) throws {
    let (context, settings) = (sending.context, sending.settings)
    guard let ledger = try context.existingLedger() else { return try sending.requireFuture() }
    let account = settings.account(try settings.credentials(context.inputs))
    guard let use = try ledger.use(of: key, account: account) else { return try sending.requireFuture() }
    guard use.matches(content) else {
      throw InputError(.usedForOther(key, at: use.createdAt, until: use.expiresAt), at: .argument("--key"))
    }
    context.note(Notes.keyUsed(key.text, at: use.createdAt))
  }
}

extension MessageStatus {
  /// Whether it has no outcome yet.
  fileprivate var isOpen: Bool { self == .planned || self == .sending }
}

/// Watches another process that is sending with the same key.
struct PeerWatch {
  /// The time between two polls.
  static let interval: Duration = .milliseconds(20)

  private let patience: Duration
  private let clock: () -> Duration
  private var progress: (counts: JobCounts, deadline: Duration)?
  private var looks = 0

  init(patience: Duration, _ clock: @escaping () -> Duration) {
    (self.patience, self.clock) = (patience, clock)
  }

  /// Records the other process's progress; returns whether it made progress within `patience`.
  mutating func isWorthWaiting(_ counts: JobCounts) -> Bool {
    looks += 1
    if progress?.counts != counts { progress = (counts, clock() + patience) }
    return progress.map { clock() < $0.deadline } ?? false
  }

  /// True once, after a second.
  var isLong: Bool { looks == 50 }
}

extension InputError.Problem {
  static func usedForOther(_ key: SendKey, at time: Timestamp, until end: Timestamp) -> Self {
    Self(
      "key '\(key.text)' was used for a different message at \(time.rfc3339)",
      hint: "use another key; this one can be used again after \(end.rfc3339)")
  }
}

extension Failure {
  static func busy(_ key: SendKey) -> Failure {
    Failure(
      "busy", .busy, "another sms is still sending with key '\(key.text)'",
      hint: "run the same command again when that run has finished")
  }
}

extension Notes {
  static func waiting(forKey key: String) -> String { "another sms is sending with key '\(key)'; waiting for it" }

  static func keyUsed(_ key: String, at time: Timestamp) -> String {
    "key '\(key)' was first used for this message at \(time.rfc3339); only what wasn't sent then would be sent"
  }
}

/// How to continue after a run that left messages unknown or unsent.
enum NextStep {
  case job(JobLabel)
  /// The send has a key: running the same command again continues it.
  case sameCommand(canReconcile: Bool)

  var job: JobLabel? { if case .job(let job) = self { job } else { nil } }

  /// What to do about messages of unknown outcome.
  var unknownHint: String {
    switch self {
    case .job(let job) where job.canReconcile:
      let question = job.reference.resuming("--reconcile")
      return "\(question) asks the provider about unknown messages; --retry-unknown sends them again"
    case .job(let job):
      return "check with the provider; \(job.reference.resuming("--retry-unknown")) sends unknown messages again"
    case .sameCommand(canReconcile: true):
      return
        "the same command with --reconcile asks the provider about unknown messages; another --key sends them again"
    case .sameCommand(canReconcile: false):
      return "check with the provider; the same command with another --key sends unknown messages again"
    }
  }

  /// What to do about unsent messages. A job that has sent messages can't change its account.
  func pendingHint(keepsCredentials: Bool) -> String {
    switch self {
    case .job(let job) where keepsCredentials:
      "to send the rest, use the credentials that the job started with: \(job.reference.resumeCommand())"
    case .job(let job): "\(job.reference.resuming()) sends the rest"
    case .sameCommand: "run the same command again to send the rest"
    }
  }
}
