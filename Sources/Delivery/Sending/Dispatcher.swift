import HTTPTransport
import Ledger
import Messaging
import Platform

/// Sends the messages of a queue, several requests at a time, at a given rate and with retries, until everything is
/// settled or there is a reason to stop. Then nothing new is started, and what is in progress is settled.
///
/// It works in turns: choose what may start, record that and what has ended in the queue, start, report, wait. Only
/// in the first turn do requests connect before they are recorded.
public struct Dispatcher {
  /// Receives the messages settled in a turn, in order, after the queue has recorded them.
  public typealias Report = ([MessageRecord]) -> ReportVerdict

  /// Receives the first signal and the number of requests in flight, if there are any to wait for.
  public var noticeSignal: ((_ number: Int32, _ inFlight: Int) -> Void)?

  private let context: CallContext
  private let provider: any Provider
  private let options: DispatchOptions
  private let queue: any MessageQueue
  private let report: Report

  private var source: RequestSource
  private var limiter: RateLimiter?
  private var health: ProviderHealth
  private var retries = RetryQueue()
  private var inFlight: [Int: PendingRequest] = [:]
  private var lastID = 0
  /// The last row number in use; answers may list additional messages.
  private var lastRow: Int
  private var changes = RowChanges()
  /// Outcomes that could not be recorded so far.
  private var unnoted = RowChanges()
  private var result = DispatchResult()

  /// Sends the planned messages of `queue` or, if given, `orders`, which become its rows 1, 2, 3…
  public init(
    _ context: CallContext, provider: any Provider, options: DispatchOptions, queue: any MessageQueue,
    orders: [SendOrder]? = nil, report: @escaping Report
  ) {
    self.context = context
    self.provider = provider
    self.options = options
    self.queue = queue
    self.report = report
    health = ProviderHealth(limit: max(1, options.concurrency))
    limiter = options.rate.map { RateLimiter($0, now: context.clock()) }
    source = RequestSource(
      queue, provider: provider, context.credentials, batchLimit: options.batchLimit(of: provider), orders: orders)
    lastRow = orders?.count ?? 0
  }

  /// Sends everything, and returns once nothing is in flight.
  public mutating func run() -> DispatchResult {
    let start = context.clock()
    while true {
      var ended = takeTurn()
      if inFlight.isEmpty, isStopping || !hasWork { break }
      if ended.isEmpty { ended = context.transport.wait(atMost: timeToNextStart, wakingOn: wakingDescriptor) }
      for exchange in ended { settle(exchange) }
    }
    noteRest()
    result.duration = context.clock() - start
    return result
  }

  /// Returns the exchanges that have ended in the meantime.
  private mutating func takeTurn() -> [FinishedExchange] {
    if let signal = context.stop.received() { stopOnSignal(signal) }
    let chosen = choose()
    let isFirst = lastID == 0 && !chosen.isEmpty && !isStopping
    if isFirst { return noteWhileConnecting(chosen) }
    let reported = changes.settled + changes.added
    let isNoted = noteChanges()
    for (request, wire) in chosen {
      if !isStopping { start(request, wire) } else if isNoted { changes.released += request.rows }
    }
    if !reported.isEmpty, !result.stops.contains(.reportingEnded), report(reported) == .stop { stop(.reportingEnded) }
    return []
  }

  private mutating func stopOnSignal(_ signal: Int32) {
    guard !result.stops.contains(.signal(signal)) else { return }
    stop(.signal(signal))
    if !inFlight.isEmpty { noticeSignal?(signal, inFlight.count) }
  }

  private var isStopping: Bool { !result.stops.isEmpty }

  /// The descriptor that ends waiting; nil once the signal is noted, as it stays readable.
  private var wakingDescriptor: FileDescriptor? {
    let isNoted = result.stops.contains { if case .signal = $0 { true } else { false } }
    return isNoted ? nil : context.stop.descriptor
  }

  private mutating func stop(_ reason: StopReason) {
    if !result.stops.contains(reason) { result.stops.append(reason) }
  }
}

// MARK: - Choosing and starting

extension Dispatcher {
  /// Whether a request that was never tried may start now.
  private var takesNew: Bool { retries.isEmpty || !health.isProbing && !retries.isFull }

  /// Whether anything is left to send.
  private var hasWork: Bool {
    mutating get { !retries.isEmpty || hasNewWork }
  }

  private var hasNewWork: Bool {
    mutating get {
      do {
        return try !source.isAtEnd()
      } catch {
        stop(.ledger(error))
        return false
      }
    }
  }

  /// The longest time to wait for something to end; nil if nothing can start before that.
  private var timeToNextStart: Duration? {
    mutating get {
      guard !isStopping, inFlight.count < health.slots else { return nil }
      let now = context.clock()
      guard let due = takesNew && hasNewWork ? now : retries.nextDue(onlyFirst: health.isProbing) else { return nil }
      return max(.zero, due - now, limiter?.delay(at: now) ?? .zero)
    }
  }

  /// The requests that may start now, signed and claimed.
  private mutating func choose() -> [(PendingRequest, WireRequest)] {
    let now = context.clock()
    var chosen: [(PendingRequest, WireRequest)] = []
    while !isStopping, inFlight.count + chosen.count < health.slots, limiter?.delay(at: now) ?? .zero <= .zero,
      let request = nextRequest(at: now), let wire = sign(request)
    {
      limiter?.take(request.rows.count, at: now)
      changes.claimed += request.rows
      chosen.append((request, wire))
    }
    return chosen
  }

