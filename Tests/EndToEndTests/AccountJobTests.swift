#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Platform
import Sandbox
import TestSupport
import Testing
import TextFormats

/// Whose message a record is: accounts that share a ledger, rehearsals, and lists with times. What counts is what the
/// providers took.
@Suite(.ownThread) struct AccountJobTests {
  private static let numbers = phoneNumbers(6)

  /// Two hosts of one script, as profiles `north` and `south` of one configuration and one state directory.
  private func withTwoHosts(
    southFaults faults: [Fault], _ body: (_ north: TestSandbox, _ south: TestSandbox, Tool) throws -> Void
  ) throws {
    try withSandbox { north in
      try withSandbox(faults: faults, seed: 3) { south in
        let profiles = [("north", north), ("south", south)].map { name, sandbox in
          """
          [profiles.\(name)]
          provider = "vpixelpro"
          base_url = "http://127.0.0.1:\(sandbox.port)/vpixelpro"
          key = "sandbox-vpixelpro-key"

          """
        }
        try south.write("two.toml", profiles.joined())
        try south.writeList(Self.numbers)
        try body(north, south, Tool(folder: south.folder, variables: ["SMS_CONFIG": "two.toml", "SMS_SETTLE": "1ms"]))
      }
    }
  }

  @Test("Ids that another host gave out as well keep nothing from being found")
  func sameIDs() throws {
    let fault = try #require(Fault("drop-after=0.5"))
    try withTwoHosts(southFaults: [fault]) { _, south, tool in
      for number in phoneNumbers(12) { _ = try tool.run("-p", "north", "send", number, "Something else", "-q") }
      let first = try tool.run("-p", "south", "bulk", "list.csv", "--job", "j", "--batch", "1", "-q")
      #expect(first.code == 6, "\(first.stderr)")
      let second = try tool.run("-p", "south", "bulk", "--resume", "j", "--reconcile")
      #expect(second.code == 0, "\(second.stderr)")
      #expect(try south.accepted().sorted() == Self.numbers)
    }
  }

  @Test(
    "A job's name with another account is exit 2, names both addresses, and sends nothing",
    arguments: [["list.csv", "--job", "j"], ["--resume", "j"], ["list.csv", "--resume", "j"]])
  func otherAddress(arguments: [String]) throws {
    try withTwoHosts(southFaults: []) { north, south, tool in
      #expect(try tool.run("-p", "south", "bulk", "list.csv", "--job", "j", "-q").code == 0)
      let run = try tool.run(["-p", "north", "bulk"] + arguments)
      #expect(run.code == 2)
      for port in [north.port, south.port] { #expect(run.said.contains(":\(port)/vpixelpro"), "\(run.stderr)") }
      #expect(try north.accepted().isEmpty)
      var other = tool
      other.variables["SMS_KEY"] = "sandbox-vpixelpro-unlimited"
      let rotated = try other.run(["-p", "south", "bulk"] + arguments)
      #expect(rotated.code == 2 && rotated.said.contains("another key"), "\(rotated.stderr)")
      #expect(!rotated.said.contains("sandbox-vpixelpro"), "\(rotated.stderr)")
      #expect(try south.accepted().count == Self.numbers.count)
    }
  }

  @Test("A job rehearsed in a sandbox is sent by the real run of the same name")
  func rehearsal() throws {
    try withSandbox { real in
      try real.writeList(Self.numbers)
      let tool = Tool(folder: real.folder)
      let sandbox = try RunningTool(tool, ["sandbox", "--write-config", "rehearsal.toml"])
      try wait(for: "the address") { sandbox.output.contains("\n") }
      defer {
        sandbox.signal(SIGTERM)
        _ = try? sandbox.end()
      }
      for _ in 1...2 {
        #expect(try tool.run("-c", "rehearsal.toml", "bulk", "list.csv", "--job", "monday", "-q").code == 0)
      }
      let run = try tool.run("-c", "sandbox.toml", "bulk", "list.csv", "--job", "monday", "-q")
      #expect(run.code == 0, "\(run.stderr)")
      #expect(try real.accepted().sorted() == Self.numbers)
      #expect(Files.status("\(real.folder)/rehearsal.toml.state/ledger.db") != nil)
    }
  }

  @Test("After a wrong key the right one goes on with the job; after messages were sent with it, no other one does")
  func wrongKey() throws {
    try withSandbox { sandbox in
      try sandbox.writeList(Self.numbers)
      let bulk = ["bulk", "list.csv", "--job", "j", "-q"]
      let refused = try sandbox.run(.sendapp, bulk, variables: ["SMS_KEY": "wrong-sendapp-key"])
      #expect(refused.code == 4 && refused.said.contains("--resume j"), "\(refused.stderr)")
      #expect(try sandbox.run(.sendapp, bulk).code == 0)
      #expect(try sandbox.accepted().sorted() == Self.numbers)
      let other = try sandbox.run(.sendapp, bulk, variables: ["SMS_KEY": "sandbox-sendapp-unlimited-key"])
      #expect(other.code == 2 && other.said.contains("--status planned"), "\(other.stderr)")
      #expect(try sandbox.accepted().count == Self.numbers.count)
    }
  }

  @Test("That a job was canceled matters more than its account")
  func canceled() throws {
    try withSandbox { sandbox in
      try sandbox.writeList(Self.numbers)
      let bulk = ["bulk", "list.csv", "--job", "j", "-q"]
      #expect(try sandbox.run(.sendapp, bulk, variables: ["SMS_KEY": "wrong-sendapp-key"]).code == 4)
      #expect(try sandbox.run(.sendapp, "jobs", "cancel", "j").code == 0)
      let run = try sandbox.run(.sendapp, bulk)
      #expect(run.code == 2 && run.said.contains("canceled"), "\(run.stderr)")
    }
  }
}
