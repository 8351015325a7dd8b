import HTTPTransport
import Messaging
import TestSupport
import Testing

@testable import Delivery

private let question = APICall(request: HTTPRequest(url: "https://sms.example/balance", form: [])) {
  response throws(ProviderError) in
  guard !response.body.isEmpty else { throw ProviderError(.untrusted, message: "empty") }
  return String(decoding: response.body, as: UTF8.self)
}

@Suite(.ownThread) struct CallRunnerTests {
  @Test(arguments: [FakeTransport.Fate.unreachable, .status(429), .status(503, retryAfter: 7)])
  func whatSurelyWasNotProcessedIsTriedAgain(_ fate: FakeTransport.Fate) throws {
    let transport = FakeTransport { $0.index < 3 ? fate : .answer("42") }
    #expect(try CallRunner(transport.context()).run(question) == "42")
    #expect(transport.requests.count == 4)
  }

  @Test func afterTheLastRetryTheErrorIsTheAnswer() {
    let transport = FakeTransport { _ in .unreachable }
    let error = #expect(throws: ProviderError.self) { try CallRunner(transport.context(retries: 2)).run(question) }
    #expect(error == ProviderError(.unreachable, message: "connection refused"))
    #expect(transport.requests.count == 3)
  }

  @Test(arguments: [FakeTransport.Fate.cutOff, .timedOut, .status(500), .status(401), .status(503), .answer("")])
  func nothingElseIsTriedAgain(_ fate: FakeTransport.Fate) {
    let transport = FakeTransport { _ in fate }
    #expect(throws: ProviderError.self) { try CallRunner(transport.context()).run(question) }
    #expect(transport.requests.count == 1)
  }

  @Test func retryAfterIsHonouredUpToFiveMinutes() throws {
    for (seconds, attempts) in [(300, 2), (301, 1), (Int.max, 1)] {
      let transport = FakeTransport { $0.index == 0 ? .status(429, retryAfter: seconds) : .answer("42") }
      _ = try? CallRunner(transport.context()).run(question)
      let starts = [Duration.zero, .milliseconds(100) + .seconds(min(seconds, 1000))].prefix(attempts)
      #expect(transport.requests.map(\.time) == Array(starts))
    }
  }

  @Test func aSignalEndsThePauseBetweenAttempts() {
    let transport = FakeTransport { _ in .status(429, retryAfter: 100) }
    transport.stopTime = .seconds(3)
    let error = #expect(throws: ProviderError.self) { try CallRunner(transport.context()).run(question) }
    #expect(transport.now == .seconds(3))
    #expect(error?.kind == .busy(retryAfter: 100))
  }

  @Test func aTraceSeesEachRequestAndReply() throws {
    let transport = FakeTransport { $0.index == 0 ? .unreachable : .answer("42") }
    var context = transport.context()
    var events: [String] = []
    context.trace = { event in
      switch event {
      case .request(let request, let attempt): events.append("\(request.url) \(attempt)")
      case .reply(_, .success(let response)): events.append("\(response.status)")
      case .reply(_, .failure): events.append("failure")
      }
    }
    _ = try CallRunner(context).run(question)
    #expect(events == ["https://sms.example/balance 1", "failure", "https://sms.example/balance 2", "200"])
  }
}
