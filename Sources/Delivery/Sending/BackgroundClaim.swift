import HTTPTransport
import Ledger
import Platform

/// Records on another thread that requests are about to leave, while they connect. They leave once that is recorded.
final class BackgroundClaim {
  /// The result of recording; valid once `wait` has returned.
  private(set) var outcome: Result<Void, LedgerError> = .success(())
  /// Whether the claim took so long that the connections made in the meantime are no longer usable: a server may have
  /// closed idle ones, and part of the requests' timeout has passed.
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

  /// The gate for each of the requests.
  var gate: SendGate {
    { [self] in
      work.finish()
      return !tookLong && (try? outcome.get()) != nil
    }
  }

  /// Lets the requests connect until the claim is recorded; returns those that have ended by then.
  func wait(_ transport: any HTTPExchanging) -> [FinishedExchange] {
    // A transport that can't connect ahead has already run the gate.
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
