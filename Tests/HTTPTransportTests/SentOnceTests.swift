import HTTPTransport
import Testing
import TestSupport

/// A message must not leave twice: whatever the server does, it sees each request once.
@Suite(.ownThread) struct SentOnceTests {
  static let behaviors =
    [
      ServerBehavior("closes", [], .noReply),
      ServerBehavior("cuts", [.reset], .noReply),
      ServerBehavior("says continue, then closes", writes: "HTTP/1.1 100 Continue\r\n\r\n", .noReply),
      ServerBehavior("writes half a status line", writes: "HTTP/1.1 2", .noReply),
    ]
    + [307, 401, 407, 408, 417, 421, 425, 429, 503].map { status in
      // With all that makes one client or another try again by itself.
      let headers = [
        "Connection: close", "Location: /", "Retry-After: 0", "WWW-Authenticate: Basic realm=x",
        "Proxy-Authenticate: Basic realm=x",
      ]
      return ServerBehavior(
        "says \(status)", writes: ScriptedServer.reply("\(status) No", headers: headers), .replied(status))
    }

  /// The trap: a client that finds the connection it used before closed likes to send once more on a new one.
  @Test(arguments: behaviors, ["to=%2B15550100001&text=Hello", "", String(repeating: "x", count: 300_000)])
  func onAConnectionUsedBefore(behavior: ServerBehavior, body: String) throws {
    for isSilent in [false, true] { try onAConnectionUsedBefore(behavior, body, isSilent: isSilent) }
  }

  /// With libcurl as it is, and as it was before 7.80.
  private func onAConnectionUsedBefore(_ behavior: ServerBehavior, _ body: String, isSilent: Bool) throws {
    let server = try ScriptedServer { connection in
      connection == 0 || body.isEmpty
        ? [.read, .write(ScriptedServer.reply()), .read] + behavior.steps : [.answerAll(with: ScriptedServer.reply())]
    }
    let transport = try makeTransport(isSilent: isSilent)
    #expect(Ending(transport.perform(request(server.url, body: "first"))) == .replied(200))
    let outcome = Ending(transport.perform(request(server.url, body: body)))
    #expect(server.requests.map { String(decoding: $0.body, as: UTF8.self) } == ["first", body])
    // The used connection was used again; but a request without a body is not trusted to it.
    #expect(server.requests.map(\.connection) == [0, body.isEmpty ? 1 : 0])
    #expect(outcome == (body.isEmpty ? .replied(200) : behavior.ending))
  }

  @Test(arguments: behaviors)
  func onANewConnection(behavior: ServerBehavior) throws {
    let server = try ScriptedServer { connection in
      connection == 0 ? [.read] + behavior.steps : [.answerAll(with: ScriptedServer.reply())]
    }
    #expect(Ending(try makeTransport().perform(request(server.url))) == behavior.ending)
    #expect(server.requests.count == 1)
  }

  @Test func onAConnectionThatWasClosedLongAgo() throws {
    let server = try ScriptedServer { _ in [.read, .write(ScriptedServer.reply())] }
    let transport = try makeTransport()
    for _ in 1...20 {
      #expect(Ending(transport.perform(request(server.url))) != .notSent)
    }
    #expect(server.requests.count <= 20)
  }
}
