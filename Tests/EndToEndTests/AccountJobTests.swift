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

  @Test(
    "A list with relative times is the same list a second later",
    arguments: ["+2h", "tomorrow 9:00"], [["--job", "j"], []])
  func relativeTimes(time: String, options: [String]) throws {
    try withSandbox(faults: [try #require(Fault("drop-after"))]) { sandbox in
      try sandbox.write("list.csv", "to,message,at\n+15550100001,hi,\(time)\n+15550100002,hi,\n")
      let bulk = ["bulk", "list.csv", "-q"] + options
      #expect(try sandbox.run(.vpixelpro, bulk).code == 6)
      SystemClock.sleep(for: .milliseconds(1100))
      #expect(try sandbox.run(.vpixelpro, bulk).code == (options.isEmpty ? 9 : 6))
      #expect(try sandbox.accepted().sorted() == ["+15550100001", "+15550100002"])
      try sandbox.write("list.csv", "to,message,at\n+15550100001,hi,+3h\n+15550100002,hi,\n")
      #expect(try sandbox.run(.vpixelpro, bulk).code == (options.isEmpty ? 6 : 2), "another time is another list")
    }
  }

  @Test("Repetitions until a relative time are the same a second later")
  func relativeUntil() throws {
    try withSandbox(faults: [try #require(Fault("drop-after"))]) { sandbox in
      try sandbox.writeList([Self.numbers[1]])
      let bulk = ["bulk", "list.csv", "--at", "+1h", "--repeat", "daily", "--until", "+9d", "-q"]
      #expect(try sandbox.run(.smsit, bulk).code == 6)
      SystemClock.sleep(for: .milliseconds(1100))
      #expect(try sandbox.run(.smsit, bulk).code == 9)
      #expect(try sandbox.accepted().count == 1)
    }
  }
}
