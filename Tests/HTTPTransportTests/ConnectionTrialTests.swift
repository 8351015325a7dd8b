import Messaging
import Platform
import TestSupport
import Testing

@testable import HTTPTransport

@Suite(.ownThread) struct ConnectionTrialTests {
  private func trial(_ url: String, caFile: String? = nil, proxy: String = "", timeout: Duration = .seconds(60)) throws
    -> ConnectionAttempt
  {
    try ConnectionAttempt.run(url, timeout: timeout, TransportOptions(caFile: caFile, proxy: proxy))
  }

  @Test("A connection is made and no request leaves on it")
  func plain() throws {
    let server = try ScriptedServer { _ in [.read] }
    let trial = try trial("http://127.0.0.1:\(server.port)/api")
    #expect(trial == ConnectionAttempt(.connected, address: "127.0.0.1:\(server.port)"))
    #expect(server.requests.isEmpty)
  }

  @Test("TLS is part of it, and so is the certificate", .enabled(if: TLSServer.isAvailable, "needs openssl"))
  func tls() throws {
    // Each takes one connection.
    try withTemporaryFolder { folder in
      let server = try TLSServer(folder, names: "IP:127.0.0.1")
      let trusted = try trial(server.url, caFile: server.certificate)
      #expect(trusted.ending == .connected, "\(trusted)")
    }
    try withTemporaryFolder { folder in
      let untrusted = try trial(try TLSServer(folder, names: "IP:127.0.0.1").url)
      #expect(untrusted.ending == .insecure, "\(untrusted)")
    }
  }

  @Test("Nobody there, no such name, no such proxy, no end: each is told from the others")
  func endings() throws {
    let gone = try ClosedPort()
    #expect(try trial(gone.url).ending == .notConnected)
    // Longer than a label may be (RFC 1035), so that no name server is asked.
    let nowhere = String(repeating: "a", count: 64) + ".example"
    #expect(try trial("http://\(nowhere)").ending == .nameUnknown)
    #expect(try trial("https://127.0.0.1:\(gone.port)", proxy: "http://\(nowhere):3128").ending == .proxyUnknown)
    let silent = try ScriptedServer { _ in [.hang] }
    let late = try trial("https://127.0.0.1:\(silent.port)", timeout: .milliseconds(100))
    #expect(late.ending == .timedOut && !late.reason.isEmpty)
  }

  @Test("Through a proxy it is the tunnel that counts")
  func proxy() throws {
    let refusing = try ScriptedServer { _ in [.read, .write("HTTP/1.1 407 No\r\nContent-Length: 3\r\n\r\nno\n")] }
    let refused = try trial("https://192.0.2.1", proxy: "http://127.0.0.1:\(refusing.port)")
    #expect(refused.ending == .failed && refused.isTunnel)
    #expect(refusing.requests.map { $0.head.hasPrefix("CONNECT 192.0.2.1:443 ") } == [true])
  }

  @Test("libcurl says what it is")
  func library() throws {
    let library = try TransportLibrary.loaded()
    #expect(library.version.first?.isNumber == true && library.tls?.isEmpty == false)
  }
}
