#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Platform
import TestSupport
import Testing

/// `send --key` run again and again, killed and several at once: what the provider took is the judge.
@Suite(.ownThread) struct SendOnceTests {
  private static let output = ["-o", "jsonl"]

  private func command(_ provider: Provider, _ key: String, _ more: String...) -> [String] {
    ["-p", provider.rawValue, "send", "+15550100001", "text \(key)", "--key", key] + Self.output + more
  }

  /// How a run ended, and what it printed.
  private struct Ending: Hashable {
    var code: Int32
    var printed: String

    init(_ run: Run) { (code, printed) = (run.code, run.text) }
  }

  /// Runs of one key, one to three at once, most of them killed at a moment of chance; then one more that is left alone.
  /// What all those that got to their end said.
  private func storm(_ sandbox: TestSandbox, _ command: [String], _ random: SeededRandom) throws -> Set<Ending> {
    var endings: Set<Ending> = []
    for _ in 0..<random.below(3) + 1 {
      let runs = try (0..<random.below(3) + 1).map { try RunningTool(sandbox.tool, command, output: "out\($0)") }
      SystemClock.sleep(for: .milliseconds(random.below(60)))
      for run in runs where random.below(4) > 0 { run.signal(SIGKILL) }
      for run in runs {
        let run = try run.end()
        if run.code != 128 + SIGKILL { endings.insert(Ending(run)) }
      }
    }
    endings.insert(Ending(try sandbox.tool.run(command)))
    return endings
  }

  @Test(
    "Killed at any moment and run several at once, a key gives one text at most, and always the same answer; seed printed",
    arguments: [
      (Provider.vpixelpro, UInt64(21)), (.sendapp, 22), (.voipcomm, 23), (.voximplant, 24), (.smsit, 25),
    ])
  func killed(provider: Provider, seed: UInt64) throws {
    print("seed of \(provider): \(seed)")
    let random = SeededRandom(seed)
    try withSandbox(latency: .milliseconds(10)) { sandbox in
      for number in 0..<6 {
        let key = "key\(number)"
        let endings = try storm(sandbox, command(provider, key), random)
        let texts = try sandbox.log().count { $0.text == "text \(key)" }
        #expect(endings.count == 1, "\(key): \(endings)")
        #expect(endings.first?.code == 6 ? texts <= 1 : endings.first?.code == 0 && texts == 1, "\(endings)")
      }
    }
  }

  @Test("Of runs at once one sends; the others wait for it, and all print the same")
  func atOnce() throws {
    try withSandbox(latency: .milliseconds(300)) { sandbox in
      let runs = try (0..<6).map {
        try RunningTool(sandbox.tool, command(.voximplant, "k", "-q"), output: "out\($0)")
      }
      let endings = Set(try runs.map { Ending(try $0.end()) })
      #expect(endings.count == 1 && endings.first?.code == 0, "\(endings)")
      #expect(try sandbox.log().count == 1)
    }
  }

  @Test(
    "What a killed run may have sent is unknown, until --reconcile asks the provider",
    arguments: [Provider.sendapp, .vpixelpro])
  func reconciled(provider: Provider) throws {
    try withSandbox(latency: .seconds(1)) { sandbox in
      let running = try RunningTool(sandbox.tool, command(provider, "k"))
      try wait(for: "the message") { try sandbox.log().count == 1 }
      running.signal(SIGKILL)
      #expect(try running.end().code == 128 + SIGKILL)
      let unknown = try sandbox.tool.run(command(provider, "k", "-o", "csv"))
      #expect(unknown.code == 6)
      #expect(unknown.said.contains("--reconcile"), "\(unknown.stderr)")
      let found = try sandbox.tool.run(command(provider, "k", "--reconcile"))
      #expect(found.code == 0, "\(found.stderr)")
      #expect(try found.lines().texts("id").count == 1)
      #expect(try Ending(sandbox.tool.run(command(provider, "k"))) == Ending(found))
      #expect(try sandbox.log().count == 1)
    }
  }

  @Test("With --wait, what was sent before is waited for")
  func waiting() throws {
    try withSandbox { sandbox in
      let first = try sandbox.tool.run(command(.vpixelpro, "k"))
      #expect(try first.lines().texts("status") == ["queued"])
      let second = try sandbox.tool.run(command(.vpixelpro, "k", "--wait"))
      #expect(try second.lines().texts("status") == ["delivered"])
      #expect(try sandbox.log().count == 1)
    }
  }

  @Test(
    "Without a state directory nothing is sent: exit 10",
    arguments: [
      ["send", "+15550100001", "hi"], ["list-send", "Friends", "hi"], ["otp", "send", "+15550100001"],
    ])
  func noState(command: [String]) throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(.smsit, command + ["--key", "k"], variables: ["SMS_STATE_DIR": "sandbox.toml/state"])
      #expect(run.code == 10 && run.stdout.isEmpty, "\(run.stderr)")
      #expect(try sandbox.log().isEmpty)
    }
  }

  @Test("Messages of a key that holds survive 'jobs prune'")
  func pruned() throws {
    try withSandbox { sandbox in
      let first = Ending(try sandbox.tool.run(command(.sendapp, "k")))
      #expect(try sandbox.tool.run("jobs", "prune", "--before", "+1h").code == 0)
      #expect(try Ending(sandbox.tool.run(command(.sendapp, "k"))) == first)
      #expect(try sandbox.log().count == 1)
    }
  }

  @Test("The alert script for Zabbix texts once for an event, a number and a text")
  func zabbix() throws {
    let page = try Files.read("\(ReadmeTests.root)/docs/recipes/zabbix.md", limit: 1 << 20)
    let script = try #require(ReadmeTests.blocks("shell", in: String(decoding: page, as: UTF8.self)).first)
    try withSandbox { sandbox in
      for arguments in [["+15550100001", "down", "7"], ["+15550100001", "down", "7"], ["+15550100001", "up", "7"]] {
        let run = try sandbox.tool.shell(script, arguments)
        #expect(run.code == 0 && run.stderr.isEmpty, "\(run.stderr)")
      }
      #expect(try sandbox.log().map(\.text) == ["down", "up"])
    }
  }
}
