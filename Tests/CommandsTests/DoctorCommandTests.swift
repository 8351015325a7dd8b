import Application
import HTTPTransport
import Ledger
import Messaging
import Platform
import TestSupport
import Testing
import TextFormats

@testable import Commands

/// What a machine can lack that a test can't take from it.
@Suite struct DoctorCommandTests {
  private static let configuration = "[profiles.a]\nprovider = \"sendapp\"\nkey = \"s3cr3t\"\n"

  private func diagnostics(
    tls: String? = "OpenSSL/3", certificates: String? = nil, writable: Bool = true,
    _ trial: ConnectionAttempt = ConnectionAttempt(.connected, address: "192.0.2.1:443"),
    ledger: Result<LedgerExamination, LedgerError> = .failure(.noFolder)
  ) -> Diagnostics {
    Diagnostics(
      isWritable: { _ in writable },
      transportLibrary: { () throws(TransportSetupError) in
        TransportLibrary(version: "8.0", tls: tls, certificates: CertificatePaths(file: certificates, folder: nil))
      },
      connect: { (_, _, _) throws(TransportSetupError) in trial },
      examineLedger: { (_) throws(LedgerError) in try ledger.get() })
  }

  /// The checks that are not ok, as `check: message`, and the exit code.
  private func faults(_ world: World) throws -> (code: ExitCode, faults: [String], hints: [String]) {
    let code = world.run("doctor", "-o", "json")
    let records = try #require(try JSONValue(parsing: Array(world.printed.utf8)).array)
    let faulty = records.filter { $0["status"]?.text != "ok" }
    return (
      code, faulty.map { "\($0["check"]?.text ?? ""): \($0["message"]?.text ?? "")" },
      faulty.map { $0["hint"]?.text ?? "none" }
    )
  }

  private func world(_ diagnostics: Diagnostics) -> World {
    let world = World(files: ["/home/ada/.smsrc": Self.configuration], diagnostics: diagnostics)
    world.putFolder("/home/ada")
    return world
  }

  @Test("A machine without TLS, or without certificates, is told so")
  func tls() throws {
    let none = try faults(world(diagnostics(tls: nil)))
    #expect(none.faults.contains("tls: libcurl 8.0 has no TLS") && none.code != .success)
    let bare = try faults(world(diagnostics(certificates: "/etc/ssl/none.pem")))
    #expect(bare.faults.contains { $0.hasPrefix("tls: libcurl 8.0 with OpenSSL/3: no certificates") })
  }

  @Test("Without libcurl the package of this system is named, and no setting is blamed")
  func noLibrary() throws {
    var diagnostics = diagnostics()
    diagnostics.transportLibrary = { () throws(TransportSetupError) in throw .noLibrary(reason: "not there") }
    diagnostics.connect = { (_, _, _) throws(TransportSetupError) in throw .noLibrary(reason: "not there") }
    let world = world(diagnostics)
    world.put("/etc/os-release", Array("ID=alpine\n".utf8))
    let found = try faults(world)
    #expect(found.code == .configuration)
    #expect(found.faults == ["tls: libcurl can't be used: not there", "connection: not tried without libcurl"])
    #expect(found.hints == ["run: sudo apk add libcurl", "none"])
  }

  static let trials: [(ConnectionAttempt, check: String)] = [
    (ConnectionAttempt(.nameUnknown, reason: "Could not resolve"), "dns: Could not resolve"),
    (ConnectionAttempt(.proxyUnknown, reason: "Could not resolve proxy"), "dns: Could not resolve proxy"),
    (ConnectionAttempt(.notConnected, reason: "refused"), "connection: refused"),
    (ConnectionAttempt(.timedOut, reason: "too slow"), "connection: too slow"),
    (ConnectionAttempt(.insecure, reason: "self-signed"), "connection: self-signed"),
    (ConnectionAttempt(.failed, reason: "407"), "connection: 407"),
  ]

  @Test("However a connection ends, it is said, with what to do", arguments: trials)
  func connection(trial: ConnectionAttempt, check: String) throws {
    let found = try faults(world(diagnostics(trial)))
    #expect(found.faults.contains(check) && !found.hints.contains("none"), "\(found)")
  }

  @Test("A damaged ledger, or one of a newer version, is 10")
  func ledger() throws {
    let there = ["/state/ledger.db": "", "/home/ada/.smsrc": Self.configuration]
    let sound = LedgerExamination(schemaVersion: 1, usesWriteAheadLog: true, isWritable: true, damages: [])
    var (damaged, slow) = (sound, sound)
    damaged.damages = ["row 3 missing"]
    slow.usesWriteAheadLog = false
    let cases: [(Result<LedgerExamination, LedgerError>, String?)] = [
      (.success(sound), nil), (.success(damaged), "ledger: damaged: row 3 missing"),
      (.success(slow), "ledger: not in WAL mode, so commands wait for each other"),
      (.failure(LedgerError(.read, code: 26, reason: "not a database")), "ledger: not a database"),
    ]
    for (result, fault) in cases {
      let world = World(files: there, diagnostics: diagnostics(ledger: result))
      world.putFolder("/state")
      let code = world.run("doctor", "-o", "jsonl", variables: ["HOME": "/home/ada", "SMS_STATE_DIR": "/state"])
      let lines = world.printed.split(separator: "\n").filter { $0.contains("\"check\":\"ledger\"") }
      #expect(lines.count == 1)
      if let fault {
        #expect(lines[0].contains(fault.dropFirst("ledger: ".count)) && lines[0].contains("\"hint\":\""))
      } else {
        #expect(lines[0].contains("\"ok\"") && code == .success)
      }
    }
  }
}
