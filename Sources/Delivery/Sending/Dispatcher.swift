import HTTPTransport
import Ledger
import Messaging
import Platform

/// Sends the messages of a queue: several requests at a time, at a rate, with retries, until all is settled or a reason
/// to stop comes up. Then nothing new starts, and what is under way is settled.
///
/// It works in turns: choose what may start, note that and what has ended in the queue, start, report, wait.
public struct Dispatcher {
  /// Sees the messages that a turn has settled, in that order, after the queue has noted them.
  public typealias Report = ([MessageRecord]) -> ReportVerdict

  /// Sees the first signal and how many requests are then under way, where there are some to wait for.
  public var noticeSignal: ((_ number: Int32, _ underWay: Int) -> Void)?

  private let context: CallContext
  private let provider: any Provider
  private let options: DispatchOptions
  private let queue: any MessageQueue
  private let report: Report

  private var batches: BatchReader
  private var limiter: RateLimiter?
  private var health: ProviderHealth
  private var line = WaitingLine()
  private var underWay: [Int: Shipment] = [:]
  private var lastID = 0
  private var changes = RowChanges()
  private var result = DispatchResult()

  public init(
    _ context: CallContext, provider: any Provider, options: DispatchOptions, queue: any MessageQueue,
    report: @escaping Report
  ) {
    self.context = context
    self.provider = provider
    self.options = options
    self.queue = queue
    self.report = report
    health = ProviderHealth(limit: max(1, options.concurrency))
    limiter = options.rate.map { RateLimiter($0, now: context.clock()) }
    let limits = [options.batch, options.rate?.worthOfASecond, provider.batchLimit].compactMap(\.self)
    batches = BatchReader(queue, provider: provider, limit: max(1, limits.min() ?? 1))
  }

  /// Sends everything, and returns when nothing is under way any more.
  public mutating func run() -> DispatchResult {
    let start = context.clock()
    while true {
      takeTurn()
      if underWay.isEmpty, isStopping || !hasWork { break }
      let ended = context.transport.wait(atMost: timeToNextStart, wakingOn: wakingDescriptor)
      for exchange in ended { settle(exchange) }
    }
    noteRest()
    result.duration = context.clock() - start
    return result
  }

  private mutating func takeTurn() {
    if let signal = context.stop.received() { windUp(signal) }
    let chosen = choose()
    let settled = changes.settled
    let isNoted = noteChanges()
    for departure in chosen {
      if !isStopping { start(departure) } else if isNoted { changes.released += departure.shipment.rows }
    }
    if !settled.isEmpty, !result.stops.contains(.reportingEnded), report(settled) == .stop { stop(.reportingEnded) }
  }

  private mutating func windUp(_ signal: Int32) {
    guard !result.stops.contains(.signal(signal)) else { return }
    stop(.signal(signal))
    if !underWay.isEmpty { noticeSignal?(signal, underWay.count) }
  }

  private var isStopping: Bool { !result.stops.isEmpty }

  /// What to wake up on while waiting; nothing any more once the signal was noted, as it stays readable.
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
  private typealias Departure = (shipment: Shipment, request: WireRequest)

  /// Whether a request that was never tried may be tried now.
  private var takesNew: Bool { line.isEmpty || !health.isProbing && !line.isFull }

  /// Whether anything waits to be sent.
  private var hasWork: Bool {
    mutating get { !line.isEmpty || hasNewWork }
  }

  private var hasNewWork: Bool {
    mutating get {
      do {
        return try !batches.isAtEnd()
      } catch {
        stop(.ledger(error))
        return false
      }
    }
  }

  /// How long to wait at most for something to end; nil while nothing can start before.
  private var timeToNextStart: Duration? {
    mutating get {
      guard !isStopping, underWay.count < health.slots else { return nil }
      let now = context.clock()
      guard let due = takesNew && hasNewWork ? now : line.nextDue(onlyFirst: health.isProbing) else { return nil }
      return max(.zero, due - now, limiter?.delay(at: now) ?? .zero)
    }
  }

