import HTTPTransport
import Messaging
import Platform
import Testing
import TestSupport

@Suite(.ownThread, .enabled(if: TLSServer.isAvailable, "needs the openssl program"))
struct TLSTests {
  @Test func aServerWithATrustedCertificateGetsTheRequest() throws {
    try withTemporaryFolder { folder in
      let server = try TLSServer(folder, names: "IP:127.0.0.1")
      let outcome = try makeTransport(caFile: server.certificate).perform(request(server.url))
      #expect(Ending(outcome) == .replied(200))
    }
  }

  @Test func aSelfSignedCertificateIsRefused() throws {
    try withTemporaryFolder { folder in
      let server = try TLSServer(folder, names: "IP:127.0.0.1")
      let outcome = try makeTransport().perform(request(server.url))
      #expect(Ending(outcome) == .notSent)
    }
  }

  @Test func aTrustedCertificateOfAnotherNameIsRefused() throws {
    try withTemporaryFolder { folder in
      let server = try TLSServer(folder, names: "DNS:sms.example.com,IP:127.0.0.2")
      let outcome = try makeTransport(caFile: server.certificate).perform(request(server.url))
      #expect(Ending(outcome) == .notSent)
    }
  }

  @Test func aFileWithoutCertificatesTrustsNobody() throws {
    try withTemporaryFolder { folder in
      try Files.createExclusive("\(folder)/empty.pem", Array("nothing here\n".utf8))
      let transport = try makeTransport(caFile: "\(folder)/empty.pem")
      let server = try ScriptedServer { _ in [.hang] }
      #expect(Ending(transport.perform(request("https://127.0.0.1:\(server.port)/"))) == .notSent)
    }
  }
}

/// `openssl s_server` with a certificate made for the test; it takes one connection and answers 200.
struct TLSServer {
  static let isAvailable =
    (try? Subprocess.run(["openssl", "version"], timeout: .seconds(30)))?.stdout.starts(with: "OpenSSL".utf8) == true

  let url: String
  let certificate: String

  init(_ folder: String, names: String) throws {
    let (certificate, key, log) = ("\(folder)/certificate.pem", "\(folder)/key.pem", "\(folder)/log")
    let made = try Subprocess.run(
      [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-keyout", key, "-out", certificate, "-subj", "/CN=test", "-addext", "subjectAltName=\(names)",
      ], timeout: .seconds(60))
    try #require(made.status == .exited(0))
    // At the end of its input the server hangs up, so it reads the reply from a pipe that is held open.
    let pipe = "'\(folder)/reply'"
    let command = """
      mkfifo \(pipe) && exec 3<>\(pipe) && cat >&3 &&
      openssl s_server -accept 127.0.0.1:0 -naccept 1 -cert '\(certificate)' -key '\(key)' <&3 > '\(log)' 2>&1
      """
    let reply = Array(ScriptedServer.reply(headers: ["Connection: close"]).utf8)
    try DetachedThread.start {
      _ = try? Subprocess.run(
        ["/bin/sh", "-c", command], input: reply, timeout: .seconds(60))
    }
    self.certificate = certificate
    url = "https://127.0.0.1:\(try Self.port(in: log))/"
  }

  /// The port on which the server says that it listens, as soon as it says so.
  private static func port(in log: String) throws -> UInt16 {
    let deadline = MonotonicInstant.now + .seconds(60)
    while deadline.remaining > .zero {
      let text = String(decoding: (try? Files.read(log, limit: 1_000_000)) ?? [], as: UTF8.self)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      if let line = lines.first(where: { $0.hasPrefix("ACCEPT ") }) {
        return try #require(line.split(separator: ":").last.flatMap { UInt16($0) })
      }
      SystemClock.sleep(for: .milliseconds(5))
    }
    throw SubprocessError.timedOut
  }
}
