import HTTPTransport
import Messaging
import TestSupport
import Testing

@testable import Delivery

@Suite struct DispatcherRetryTests {
  @Test(arguments: [FakeTransport.Fate.unreachable, .status(429), .status(503, retryAfter: 1)])
  func whatSurelyWasNotProcessedIsTriedAgain(_ fate: FakeTransport.Fate) throws {
    let transport = FakeTransport { [1, 2].contains($0.index) ? fate : .taken($0.messages) }
    let delivered = deliver(try messages(10), over: transport)
    #expect(delivered.rows(.accepted) == Array(1...10))
    #expect(delivered.result.stops.isEmpty)
    #expect(transport.requests.count == 12)
  }

  @Test(arguments: [1, 7, 300])
  func retryAfterIsHonoured(seconds: Int) throws {
    let transport = FakeTransport { $0.index == 0 ? .status(429, retryAfter: seconds) : .taken($0.messages) }
    _ = deliver(try messages(1), over: transport)
    #expect(transport.requests.map(\.time) == [.zero, .milliseconds(100) + .seconds(seconds)])
  }

  @Test func longerThanFiveMinutesStopsTheJob() throws {
    let transport = FakeTransport { _ in .status(429, retryAfter: 301) }
    let delivered = deliver(try messages(100), over: transport) { $0.concurrency = 2 }
    #expect(transport.requests.count == 2)
    #expect(transport.now == .milliseconds(100))
    guard case .unavailable(let error) = delivered.result.stops.first else {
      Issue.record("did not stop")
      return
    }
    #expect(error.kind == .busy(retryAfter: 301))
    #expect(delivered.records.isEmpty)
    #expect(delivered.queue.status.values.allSatisfy { $0 == .planned })
  }

  @Test(arguments: [FakeTransport.Fate.unreachable, .status(429), .status(503, retryAfter: 2)], [1, 8, 64])
  func aDeadProviderSeesAFewProbesAndNoMore(fate: FakeTransport.Fate, concurrency: Int) throws {
    let transport = FakeTransport { _ in fate }
    let delivered = deliver(try messages(1000), over: transport) { $0.concurrency = concurrency }
    #expect(transport.requests.count <= max(concurrency, 8) + 3)
    #expect(transport.requests.count >= 10)
    #expect(transport.requests.dropFirst(concurrency).allSatisfy { $0.others == 0 })
    #expect(delivered.records.isEmpty)
    #expect(delivered.queue.status.values.allSatisfy { $0 == .planned })
    guard case .unavailable = delivered.result.stops.first else {
      Issue.record("did not stop")
      return
    }
  }

  @Test func aProviderThatDiesOnTheWayStopsTheJobAsWell() throws {
    let transport = FakeTransport { $0.index < 50 ? .taken($0.messages) : .unreachable }
    let delivered = deliver(try messages(1000), over: transport)
    #expect(delivered.result.counts.accepted == 50)
    #expect(transport.requests.count <= 50 + 12)
    guard case .unavailable = delivered.result.stops.first else {
      Issue.record("did not stop")
      return
    }
  }

  @Test func oneProbeAtATimeUntilTheProviderIsBack() throws {
    let transport = FakeTransport { $0.time < .seconds(2) ? .unreachable : .taken($0.messages) }
    let messages = try messages(100)
    let delivered = deliver(messages, over: transport, context: transport.context(retries: 10))
    let early = transport.requests.filter { $0.time < .seconds(2) }
    #expect(early.count < 8 + 6)
    #expect(Set(early.dropFirst(8).map(\.messages)) == [[messages[0].identity]])
    #expect(delivered.rows(.accepted).count == 100)
  }

