import HTTPTransport
import Messaging
import Platform
import Testing
import TestSupport

@Suite(.ownThread) struct ExchangeTests {
  @Test func theRequestArrivesAsItWasGiven() throws {
    let server = try ScriptedServer { _ in [.answerAll(with: ScriptedServer.reply(body: "caf\u{e9}\0"))] }
    let body: [UInt8] = [0, 0xff, 13, 10, 0x26]
    let headers = [HeaderField("Authorization", "Basic eA=="), HeaderField("X-Empty", "")]
    let wire = WireRequest(url: "\(server.url)/a/b?c=d", headers: headers, body: body, timeout: .seconds(60))
    let outcome = try makeTransport().perform(wire)
    #expect(outcome == .success(HTTPResponse(status: 200, body: Array("caf\u{e9}\0".utf8))))
    let received = try #require(server.requests.first)
    #expect(received.body == body)
    #expect(
      received.head.split(separator: "\r\n") == [
        "POST /a/b?c=d HTTP/1.1", "Host: 127.0.0.1:\(server.port)", "User-Agent: sms/1.2.3", "Accept: */*",
        "Authorization: Basic eA==", "X-Empty:", "Content-Length: 5",
        "Content-Type: application/x-www-form-urlencoded",
      ])
  }

  @Test func longBodiesDoNotWaitForPermission() throws {
    let server = try ScriptedServer { _ in [.answerAll(with: ScriptedServer.reply())] }
    let body = String(repeating: "x", count: 3_000_000)
    #expect(Ending(try makeTransport().perform(request(server.url, body: body))) == .replied(200))
    #expect(server.requests.first?.body.count == 3_000_000)
    #expect(server.requests.first?.head.contains("Expect") == false)
  }

  @Test func headersOfOneRequestDoNotLeakIntoTheNext() throws {
    let server = try ScriptedServer { _ in [.answerAll(with: ScriptedServer.reply())] }
    let transport = try makeTransport()
    for headers in [[HeaderField("Authorization", "Bearer a")], [], [HeaderField("Authorization", "Bearer b")]] {
      #expect(Ending(transport.perform(request(server.url, headers: headers))) == .replied(200))
    }
    let authorizations = server.requests.map {
      $0.head.split(separator: "\r\n").filter { $0.hasPrefix("Authorization") }
    }
    #expect(authorizations == [["Authorization: Bearer a"], [], ["Authorization: Bearer b"]])
  }

  @Test func aThousandRequestsShareAConnection() throws {
    let server = try ScriptedServer { _ in [.answerAll(with: ScriptedServer.reply())] }
    let transport = try makeTransport()
    for _ in 1...1000 { #expect(Ending(transport.perform(request(server.url))) == .replied(200)) }
    #expect(server.requests.count == 1000)
    #expect(server.connections == 1)
  }

  @Test func everyRequestOfManyAtOnceIsAnsweredAndSeenOnce() throws {
    let server = try ScriptedServer { _ in [.answerAll(with: ScriptedServer.reply())] }
    let transport = try makeTransport()
    var (next, answered): (Int, [Int]) = (0, [])
    while answered.count < 2000 {
      while transport.inFlight < 64 && next < 2000 {
        transport.start(request(server.url, body: "n=\(next)"), id: next)
        next += 1
      }
      for finished in transport.wait(atMost: nil, wakingOn: nil) {
        #expect(Ending(finished.result) == .replied(200))
        answered.append(finished.id)
      }
    }
    #expect(transport.inFlight == 0)
    #expect(answered.sorted() == Array(0..<2000))
    #expect(server.requests.count == 2000)
    #expect(Set(server.requests.map(\.body)) == Set((0..<2000).map { Array("n=\($0)".utf8) }))
    #expect(server.connections <= 64)
  }

  @Test func aFailureConcernsItsOwnRequestOnly() throws {
    let good = try ScriptedServer { _ in [.answerAll(with: ScriptedServer.reply())] }
    let bad = try ScriptedServer { _ in [.read, .reset] }
    let closed = try ClosedPort()
    let transport = try makeTransport()
    let urls = [good.url, bad.url, "http://sms.invalid/", closed.url]
    for id in 0..<40 { transport.start(request(urls[id % 4]), id: id) }
    var endings: [Int: Ending] = [:]
    while transport.inFlight > 0 {
      for finished in transport.wait(atMost: nil, wakingOn: nil) { endings[finished.id] = Ending(finished.result) }
    }
    let expected: [Ending] = [.replied(200), .noReply, .notSent, .notSent]
    #expect(endings.count == 40)
    #expect(endings.allSatisfy { $1 == expected[$0 % 4] })
  }

  @Test func waitingEndsWhenTheDescriptorIsReadable() throws {
    let server = try ScriptedServer { _ in [.read, .hang] }
    let transport = try makeTransport()
    transport.start(request(server.url), id: 7)
    // Readable at once and for ever, as the descriptor of a signal that has come.
    let readable = try Files.openForReading("/dev/zero")
    defer { readable.close() }
    #expect(transport.wait(atMost: nil, wakingOn: readable) == [])
    #expect(transport.inFlight == 1)
  }

  @Test func waitingEndsWithTheTime() throws {
    let transport = try makeTransport()
    #expect(transport.wait(atMost: nil, wakingOn: nil) == [])
    #expect(transport.wait(atMost: .milliseconds(1), wakingOn: nil) == [])
    let server = try ScriptedServer { _ in [.read, .hang] }
    transport.start(request(server.url), id: 7)
    #expect(transport.wait(atMost: .milliseconds(50), wakingOn: nil) == [])
    #expect(transport.wait(atMost: .zero, wakingOn: nil) == [])
    #expect(transport.inFlight == 1)
  }

  @Test func aProxyGetsTheWholeAddress() throws {
    let proxy = try ScriptedServer { _ in [.answerAll(with: ScriptedServer.reply())] }
    let outcome = try makeTransport(proxy: proxy.url).perform(request("http://sms.example.com/send"))
    #expect(Ending(outcome) == .replied(200))
    #expect(proxy.requests.first?.head.hasPrefix("POST http://sms.example.com/send HTTP/1.1\r\n") == true)
  }
}
