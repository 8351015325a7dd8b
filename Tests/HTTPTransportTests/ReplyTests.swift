import HTTPTransport
import Messaging
import Testing
import TestSupport

private let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

private func endless(_ text: String) -> ScriptedServer.Step {
  .drip(String(repeating: text, count: 10_000), pause: .zero)
}

@Suite(.ownThread) struct ReplyTests {
  /// A reply counts when it is whole, and only then.
  @Test(arguments: [
    ServerBehavior("a whole reply", writes: ScriptedServer.reply(), .replied(200)),
    ServerBehavior("no length, ended by closing", writes: "HTTP/1.1 200 OK\r\n\r\nok", .replied(200)),
    ServerBehavior("no body at all", writes: "HTTP/1.1 200 OK\r\n\r\n", .replied(200)),
    ServerBehavior("204", [.write("HTTP/1.1 204 No Content\r\n\r\n"), .hang], .replied(204)),
    ServerBehavior(
      "interim reply", writes: "HTTP/1.1 103 Early\r\nX: y\r\n\r\n\(ScriptedServer.reply())", .replied(200)),
    ServerBehavior("chunks", [.write("\(chunked)2\r\nok\r\n0\r\n\r\n"), .hang], .replied(200)),
    ServerBehavior("chunks and a trailer", [.write("\(chunked)2\r\nok\r\n0\r\nX: y\r\n\r\n"), .hang], .replied(200)),
    ServerBehavior("closing announced", writes: ScriptedServer.reply(headers: ["Connection: close"]), .replied(200)),
    ServerBehavior("more than announced", writes: "\(ScriptedServer.reply())HTTP/1.1 500 Other\r\n\r\n", .replied(200)),
    ServerBehavior("less than announced", writes: "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok", .noReply),
    ServerBehavior("headers cut", writes: "HTTP/1.1 200 OK\r\nContent-Le", .noReply),
    ServerBehavior("chunk cut", writes: "\(chunked)5\r\nok", .noReply),
    ServerBehavior("last chunk missing", writes: "\(chunked)2\r\nok\r\n", .noReply),
    ServerBehavior("broken chunk", writes: "\(chunked)zz\r\nok\r\n0\r\n\r\n", .noReply),
    ServerBehavior("no HTTP", writes: "ok\n", .noReply),
    ServerBehavior("no status", writes: "HTTP/1.1 OK\r\n\r\nok", .noReply),
    ServerBehavior("bad length", writes: "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nok", .noReply),
    ServerBehavior("endless body", [.write("HTTP/1.1 200 OK\r\n\r\n"), endless("x")], .noReply),
    ServerBehavior("endless header line", [.write("HTTP/1.1 200 OK\r\nX: "), endless("x")], .noReply),
    ServerBehavior("endless headers", [.write("HTTP/1.1 200 OK\r\n"), endless("X: y\r\n")], .noReply),
    ServerBehavior("endless interim replies", [endless("HTTP/1.1 100 Continue\r\n\r\n")], .noReply),
  ])
  func isWholeOrNone(behavior: ServerBehavior) throws {
    let server = try ScriptedServer { _ in [.read] + behavior.steps }
    #expect(Ending(try makeTransport().perform(request(server.url))) == behavior.ending)
    #expect(server.requests.count == 1)
  }

  @Test func aReplyOverTheCapIsNone() throws {
    let server = try ScriptedServer { _ in
      [.answerAll(with: ScriptedServer.reply(body: String(repeating: "x", count: 100_000)))]
    }
    #expect(Ending(try makeTransport(responseCap: 101_000).perform(request(server.url))) == .replied(200))
    #expect(Ending(try makeTransport(responseCap: 99_999).perform(request(server.url))) == .noReply)
  }

  @Test func anElevenMegabyteReplyIsNone() throws {
    let server = try ScriptedServer { _ in
      [.read, .write(ScriptedServer.reply(body: String(repeating: "x", count: 11_000_000)))]
    }
    let outcome = try makeTransport().perform(request(server.url))
    #expect(outcome == .failure(.noReply(reason: "the reply has more than 10000000 bytes", timedOut: false)))
  }

