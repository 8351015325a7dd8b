import Messaging
import Testing

@testable import Delivery

@Suite struct SendRateTests {
  @Test(arguments: [(0, Duration.seconds(1)), (-1, .seconds(1)), (1, .zero), (1, .seconds(-1))])
  func aRateIsOverZero(count: Int, time: Duration) {
    #expect(SendRate(count: count, per: time) == nil)
  }

  @Test(arguments: [(10, Duration.seconds(1), 1), (10, .seconds(1), 4), (300, .seconds(60), 1), (1000, .seconds(1), 8)])
  func noSecondHoldsMoreMessagesThanTheRate(count: Int, time: Duration, concurrency: Int) throws {
    let rate = try #require(SendRate(count: count, per: time))
    let perSecond = Double(count) / (time / .seconds(1))
    let transport = FakeTransport { .taken($0.messages, after: .milliseconds($0.index % 5)) }
    _ = deliver(try messages(120), over: transport) { ($0.rate, $0.concurrency) = (rate, concurrency) }
    let starts = transport.requests.map(\.time)
    for start in starts {
      let within = starts.filter { start <= $0 && $0 < start + .seconds(1) }.count
      #expect(Double(within) <= perSecond.rounded(.up))
    }
    let shouldTake = time * 119 / count
    #expect(starts[119] >= shouldTake && starts[119] < shouldTake * 1.1 + .milliseconds(10))
  }

  @Test func aBatchTakesTheTimeOfAllItsMessagesAndIsNoMoreThanASecondsWorth() throws {
    let transport = FakeTransport { .taken($0.messages) }
    _ = deliver(try messages(12), over: transport, provider: FakeProvider(batchLimit: 100)) {
      $0.rate = SendRate(count: 5, per: .seconds(1))
    }
    #expect(transport.requests.map(\.messages.count) == [5, 5, 2])
    #expect(transport.requests.map(\.time) == [.zero, .seconds(1), .seconds(2)])
  }

  @Test func lateWakeUpsCostNothingButIdleTimeIsNotSavedUp() throws {
    var limiter = RateLimiter(try #require(SendRate(count: 100, per: .seconds(1))), now: .zero)
    limiter.take(1, at: .milliseconds(7))
    #expect(limiter.delay(at: .milliseconds(7)) <= .milliseconds(3))
    limiter.take(1, at: .seconds(100))
    // 50 ms may be caught up: the next five messages, but not ten thousand.
    for _ in 0..<5 { limiter.take(1, at: .seconds(100)) }
    #expect(limiter.delay(at: .seconds(100)) > .zero)
  }

  @Test func aRetryTakesItsTimeAsWell() throws {
    let transport = FakeTransport { $0.index == 0 ? .status(429) : .taken($0.messages) }
    _ = deliver(try messages(3), over: transport, context: transport.context(random: { 0 })) {
      $0.rate = SendRate(count: 1, per: .seconds(10))
    }
    #expect(transport.requests.map(\.time) == [0, 10, 20, 30].map { .seconds($0) })
  }
}