  /// What may start now, signed and claimed.
  private mutating func choose() -> [Departure] {
    let now = context.clock()
    var chosen: [Departure] = []
    while !isStopping, underWay.count + chosen.count < health.slots, limiter?.delay(at: now) ?? .zero <= .zero,
      let shipment = nextShipment(at: now), let departure = sign(shipment)
    {
      limiter?.take(shipment.messages.count, at: now)
      changes.claimed += shipment.rows
      chosen.append(departure)
    }
    return chosen
  }

  private mutating func nextShipment(at now: Duration) -> Shipment? {
    if let shipment = line.popDue(at: now, onlyFirst: health.isProbing) { return shipment }
    guard takesNew else { return nil }
    do {
      let messages = try batches.next()
      return messages.isEmpty ? nil : Shipment(messages, of: provider, context.credentials)
    } catch {
      stop(.ledger(error))
      return nil
    }
  }

  private mutating func sign(_ shipment: Shipment) -> Departure? {
    do {
      return (shipment, try context.signer.wire(shipment.call.request, timeout: context.timeout))
    } catch {
      stop(.signing(error))
      return nil
    }
  }

  /// Has the queue note what this turn changes; false when it can't.
  private mutating func noteChanges() -> Bool {
    defer { changes = RowChanges() }
    do {
      if !changes.isEmpty { try queue.apply(changes) }
      return true
    } catch {
      result.unrecorded += changes.settled
      stop(.ledger(error))
      return false
    }
  }

  /// Notes what was claimed last but did not leave, and tries once more what could not be noted before.
  private mutating func noteRest() {
    changes.settled += result.unrecorded
    result.unrecorded = []
    _ = noteChanges()
  }

  private mutating func start(_ departure: Departure) {
    var shipment = departure.shipment
    shipment.attempts += 1
    context.trace?(.request(shipment.call.request, attempt: shipment.attempts))
    lastID += 1
    underWay[lastID] = shipment
    context.transport.start(departure.request, id: lastID)
  }
}

// MARK: - Settling

extension Dispatcher {
  private mutating func settle(_ exchange: FinishedExchange) {
    guard let shipment = underWay.removeValue(forKey: exchange.id) else { return }
    context.trace?(.reply(shipment.call.request, exchange.result))
    do {
      let answer = try shipment.call.value(of: exchange.result)
      health.noteReply()
      settle(shipment.records(answered: answer))
    } catch {
      settle(shipment, error)
    }
  }

  private mutating func settle(_ shipment: Shipment, _ error: ProviderError) {
    let reason = MessageError(code: error.code, message: error.message)
    switch error.kind {
    case .busy, .unreachable:
      tryLater(shipment, error)
    case .credentials, .noCredit:
      health.noteReply()
      changes.released += shipment.rows
      stop(.refused(error))
    case .refused:
      health.noteReply()
      settle(shipment.records(.failed, reason))
    case .timedOut, .untrusted:
      settle(shipment.records(.unknown, reason))
    }
  }

  private mutating func tryLater(_ shipment: Shipment, _ error: ProviderError) {
    changes.released += shipment.rows
    health.noteFailure()
    let policy = RetryPolicy(retries: context.retries)
    switch policy.decision(after: error, attempts: shipment.attempts, random: context.random()) {
    case .again(let pause):
      var shipment = shipment
      shipment.due = context.clock() + pause
      line.add(shipment)
    case .exhausted where !health.isHopeless:
      // That alone does not tell that the provider is gone, so the job goes on without these rows.
      result.givenUp = error
    case .exhausted, .tooLate, nil:
      stop(.unavailable(error))
    }
  }

  private mutating func settle(_ records: [MessageRecord]) {
    let name = type(of: provider).descriptor.name
    let first = changes.settled.endIndex
    changes.settled += records
    for index in changes.settled[first...].indices {
      changes.settled[index].provider = name
      changes.settled[index].profile = options.profile
      result.tally.count(changes.settled[index].status)
    }
    if let limit = options.maxFailures, result.tally.failed + result.tally.unknown >= limit { stop(.tooManyFailures) }
  }
}
