#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import TestSupport
import Testing
import TextFormats

/// The program is told to end while messages are under way.
@Suite(.ownThread) struct SignalTests {
  private static let numbers = (0..<300).map { "+1555010\(String(10_000 + $0).dropFirst())" }

  /// A list at work that takes long, once the provider has taken the first messages.
  private func startedBulk(_ sandbox: TestSandbox, _ provider: Provider, _ options: [String] = []) throws -> RunningTool
  {
    try sandbox.write("list.csv", "to,message\n" + Self.numbers.map { "\($0),Hello\n" }.joined())
    let running = try RunningTool(
      sandbox.tool,
      ["-p", provider.rawValue, "bulk", "list.csv", "--batch", "1", "--concurrency", "3", "-o", "jsonl"] + options)
    try wait(for: "the first messages") { try sandbox.log().count >= 4 }
    return running
  }

  @Test(
    "Nothing new starts, what is under way settles, and every row that left is accounted for",
    arguments: Provider.allCases, [SIGINT, SIGTERM])
  func interruptedBulk(provider: Provider, signal: Int32) throws {
    try withSandbox(latency: .milliseconds(100)) { sandbox in
      let running = try startedBulk(sandbox, provider)
      running.signal(signal)
      let run = try running.end()
      #expect(run.code == 128 + signal, "\(run.stderr)")
      let (records, accepted) = (try run.lines(), try sandbox.log().map(\.to))
      #expect(accepted.count < Self.numbers.count)
      #expect(records.texts("to").sorted() == accepted.sorted())
      #expect(!records.texts("status").contains("unknown"))
      #expect(Set(accepted).count == accepted.count)
      #expect(run.said.contains("\(Self.numbers.count - accepted.count) pending"), "\(run.stderr)")
    }
  }

  @Test("A wait for the provider to have time again ends at once")
  func interruptedRetry() throws {
    try withSandbox { sandbox in
      let later = try ScriptedServer { _ in
        [.answerAll(with: ScriptedServer.reply("429 Too Many Requests", headers: ["Retry-After: 250"], body: ""))]
      }
      var tool = sandbox.tool
      tool.variables["SMS_BASE_URL"] = later.url
      let running = try RunningTool(tool, ["send", "+15550100001", "Hello", "-o", "json"])
      try wait(for: "the first reply") { !later.requests.isEmpty }
      running.signal(SIGTERM)
      let run = try running.end()
      #expect(run.code == 143)
      #expect(try run.records().texts("status") == ["planned"])
    }
  }

  @Test("A second signal ends it at once, even when a reply never comes")
  func secondSignal() throws {
    try withSandbox(faults: [.init(.hang)]) { sandbox in
      let running = try RunningTool(sandbox.tool, ["send", "+15550100001", "Hello"])
      try wait(for: "the message") { try !sandbox.log().isEmpty }
      running.signal(SIGINT)
      running.signal(SIGTERM)
      running.signal(SIGTERM)
      #expect([130, 143].contains(try running.end().code))
    }
  }

  @Test("The first Ctrl-C says what is waited for, the second how to go on")
  func saysWhatHappens() throws {
    try withSandbox(faults: [.init(.hang)]) { sandbox in
      let terminal = try PseudoTerminal()
      try sandbox.write("list.csv", "to,message\n" + Self.numbers.prefix(3).map { "\($0),Hello\n" }.joined())
      let options = ["--batch", "1", "--concurrency", "2", "--job", "spring"]
      let running = try RunningTool(
        sandbox.tool, ["-p", "vpixelpro", "bulk", "list.csv"] + options, terminal: terminal)
      try wait(for: "the messages") { try sandbox.log().count == 2 }
      running.signal(SIGINT)
      try wait(for: "a word") {
        try terminal.shown().contains(
          "interrupted; waiting for a reply to 2 requests; press Ctrl-C again to stop immediately")
      }
      running.signal(SIGINT)
      #expect(try running.end().code == 130)
      #expect(
        try terminal.shown().contains(
          "\r\nsms: stopped immediately; messages without a reply may or may not have been sent"))
      #expect(try terminal.shown().contains("'sms bulk --resume spring --reconcile' asks the provider about them"))
    }
  }

  @Test("Ctrl-C during a single call says what is waited for; its record is printed, and then why it ended")
  func singleCall() throws {
    try withSandbox(latency: .seconds(1)) { sandbox in
      let terminal = try PseudoTerminal()
      let running = try RunningTool(
        sandbox.tool, ["-p", "vpixelpro", "-v", "contacts", "add", "+15550100004", "--list", "1"], terminal: terminal)
      try wait(for: "the request") { try terminal.shown().contains("manage-contacts.php") }
      running.signal(SIGINT)
      let run = try running.end()
      #expect(run.code == 130)
      #expect(try terminal.shown().contains("interrupted; waiting for V Pixel Pro to reply; press Ctrl-C again"))
      #expect(try terminal.shown().contains("sms: interrupted; the contact was added"))
      #expect(run.text.contains("+15550100004"))
    }
  }

  @Test(
    "Cut short, it does not read as the provider's fault",
    arguments: [(SIGINT, "interrupted"), (SIGTERM, "terminated")])
  func blamesNobody(signal: Int32, word: String) throws {
    try withSandbox(latency: .milliseconds(100)) { sandbox in
      let running = try startedBulk(sandbox, .vpixelpro)
      running.signal(signal)
      let run = try running.end()
      #expect(run.said.contains("sms: \(word); "), "\(run.stderr)")
      #expect(run.said.contains(" of 300 messages sent, "), "\(run.stderr)")
    }
  }

  @Test("Killed in the middle, it has reported no more than was taken, and lost no more than was under way")
  func killed() throws {
    try withSandbox(latency: .milliseconds(50)) { sandbox in
      let running = try startedBulk(sandbox, .voximplant)
      try wait(for: "the first records") { running.output.contains("\n") }
      running.signal(SIGKILL)
      let run = try running.end()
      #expect(run.code == 128 + SIGKILL)
      let reported = try run.lines().texts("to")
      let accepted = try sandbox.log().map(\.to)
      #expect(Set(reported).isSubset(of: accepted))
      #expect(accepted.count - reported.count <= 6, "three were under way, and three may have been settled")
    }
  }

  @Test("A signal that was ignored from the start stays so, as nohup wants it")
  func ignored() throws {
    try withSandbox(latency: .milliseconds(300)) { sandbox in
      let run = try sandbox.tool.shell(
        """
        trap '' INT
        sms send +15550100001 Hello -o jsonl --columns status & id=$!
        while ! [ -s log.jsonl ]; do sleep 0.05; done
        kill -INT $id; wait $id
        """)
      #expect(run.code == 0)
      #expect(run.text == "{\"status\":\"queued\"}\n")
    }
  }
}
