import HTTPTransport
import Ledger
import Messaging
import Testing

@testable import Delivery

@Suite struct DispatcherTests {
  @Test(arguments: [(1, 1), (8, 1), (3, 100), (64, 7)])
  func everyMessageIsSentOnceAndReportedOnce(concurrency: Int, batch: Int) throws {
    let messages = try messages(500)
    let transport = FakeTransport { .taken($0.messages, after: .milliseconds(10 + $0.index % 7)) }
    let delivered = deliver(messages, over: transport, provider: FakeProvider(batchLimit: batch)) {
      $0.concurrency = concurrency
      $0.profile = "office"
    }
    #expect(transport.requests.flatMap(\.messages).sorted() == messages.map(\.identity).sorted())
    #expect(delivered.rows.sorted() == Array(1...500))
    #expect(delivered.records.allSatisfy { $0.provider == "fake" && $0.profile == "office" && $0.status == .accepted })
    #expect(delivered.result.counts.accepted == 500)
    #expect(delivered.result.stops.isEmpty)
    #expect(transport.mostInFlight == min(concurrency, 500 / batch + 1))
    #expect(delivered.result.duration == transport.now)
  }

  @Test func nothingToSendIsDoneAtOnce() {
    let transport = FakeTransport { .taken($0.messages) }
    let delivered = deliver([], over: transport)
    #expect(delivered.result == DispatchResult())
    #expect(transport.requests.isEmpty)
  }

  @Test func messagesAreReportedAsTheySettle() throws {
    let transport = FakeTransport { .taken($0.messages, after: .seconds(5 - $0.index)) }
    let delivered = deliver(try messages(4), over: transport)
    #expect(delivered.rows == [4, 3, 2, 1])
  }

  @Test func aRowIsClaimedBeforeItsRequestLeavesAndNotedBeforeItIsReported() throws {
    let messages = try messages(20)
    let queue = WatchedQueue(messages)
    let rows = Dictionary(uniqueKeysWithValues: messages.enumerated().map { ($1.identity, $0 + 1) })
    let transport = FakeTransport { request in
      #expect(request.messages.allSatisfy { queue.status[rows[$0] ?? 0] == .sending })
      return request.index == 3 ? .status(429) : .taken(request.messages)
    }
    _ = deliver(
      messages, over: transport, queue: queue,
      report: { record in
        #expect(queue.status[record.row ?? 0] == record.status)
        return .goOn
      })
  }

  // MARK: Batches

  @Test func aBatchHoldsConsecutiveMessagesThatMayShareARequest() throws {
    var messages = try messages(7)
    for (index, from) in ["A", "A", "B", "A", "A", "A", "A"].enumerated() { messages[index].from = from }
    let transport = FakeTransport { .taken($0.messages) }
    _ = deliver(messages, over: transport, provider: FakeProvider(batchLimit: 3))
    #expect(transport.requests.map(\.messages.count) == [2, 1, 3, 1])
    #expect(transport.requests.map { $0.form["from"] } == ["A", "B", "A", "A"])
  }

  @Test func theUsersBatchSizeCountsUpToTheProvidersLimit() throws {
    for (asked, sent) in [(2, 2), (50, 3)] {
      let transport = FakeTransport { .taken($0.messages) }
      _ = deliver(try messages(6), over: transport, provider: FakeProvider(batchLimit: 3)) { $0.batch = asked }
      #expect(transport.requests.map(\.messages.count) == Array(repeating: sent, count: 6 / sent))
    }
  }

  @Test func sameNumberAndTextNeverShareARequest() throws {
    var messages = try messages(4)
    messages[2] = messages[0]
    let transport = FakeTransport { .taken($0.messages) }
    let delivered = deliver(messages, over: transport, provider: FakeProvider(batchLimit: 10))
    #expect(transport.requests.map(\.messages.count) == [2, 2])
    #expect(delivered.rows(.accepted) == [1, 2, 3, 4])
  }