  /// The deadline is for all of it: a server that keeps writing does not put it off.
  @Test(arguments: [
    ServerBehavior("silence", [.hang], .timedOut),
    ServerBehavior(
      "dripping body",
      [
        .write("HTTP/1.1 200 OK\r\n\r\n"), .drip("x", pause: .milliseconds(10)),
      ], .timedOut),
    ServerBehavior(
      "dripping header",
      [
        .write("HTTP/1.1 200 OK\r\nX: "), .drip("x", pause: .milliseconds(10)),
      ], .timedOut),
    ServerBehavior("body missing", [.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"), .hang], .timedOut),
  ])
  func isGivenUpAtTheDeadline(behavior: ServerBehavior) throws {
    let server = try ScriptedServer { _ in [.read] + behavior.steps }
    let outcome = try makeTransport().perform(request(server.url, timeout: .milliseconds(300)))
    #expect(Ending(outcome) == behavior.ending)
  }

  @Test func aRequestThatIsNeverReadIsGivenUpToo() throws {
    let server = try ScriptedServer { _ in [.skip(1), .read, .hang] }
    let body = String(repeating: "x", count: 50_000_000)
    let outcome = try makeTransport().perform(request(server.url, body: body, timeout: .milliseconds(300)))
    #expect(Ending(outcome) == .timedOut)
  }

  @Test func aRefusalBeforeTheBodyIsReadIsAReply() throws {
    let server = try ScriptedServer { _ in
      [.skip(100), .write(ScriptedServer.reply("413 Too Large", headers: ["Connection: close"])), .hang]
    }
    let outcome = try makeTransport().perform(request(server.url, body: String(repeating: "x", count: 5_000_000)))
    #expect(Ending(outcome) == .replied(413))
  }

  @Test func bytesAfterAReplyAreNoPartOfTheNext() throws {
    let server = try ScriptedServer { connection in
      connection == 0
        ? [.read, .write(ScriptedServer.reply(body: "one") + ScriptedServer.reply(body: "stray")), .hang]
        : [.answerAll(with: ScriptedServer.reply(body: "two"))]
    }
    let transport = try makeTransport()
    let bodies = try [1, 2].map { _ in try transport.perform(request(server.url))?.get().body }
    #expect(bodies == [Array("one".utf8), Array("two".utf8)])
  }

  @Test(arguments: [301, 302, 303, 307, 308]) func aRedirectIsNotFollowed(status: Int) throws {
    let elsewhere = try ScriptedServer { _ in [.answerAll(with: ScriptedServer.reply())] }
    let server = try ScriptedServer { _ in
      [.answerAll(with: ScriptedServer.reply("\(status) There", headers: ["Location: \(elsewhere.url)"]))]
    }
    #expect(Ending(try makeTransport().perform(request(server.url))) == .replied(status))
    #expect(elsewhere.connections == 0)
  }

  @Test(arguments: [
    (["Retry-After: 120"], 120), (["retry-after:0"], 0), (["RETRY-AFTER: \t7 "], 7), ([], nil),
    (["Retry-After: "], nil),
    (["Retry-After: soon"], nil), (["X-Retry-After: 5"], nil), (["Retry-After: -5"], nil),
    (["Retry-After: Thu, 01 Jan 1970 00:00:00 GMT"], 0), (["Retry-After: 99999999999999999999"], 1_000_000_000),
  ])
  func retryAfterIsRead(headers: [String], seconds: Int?) throws {
    let interim = "HTTP/1.1 103 Early\r\nRetry-After: 99\r\n\r\n"
    let server = try ScriptedServer { _ in
      [.answerAll(with: interim + ScriptedServer.reply("503 Later", headers: headers))]
    }
    let response = try makeTransport().perform(request(server.url))?.get()
    #expect(response == HTTPResponse(status: 503, retryAfter: seconds, body: Array("ok".utf8)))
  }

  @Test(
    arguments: [
      (["Date: Sun, 06 Nov 1994 08:49:37 GMT"], 784_111_777), (["date:Sunday, 06-Nov-94 08:49:37 GMT"], 784_111_777),
      ([], nil), (["Date: "], nil), (["Date: soon"], nil), (["X-Date: Sun, 06 Nov 1994 08:49:37 GMT"], nil),
    ] as [([String], Int64?)])
  func theServersTimeIsRead(headers: [String], seconds: Int64?) throws {
    let interim = "HTTP/1.1 103 Early\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n\r\n"
    let server = try ScriptedServer { _ in [.answerAll(with: interim + ScriptedServer.reply(headers: headers))] }
    #expect(try makeTransport().perform(request(server.url))?.get().date?.unixSeconds == seconds)
  }
}
