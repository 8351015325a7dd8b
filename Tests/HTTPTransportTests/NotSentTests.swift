import HTTPTransport
import Messaging
import Platform
import Testing
import TestSupport

/// Where no byte of the request left, trying again is safe, so it has to be told apart.
@Suite(.ownThread) struct NotSentTests {
  @Test func aClosedPort() throws {
    let port = try ClosedPort()
    #expect(Ending(try makeTransport().perform(request(port.url))) == .notSent)
  }

  @Test(arguments: [
    "http://sms.invalid/", "ftp://127.0.0.1/", "file:///etc/passwd", "http://user@127.0.0.1/", "http://", "",
    "127.0.0.1:x",
    "http://127.0.0.1:99999/", "http://127.0.0.1\0.example/", "http://127.0.0.1/\r\nX: y",
  ])
  func anAddressThatLeadsNowhere(url: String) throws {
    #expect(Ending(try makeTransport().perform(request(url))) == .notSent)
  }

  @Test(arguments: [
    HeaderField("X", "a\r\nY: b"), HeaderField("X", "a\nY: b"), HeaderField("X", "a\0b"), HeaderField("X: y", "z"),
    HeaderField("", "z"), HeaderField("X\n", "z"),
  ])
  func aHeaderThatIsMoreThanOneLine(field: HeaderField) throws {
    let server = try ScriptedServer { _ in [.answerAll(with: ScriptedServer.reply())] }
    let transport = try makeTransport()
    #expect(Ending(transport.perform(request(server.url, headers: [field]))) == .notSent)
    #expect(transport.inFlight == 0)
    #expect(server.connections == 0)
  }

  @Test func aServerThatNeverShakesHands() throws {
    let server = try ScriptedServer { _ in [.hang] }
    let url = "https://127.0.0.1:\(server.port)/"
    #expect(Ending(try makeTransport().perform(request(url, timeout: .milliseconds(300)))) == .notSent)
  }

  @Test(
    arguments: [[], [.reset], [.skip(1), .write("HTTP/1.1 400 Speak plainly\r\n\r\n")]] as [[ScriptedServer.Step]])
  func aServerThatCannotTLS(steps: [ScriptedServer.Step]) throws {
    let server = try ScriptedServer { _ in steps }
    #expect(Ending(try makeTransport().perform(request("https://127.0.0.1:\(server.port)/"))) == .notSent)
  }

  @Test func aProxyThatIsNotThere() throws {
    let server = try ScriptedServer { _ in [.answerAll(with: ScriptedServer.reply())] }
    let proxy = try ClosedPort()
    #expect(Ending(try makeTransport(proxy: proxy.url).perform(request(server.url))) == .notSent)
    #expect(server.connections == 0)
  }

  @Test(
    arguments: [
      [.read, .write(ScriptedServer.reply("403 No"))], [.read], [.read, .reset],
      [.read, .write("HTTP/1.1 200 OK\r\n\r\n")],
    ] as [[ScriptedServer.Step]])
  func aProxyThatOpensNoTunnel(steps: [ScriptedServer.Step]) throws {
    let proxy = try ScriptedServer { _ in steps }
    let outcome = try makeTransport(proxy: proxy.url).perform(request("https://sms.example.com/"))
    #expect(Ending(outcome) == .notSent)
    #expect(proxy.requests.allSatisfy { $0.head.hasPrefix("CONNECT sms.example.com:443 ") && $0.body.isEmpty })
  }

  @Test func aMissingCertificateFileIsFoundAtOnce() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/ca.pem"
      #expect(throws: TransportSetupError.caFile(SystemError(code: 2, operation: "open", path: path))) {
        try makeTransport(caFile: path)
      }
    }
  }
}
