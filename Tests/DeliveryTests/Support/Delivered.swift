import HTTPTransport
import Ledger
import Messaging

@testable import Delivery

/// What came of a run of the dispatcher.
struct Delivered {
  var result: DispatchResult
  /// The reports, in their order.
  var records: [MessageRecord]
  var queue: WatchedQueue

  var rows: [Int] { records.compactMap(\.row) }

  func rows(_ status: MessageStatus) -> [Int] {
    records.filter { $0.status == status }.compactMap(\.row).sorted()
  }
}

/// A queue in memory that knows each row's status, as a ledger does, and can fail.
final class WatchedQueue: MessageQueue {
  private let messages: [JobMessage]
  private(set) var status: [Int: MessageStatus] = [:]
  private(set) var applied = 0
  /// Fails from this call of `apply` on; 0 is the first.
  var failsAt: Int?

  init(_ messages: [OutgoingMessage]) {
    self.messages = messages.enumerated().map { JobMessage(row: $0 + 1, message: $1) }
  }

  func planned(after row: Int, limit: Int) -> [JobMessage] {
    Array(messages.dropFirst(row).prefix(limit))
  }

  func apply(_ changes: RowChanges) throws(LedgerError) {
    defer { applied += 1 }
    if let failsAt, applied >= failsAt { throw LedgerError(.write, code: 13, reason: "disk full") }
    for record in changes.settled + changes.added { status[record.row ?? 0] = record.status }
    for row in changes.released { status[row] = .planned }
    for row in changes.dropped { status[row] = nil }
    for row in changes.claimed { status[row] = .sending }
  }
}

/// Sends `messages` through a `FakeTransport`; `report` may ask to stop.
func deliver(
  _ messages: [OutgoingMessage], over transport: FakeTransport, provider: FakeProvider = FakeProvider(),
  context: CallContext? = nil, queue: WatchedQueue? = nil, orders: [SendOrder]? = nil,
  options: (inout DispatchOptions) -> Void = { _ in },
  report: (MessageRecord) -> ReportVerdict = { _ in .goOn }
) -> Delivered {
  var dispatchOptions = DispatchOptions()
  options(&dispatchOptions)
  let queue = queue ?? WatchedQueue(messages)
  var records: [MessageRecord] = []
  let result = withoutActuallyEscaping(report) { report in
    var dispatcher = Dispatcher(
      context ?? transport.context(), provider: provider, options: dispatchOptions, queue: queue,
      orders: orders
    ) { settled in
      for record in settled {
        records.append(record)
        if report(record) == .stop { return .stop }
      }
      return .goOn
    }
    return dispatcher.run()
  }
  return Delivered(result: result, records: records, queue: queue)
}