  @Test func textsThatOnlyLookTheSameMayShareARequest() throws {
    let to = try PhoneNumber(parsing: "+15550100001")
    let messages = ["e\u{301}", "\u{E9}"].map { OutgoingMessage(to: to, body: $0) }
    let transport = FakeTransport { .taken($0.messages) }
    _ = deliver(messages, over: transport, provider: FakeProvider(batchLimit: 10))
    #expect(transport.requests.count == 1)
  }

  @Test func whatABatchesReplyLeavesOutIsUnknown() throws {
    let transport = FakeTransport { .taken(Array($0.messages.dropFirst())) }
    let delivered = deliver(try messages(3), over: transport, provider: FakeProvider(batchLimit: 3))
    #expect(delivered.rows(.unknown) == [1])
    #expect(delivered.rows(.accepted) == [2, 3])
    #expect(transport.requests.count == 1)
  }

  @Test func aRefusedBatchFailsAsAWholeAndTheJobGoesOn() throws {
    let transport = FakeTransport { $0.index == 0 ? .answer("refused") : .taken($0.messages) }
    let delivered = deliver(try messages(6), over: transport, provider: FakeProvider(batchLimit: 3))
    #expect(delivered.rows(.failed) == [1, 2, 3])
    #expect(delivered.rows(.accepted) == [4, 5, 6])
    #expect(delivered.records.first?.error == MessageError(code: "9", message: "the request is refused"))
    #expect(delivered.result.stops.isEmpty)
  }

  // MARK: Outcomes

  @Test(arguments: [FakeTransport.Fate.cutOff, .timedOut, .status(500), .status(302), .status(503), .answer("")])
  func whatMayHaveBeenProcessedIsUnknownAndNeverSentAgain(_ fate: FakeTransport.Fate) throws {
    let transport = FakeTransport { $0.index == 1 ? fate : .taken($0.messages) }
    let delivered = deliver(try messages(10), over: transport)
    #expect(delivered.rows(.unknown) == [2])
    #expect(delivered.rows(.accepted).count == 9)
    #expect(transport.requests.count == 10)
    #expect(delivered.records.first { $0.row == 2 }?.error != nil)
  }

  @Test(arguments: ["credentials", "credit"])
  func refusedCredentialsAndEmptyCreditStopTheJob(_ word: String) throws {
    let transport = FakeTransport { $0.index == 2 ? .answer(word) : .taken($0.messages, after: .seconds(1)) }
    let delivered = deliver(try messages(100), over: transport) { $0.concurrency = 4 }
    #expect(transport.requests.count == 4)
    #expect(delivered.rows(.accepted) == [1, 2, 4])
    #expect(delivered.queue.status[3] == .planned)
    guard case .refused(let error) = delivered.result.stops.first else {
      Issue.record("did not stop")
      return
    }
    #expect(error.kind == (word == "credit" ? .noCredit : .credentials))
  }

  @Test func anHTTPRefusalOfTheCredentialsStopsTheJobAsWell() throws {
    let transport = FakeTransport { _ in .status(401) }
    let delivered = deliver(try messages(100), over: transport) { $0.concurrency = 1 }
    #expect(transport.requests.count == 1)
    #expect(delivered.records.isEmpty)
  }

  @Test func failedAndUnknownMessagesCountTowardsTheLimitOfFailures() throws {
    let transport = FakeTransport { request in
      switch request.index {
      case 2: .answer("refused \(request.messages[0])")
      case 4: .cutOff
      default: .taken(request.messages)
      }
    }
    let delivered = deliver(try messages(100), over: transport) { ($0.concurrency, $0.maxFailures) = (1, 2) }
    #expect(delivered.result.stops == [.tooManyFailures])
    #expect(transport.requests.count == 5)
    #expect((delivered.rows(.failed), delivered.rows(.unknown)) == ([3], [5]))
  }

  @Test func anAnswerThatDoesNotMatchItsRequestIsUnknown() throws {
    let request = PendingRequest(
      try messages(2).enumerated().map { JobMessage(row: $0 + 1, message: $1) }, of: FakeProvider(batchLimit: 2))
    let outcome = request.outcome(answered: [MessageRecord(status: .accepted)])
    #expect(outcome.settled.map(\.status) == [.unknown, .unknown])
  }
}
