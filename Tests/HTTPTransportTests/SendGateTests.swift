import HTTPTransport
import Messaging
import Platform
import TestSupport
import Testing

/// The connection may be made while the gate is closed, but no byte of the request leaves before it opens.
@Suite struct SendGateTests {
  /// What is seen at the server's end when the gate is asked.
  private struct Sight {
    var isConnected = false
    var connection: Socket?
    var bytesCame = false

    mutating func look(at listener: Socket, waiting time: Duration) {
      isConnected = listener.waitUntilReadable(atMost: time)
      connection = isConnected ? listener.accept() : nil
      bytesCame = connection?.waitUntilReadable(atMost: .zero) == true
    }
  }

  @Test(arguments: [true, false])
  func theConnectionStandsAndNothingHasLeft(opens: Bool) throws {
    let listener = try Socket.listening()
    defer { listener.close() }
    let transport = try makeTransport()
    var sights: [Sight] = []
    transport.start(request("http://127.0.0.1:\(listener.port)"), id: 7) {
      var sight = Sight()
      sight.look(at: listener, waiting: .seconds(60))
      // The reply waits for the client, so that no server is needed.
      if opens { _ = sight.connection?.write(ScriptedServer.reply()) }
      sights.append(sight)
      return opens
    }
    let finished = transport.wait(atMost: nil, wakingOn: nil)
    let sight = try #require(sights.first)
    defer { sight.connection?.close() }
    #expect(sights.count == 1 && sight.isConnected && !sight.bytesCame)
    #expect(finished.map { Ending($0.result) } == [opens ? .replied(200) : .notSent])
    let bytes = sight.connection?.read()
    #expect(bytes.map { $0.starts(with: "POST / HTTP/1.1\r\n".utf8) } == (opens ? true : nil))
  }

  /// It can't be kept from sending once it is connected.
  @Test("A libcurl before 7.80 connects when the gate is open", arguments: [true, false])
  func old(opens: Bool) throws {
    let server = try ScriptedServer { _ in [.answerAll(with: ScriptedServer.reply())] }
    let transport = try makeTransport(isSilent: true)
    var connections: [Int] = []
    transport.start(request(server.url), id: 7) {
      connections.append(server.connections)
      return opens
    }
    #expect(connections == [0], "asked in `start`")
    let finished = transport.wait(atMost: nil, wakingOn: nil)
    #expect(finished.map { Ending($0.result) } == [opens ? .replied(200) : .notSent])
    #expect(server.requests.count == (opens ? 1 : 0) && server.connections == server.requests.count)
  }

  @Test func nobodyIsAskedWithoutAConnection() throws {
    let port = try ClosedPort()
    let transport = try makeTransport()
    var isAsked = false
    transport.start(request(port.url), id: 7) {
      isAsked = true
      return true
    }
    #expect(transport.wait(atMost: nil, wakingOn: nil).map { Ending($0.result) } == [.notSent])
    #expect(!isAsked)
  }

  @Test("A request on a connection used before waits too, is asked for once and sent once")
  func used() throws {
    let server = try ScriptedServer { connection in
      connection == 0 ? [.read, .write(ScriptedServer.reply()), .read] : [.answerAll(with: ScriptedServer.reply())]
    }
    let transport = try makeTransport()
    #expect(Ending(transport.perform(request(server.url))) == .replied(200))
    var requestsSeen: [Int] = []
    transport.start(request(server.url), id: 7) {
      requestsSeen.append(server.requests.count)
      return true
    }
    #expect(transport.wait(atMost: nil, wakingOn: nil).map { Ending($0.result) } == [.noReply])
    #expect(requestsSeen == [1] && server.requests.count == 2)
  }

  @Test("A gate that stayed shut does not keep the next request back")
  func next() throws {
    let server = try ScriptedServer { _ in [.answerAll(with: ScriptedServer.reply())] }
    let transport = try makeTransport()
    transport.start(request(server.url), id: 7) { false }
    #expect(transport.wait(atMost: nil, wakingOn: nil).map { Ending($0.result) } == [.notSent])
    #expect(Ending(transport.perform(request(server.url, body: "next"))) == .replied(200))
    #expect(server.requests.map { String(decoding: $0.body, as: UTF8.self) } == ["next"])
  }
}
