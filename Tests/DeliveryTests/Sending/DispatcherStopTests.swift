import HTTPTransport
import Ledger
import Messaging
import Platform
import Testing
import TextFormats

@testable import Delivery

@Suite struct DispatcherStopTests {
  @Test func aSignalStartsNothingNewAndSettlesWhatIsUnderWay() throws {
    let transport = FakeTransport { .taken($0.messages, after: .seconds(10)) }
    transport.stopTime = .seconds(15)
    let delivered = deliver(try messages(100), over: transport) { $0.concurrency = 4 }
    #expect(delivered.result.stops == [.signal(2)])
    #expect(transport.requests.count == 8)
    #expect(delivered.rows(.accepted) == Array(1...8))
    #expect(transport.now == .seconds(20))
  }

  @Test func aSignalBeforeTheStartSendsNothing() throws {
    let transport = FakeTransport { .taken($0.messages) }
    transport.stopTime = .zero
    let delivered = deliver(try messages(3), over: transport)
    #expect(transport.requests.isEmpty)
    #expect(delivered.result.stops == [.signal(2)])
  }

  @Test func aSignalEndsThePauseBeforeARetry() throws {
    let transport = FakeTransport { _ in .status(429, retryAfter: 300) }
    transport.stopTime = .seconds(3)
    let delivered = deliver(try messages(1), over: transport)
    #expect(transport.now == .seconds(3))
    #expect(delivered.queue.status[1] == .planned)
  }

  @Test func aSignalEndsThePauseThatTheRateAsksFor() throws {
    let transport = FakeTransport { .taken($0.messages) }
    transport.stopTime = .seconds(5)
    let delivered = deliver(try messages(10), over: transport) { $0.rate = SendRate(count: 1, per: .seconds(3600)) }
    #expect(transport.now == .seconds(5))
    #expect(delivered.rows(.accepted) == [1])
  }

  @Test func whenNobodyTakesReportsNothingNewStarts() throws {
    let transport = FakeTransport { .taken($0.messages, after: .milliseconds(100 + $0.index)) }
    let delivered = deliver(
      try messages(100), over: transport, options: { $0.concurrency = 4 }, report: { $0.row == 6 ? .stop : .goOn })
    #expect(delivered.result.stops == [.reportingEnded])
    // Row 6 is the last that is shown; those under way, and the one that took its place at once, are settled.
    #expect(delivered.records.count == 6)
    #expect(delivered.result.counts.accepted == transport.requests.count)
    #expect(transport.requests.count <= 6 + 4)
  }

  @Test func ifAClaimCannotBeNotedNothingIsSent() throws {
    let messages = try messages(10)
    let queue = WatchedQueue(messages)
    queue.failsAt = 0
    let transport = FakeTransport { .taken($0.messages) }
    let delivered = deliver(messages, over: transport, queue: queue)
    #expect(transport.requests.isEmpty)
    #expect(delivered.result.stops == [.ledger(LedgerError(.write, code: 13, reason: "disk full"))])
  }

  @Test func anOutcomeThatCannotBeNotedIsStillReportedAndEndsTheJob() throws {
    let messages = try messages(10)
    let queue = WatchedQueue(messages)
    queue.failsAt = 1
    let transport = FakeTransport { .taken($0.messages, after: .milliseconds(100 + $0.index)) }
    let delivered = deliver(messages, over: transport, queue: queue) { $0.concurrency = 3 }
    #expect(transport.requests.count == 3)
    #expect(delivered.rows == [1, 2, 3])
    guard case .ledger = delivered.result.stops.first else {
      Issue.record("did not stop")
      return
    }
  }

  @Test func aRequestThatCannotBeSignedDoesNotLeave() throws {
    let signer = RequestSigner(now: { 0 }) { (_, _) throws(Failure) in throw .keyRejected("no key") }
    let token = SignedToken(id: "1", privateKey: "PEM") { now in
      SignatureRequest(command: [], input: [], expiresAt: now) { _ in "" }
    }
    let transport = FakeTransport { .taken($0.messages) }
    let delivered = deliver(
      try messages(10), over: transport, provider: FakeProvider(authorization: .token(token)),
      context: transport.context(signer: signer))
    #expect(transport.requests.isEmpty)
    #expect(delivered.queue.status.isEmpty)
    #expect(delivered.result.stops == [.signing(.keyRejected("no key"))])
  }

  @Test func aSignalWhileARefusalComesInKeepsBothReasons() throws {
    let transport = FakeTransport { _ in .answer("credentials") }
    transport.stopTime = .milliseconds(50)
    let delivered = deliver(try messages(10), over: transport) { $0.concurrency = 1 }
    #expect(delivered.result.stops.count == 2)
    #expect(delivered.result.stops.first == .signal(2))
  }
}
