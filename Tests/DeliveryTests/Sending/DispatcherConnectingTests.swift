import HTTPTransport
import Ledger
import Messaging
import Platform
import TestSupport
import Testing

@testable import Delivery

/// The first requests connect while the queue notes that they are about to leave.
@Suite(.ownThread) struct DispatcherConnectingTests {
  @Test("A request connects before the claim is noted, and leaves only after")
  func order() throws {
    let (queue, transport) = (HeldQueue(), ConnectingTransport())
    // The queue holds its first note back until both connections are there.
    queue.mayNote = { transport.events.count >= 2 }
    let result = dispatch(queue, transport)
    #expect(transport.events == ["connect 1", "connect 2", "leave 1", "leave 2", "leave 3"])
    #expect(transport.notedWhenLeaving == [[1, 2], [1, 2], [1, 2, 3]])
    #expect(result.counts.accepted == 3 && result.stops.isEmpty)
  }

  @Test("Nothing leaves when the claim can't be noted")
  func failure() throws {
    let (queue, transport) = (HeldQueue(fails: true), ConnectingTransport())
    let result = dispatch(queue, transport)
    #expect(!transport.events.contains { $0.hasPrefix("leave") })
    #expect(result.stops == [.ledger(HeldQueue.error)])
    #expect(result.counts == JobCounts() && result.unrecorded.isEmpty)
  }

  @Test("What ends while the claim is being noted is settled like everything else")
  func early() throws {
    let (queue, transport) = (HeldQueue(), ConnectingTransport(refused: 1))
    queue.mayNote = { transport.events.count >= 2 }
    let result = dispatch(queue, transport)
    #expect(transport.events == ["connect 1", "connect 2", "leave 2", "leave 3", "leave 4"])
    #expect(result.counts.accepted == 3 && result.stops.isEmpty)
  }

  @Test("Requests connect anew after a long wait for the ledger: a server may have given up on connections without any")
  func late() throws {
    let (queue, transport) = (HeldQueue(), ConnectingTransport())
    queue.time = .seconds(10)
    let result = dispatch(queue, transport)
    #expect(transport.events == ["connect 1", "connect 2", "leave 3", "leave 4", "leave 5"])
    #expect(transport.notedWhenLeaving == [[1, 2], [1, 2], [1, 2, 3]])
    #expect(result.counts.accepted == 3 && result.stops.isEmpty)
  }

  private func dispatch(_ queue: HeldQueue, _ transport: ConnectingTransport) -> DispatchResult {
    transport.queue = queue
    var options = DispatchOptions()
    options.concurrency = 2
    let context = CallContext(
      transport: transport, signer: RequestSigner(), clock: { queue.now }, random: { 0 })
    var dispatcher = Dispatcher(context, provider: FakeProvider(), options: options, queue: queue) { _ in .goOn }
    return dispatcher.run()
  }
}

/// Three messages, and the rows that were noted as claimed.
private final class HeldQueue: MessageQueue {
  static let error = LedgerError(.write, code: 13, reason: "disk full")

  /// Asked until it says yes, before anything is noted.
  var mayNote: () -> Bool = { true }
  /// What noting takes, by the clock of the dispatcher.
  var time: Duration = .zero
  private(set) var now: Duration = .zero
  private(set) var claimed: [Int] = []
  private let fails: Bool

  init(fails: Bool = false) {
    self.fails = fails
  }

  func planned(after row: Int, limit: Int) throws(LedgerError) -> [JobMessage] {
    (row..<3).prefix(limit).compactMap { row in
      (try? PhoneNumber(parsing: "+1555010000\(row)")).map {
        JobMessage(row: row + 1, message: OutgoingMessage(to: $0, body: "Hello"))
      }
    }
  }

  func apply(_ changes: RowChanges) throws(LedgerError) {
    let patience = MonotonicInstant.now + .seconds(60)
    while !mayNote(), patience.remaining > .zero { SystemClock.sleep(for: .milliseconds(1)) }
    now += time
    if fails { throw Self.error }
    claimed = Set(claimed).union(changes.claimed).sorted()
  }
}

/// Connects, asks the gate, then has the provider take the messages.
private final class ConnectingTransport: HTTPExchanging {
  private(set) var events: [String] = []
  private(set) var notedWhenLeaving: [[Int]] = []
  var queue: HeldQueue?
  /// The exchange that finds nobody to connect to.
  private let refused: Int?
  private var waiting: [(id: Int, request: WireRequest, gate: SendGate?)] = []

  init(refused: Int? = nil) {
    self.refused = refused
  }

  var inFlight: Int { waiting.count }

  func start(_ request: WireRequest, id: Int, gate: SendGate?) {
    if gate != nil { events.append("connect \(id)") }
    waiting.append((id, request, gate))
  }

  func wait(atMost time: Duration?, wakingOn descriptor: FileDescriptor?) -> [FinishedExchange] {
    guard let refused, let index = waiting.firstIndex(where: { $0.id == refused }) else {
      defer { waiting = [] }
      return waiting.map { FinishedExchange(id: $0.id, result: result($0.id, $0.request, $0.gate)) }
    }
    waiting.remove(at: index)
    return [FinishedExchange(id: refused, result: .failure(.notSent(reason: "connection refused")))]
  }

  private func result(
    _ id: Int, _ request: WireRequest, _ gate: SendGate?
  ) -> Result<HTTPResponse, ProviderError> {
    if let gate, !gate() { return .failure(.notSent(reason: "the gate stayed shut")) }
    events.append("leave \(id)")
    notedWhenLeaving.append(queue?.claimed ?? [])
    return FakeTransport.Fate.taken(FakeTransport.messages(in: request)).result
  }
}