  private mutating func nextRequest(at now: Duration) -> PendingRequest? {
    if let request = retries.popDue(at: now, onlyFirst: health.isProbing) { return request }
    guard takesNew else { return nil }
    do {
      return try source.next()
    } catch {
      stop(.ledger(error))
      return nil
    }
  }

  private mutating func sign(_ request: PendingRequest) -> WireRequest? {
    do {
      return try context.signer.wire(request.call.request, timeout: context.timeout)
    } catch {
      stop(.signing(error))
      return nil
    }
  }

  private mutating func start(_ request: PendingRequest, _ wire: WireRequest, gate: SendGate? = nil) {
    request.attempts += 1
    context.trace?(.request(request.call.request, attempt: request.attempts))
    lastID += 1
    inFlight[lastID] = request
    context.transport.start(wire, id: lastID, gate: gate)
  }
}

// MARK: - Noting

extension Dispatcher {
  /// Records this turn's changes in the queue; returns false on failure.
  private mutating func noteChanges() -> Bool {
    changes.isEmpty || takeUp(Result { () throws(LedgerError) in try queue.apply(changes) })
  }

  /// Connects the first requests while the queue records that they are about to leave; returns what has ended.
  private mutating func noteWhileConnecting(_ chosen: [(PendingRequest, WireRequest)]) -> [FinishedExchange] {
    let claim = BackgroundClaim(changes, in: queue, context)
    for (request, wire) in chosen { start(request, wire, gate: claim.gate) }
    let ended = claim.wait(context.transport)
    if takeUp(claim.outcome), !claim.tookLong { return ended }
    // The gates stay shut, so none of these exchanges gets anywhere, nor counts as an attempt.
    inFlight = [:]
    for (request, _) in chosen { request.attempts -= 1 }
    if !isStopping { for (request, wire) in chosen { start(request, wire) } }
    return []
  }

  /// Handles the result of recording this turn's changes; returns false on failure.
  private mutating func takeUp(_ noting: Result<Void, LedgerError>) -> Bool {
    defer { changes = RowChanges() }
    guard case .failure(let error) = noting else { return true }
    unnoted.settled += changes.settled
    unnoted.added += changes.added
    stop(.ledger(error))
    return false
  }

  /// Records what was claimed last but not sent, and retries what could not be recorded before.
  private mutating func noteRest() {
    changes.settled += unnoted.settled
    changes.added += unnoted.added
    unnoted = RowChanges()
    _ = noteChanges()
    result.unrecorded = unnoted.settled + unnoted.added
  }
}

// MARK: - Settling

extension Dispatcher {
  private mutating func settle(_ exchange: FinishedExchange) {
    guard let request = inFlight.removeValue(forKey: exchange.id) else { return }
    context.trace?(.reply(request.call.request, exchange.result))
    do {
      let answer = try request.call.value(of: exchange.result, masking: context.mask)
      health.noteReply()
      settle(request.outcome(answered: answer))
    } catch {
      settle(request, error)
    }
  }

  private mutating func settle(_ request: PendingRequest, _ error: ProviderError) {
    let reason = MessageError(code: error.code, message: error.message)
    switch error.kind {
    case .busy, .unreachable:
      tryLater(request, error)
    case .credentials, .noCredit:
      health.noteReply()
      changes.released += request.rows
      stop(.refused(error))
    case .refused:
      health.noteReply()
      settle(request.outcome(.failed, reason))
    case .timedOut, .untrusted:
      result.firstDoubt = result.firstDoubt ?? error
      settle(request.outcome(.unknown, reason))
    }
  }

  private mutating func tryLater(_ request: PendingRequest, _ error: ProviderError) {
    changes.released += request.rows
    health.noteFailure()
    let policy = RetryPolicy(retries: context.retries)
    switch policy.decision(after: error, attempts: request.attempts, random: context.random()) {
    case .again(let pause):
      context.noticeRetry?(error, pause)
      request.due = context.clock() + pause
      retries.add(request)
    case .exhausted where !health.isHopeless:
      // This alone doesn't mean that the provider is down, so the job continues without these rows.
      result.givenUp = error
    case .exhausted, .tooLate, nil:
      stop(.unavailable(error))
    }
  }

  private mutating func settle(_ outcome: consuming PendingRequest.Outcome) {
    let name = type(of: provider).descriptor.name
    // In place, because a copy would be changed field by field.
    for index in outcome.settled.indices { count(&outcome.settled[index], name) }
    for index in outcome.added.indices {
      lastRow += 1
      outcome.added[index].row = lastRow
      count(&outcome.added[index], name)
    }
    changes.settled += outcome.settled
    changes.added += outcome.added
    changes.dropped += outcome.dropped
    result.dropped.formUnion(outcome.dropped)
    if let limit = options.maxFailures, result.counts.failed + result.counts.unknown >= limit { stop(.tooManyFailures) }
  }

  private mutating func count(_ record: inout MessageRecord, _ provider: String) {
    record.provider = provider
    record.profile = options.profile
    result.counts.count(record.status)
  }
}