  @Test func pausesGrowAndAreNeverLongerThanHalfAMinute() throws {
    let transport = FakeTransport { _ in .unreachable }
    _ = deliver(try messages(1), over: transport, context: transport.context(retries: 12, random: { 1.0.nextDown }))
    let starts = transport.requests.map(\.time)
    let pauses = zip(starts, starts.dropFirst()).map { $1 - $0 - .milliseconds(100) }
    let bounds: [Duration] = [0.5, 1, 2, 4, 8, 16, 30, 30, 30, 30, 30, 30].map { .seconds($0) }
    #expect(pauses.count == bounds.count)
    for (pause, bound) in zip(pauses, bounds) { #expect(pause <= bound && pause > bound - .milliseconds(1)) }
  }

  @Test func othersSettleWhileOneWaits() throws {
    let transport = FakeTransport { $0.index == 0 ? .status(429, retryAfter: 60) : .taken($0.messages) }
    let delivered = deliver(try messages(50), over: transport) { $0.concurrency = 2 }
    #expect(delivered.rows.last == 1)
    #expect(transport.requests.last?.time == .milliseconds(60_100))
    #expect(transport.requests.dropLast().allSatisfy { $0.time < .seconds(10) })
  }

  @Test func aRequestWithoutRetriesLeftStaysPlannedWhileOthersGoThrough() throws {
    let messages = try messages(100)
    let transport = FakeTransport { request in
      request.messages == [messages[9].identity] ? .status(429) : .taken(request.messages)
    }
    let delivered = deliver(messages, over: transport)
    #expect(delivered.result.counts.accepted == 99)
    #expect(delivered.queue.status[10] == .planned)
    #expect(delivered.result.givenUp?.kind == .busy(retryAfter: nil))
    #expect(delivered.result.stops.isEmpty)
    #expect(transport.requests.filter { $0.messages == [messages[9].identity] }.count == 4)
  }

  @Test func noMoreThanSoManyRequestsWaitWhileOthersGoThrough() throws {
    let transport = FakeTransport { $0.index % 2 == 0 ? .status(429, retryAfter: 300) : .taken($0.messages) }
    _ = deliver(try messages(2000), over: transport)
    let turnedAway = transport.requests.filter { $0.index % 2 == 0 && $0.time < .seconds(300) }
    #expect((256...264).contains(turnedAway.count))
  }

  @Test func noRetriesMeansOneAttemptForEach() throws {
    let messages = try messages(5)
    let transport = FakeTransport { _ in .unreachable }
    let delivered = deliver(messages, over: transport, context: transport.context(retries: 0)) { $0.concurrency = 1 }
    #expect(transport.requests.map(\.messages) == messages.map { [$0.identity] })
    #expect(delivered.result.givenUp?.kind == .unreachable)
  }

  /// A provider that takes so many messages a second: the job settles to that, and hardly a row runs out of retries.
  @Test(arguments: [(5, 8), (5, 64), (20, 64)])
  func aLimitOfTheProviderIsLivedWith(perSecond: Int, concurrency: Int) throws {
    var taken: [Int64: Int] = [:]
    let transport = FakeTransport { request in
      let second = request.time.components.seconds
      guard taken[second, default: 0] < perSecond else { return .status(429, retryAfter: 1) }
      taken[second, default: 0] += 1
      return .taken(request.messages, after: .milliseconds(20))
    }
    let delivered = deliver(try messages(40 * perSecond), over: transport) { $0.concurrency = concurrency }
    #expect(delivered.result.counts.accepted >= 39 * perSecond)
    #expect(transport.now < .seconds(80))
    #expect(transport.requests.count < 3 * 40 * perSecond)
  }

  /// Three in ten requests are turned away, at random: all get through, and not at the pace of their pauses.
  @Test(arguments: [UInt64(1), 2, 3, 4])
  func refusalsAtRandomSlowTheJobDownButDoNotEndIt(seed: UInt64) throws {
    let random = SeededRandom(seed)
    let transport = FakeTransport { request in
      random.below(10) < 3 ? .status(429, retryAfter: 1) : .taken(request.messages)
    }
    let context = transport.context(retries: 10)
    let delivered = deliver(try messages(2000), over: transport, context: context) { $0.concurrency = 16 }
    #expect(delivered.result.counts.accepted == 2000, "seed \(seed)")
    #expect(transport.now < .seconds(150), "seed \(seed)")
  }

  /// Whatever happens to requests, no message is taken twice, and each is in the end where the reports say.
  @Test(arguments: [UInt64(1), 2, 3, 20_260_301, UInt64.random(in: 0...UInt64.max)])
  func noMessageIsLostOrSentTwiceUnderRandomFaults(seed: UInt64) throws {
    let random = SeededRandom(seed)
    let messages = try messages(2000)
    var taken: [String: Int] = [:]
    let transport = FakeTransport { request in
      let after = Duration.milliseconds(random.below(500))
      func take(_ messages: [String]) { for message in messages { taken[message, default: 0] += 1 } }
      switch random.below(100) {
      case 0..<10: return .status(429, after: after)
      case 10..<20: return .status(503, retryAfter: random.below(3), after: after)
      case 20..<30: return .unreachable
      case 30..<33: return .cutOff
      case 33..<36:
        take(request.messages)
        return .cutOff
      case 36..<39:
        take(request.messages)
        return .status(500, after: after)
      case 39..<45:
        take(request.messages)
        return .taken(Array(request.messages.dropLast(random.below(3))), after: after)
      default:
        take(request.messages)
        return .taken(request.messages, after: after)
      }
    }
    let batch = 1 + random.below(5)
    if random.below(2) == 0 { transport.stopTime = .milliseconds(random.below(20_000)) }
    let context = transport.context(random: { Double(random.below(1000)) / 1000 })
    let delivered = deliver(messages, over: transport, provider: FakeProvider(batchLimit: batch), context: context) {
      $0.concurrency = 1 + random.below(16)
      $0.rate = random.below(2) == 0 ? SendRate(count: 500, per: .seconds(1)) : nil
    }
    let status = Dictionary(uniqueKeysWithValues: delivered.records.map { ($0.row ?? 0, $0.status) })
    #expect(taken.values.allSatisfy { $0 == 1 }, "seed \(seed)")
    for (index, message) in messages.enumerated() {
      switch status[index + 1] {
      case .accepted: #expect(taken[message.identity] == 1, "seed \(seed)")
      case nil: #expect(taken[message.identity] == nil, "seed \(seed)")
      default: break
      }
    }
    let complete = delivered.result.stops.isEmpty && delivered.result.givenUp == nil
    #expect(!complete || status.count == messages.count, "seed \(seed)")
    #expect(delivered.result.counts.settled == status.count, "seed \(seed)")
  }
}
