import HTTPTransport
import Ledger
import Platform

/// Notes on another thread that requests are about to leave, while they connect. They leave once that is done.
final class BackgroundClaim {
  /// Whether it was noted; known once `wait` has returned.
  private(set) var outcome: Result<Void, LedgerError> = .success(())
  /// Whether the claim took too long to use the connections made in the meantime: a server may have closed idle ones, and
  /// part of the requests' time is gone.
  private(set) var tookLong = false

  private let changes: RowChanges
  private let queue: any MessageQueue
  private let clock: () -> Duration
  private let limit: Duration
  private lazy var work = BackgroundWork { [unowned self] in note() }

  init(_ changes: RowChanges, in queue: any MessageQueue, _ context: CallContext) {
    (self.changes, self.queue, clock) = (changes, queue, context.clock)
    limit = min(.seconds(1), context.timeout / 4)
  }

  /// For each of the requests.
  var gate: SendGate {
    { [self] in
      work.finish()
      return !tookLong && (try? outcome.get()) != nil
    }
  }

  /// Has the requests connect until the outcome is known; returns those that have ended by then.
  func wait(_ transport: any HTTPExchanging) -> [FinishedExchange] {
    // A transport that can't connect ahead has asked for the outcome already.
    if !work.isFinished { work.begin() }
    defer { work.finish() }
    return work.isFinished ? [] : transport.wait(atMost: nil, wakingOn: work.descriptor)
  }

  private func note() {
    let start = clock()
    outcome = Result { () throws(LedgerError) in try queue.apply(changes) }
    tookLong = clock() - start > limit
  }
}
