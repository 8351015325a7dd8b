import Application
import Messaging
import Platform
import Testing
import TextFormats

@testable import Commands

/// Results as a person sees them at a terminal, and as a pipe gets them.
@Suite struct TerminalResultsTests {
  /// Runs a line at a terminal of 80 columns, five hours west of Greenwich, or into a pipe.
  private func run(
    _ line: String, _ answers: [ScriptedNetwork.Answer]? = nil, atTerminal: Bool = true, with provider: String = "smsit"
  ) -> (world: World, code: ExitCode) {
    let world = World(answers: answers)
    var environment = world.environment(World.profile(provider))
    environment.terminal.outputIsTerminal = atTerminal
    environment.terminal.errorIsTerminal = atTerminal
    environment.terminal.width = atTerminal ? 80 : nil
    environment.timeZone = { _ in TimeZoneRules(name: "local") { _ in -5 * 3600 } }
    let arguments = ["--color", "never"] + line.split(separator: " ").map(String.init)
    return (world, SMSProgram(environment: environment).run(arguments))
  }

  @Test("What providers can do is a mark at a terminal and a word elsewhere")
  func marks() {
    let marks = run("providers").world.printed
    #expect(marks.contains("✓") && marks.contains("–") && !marks.contains("true") && !marks.contains("false"))
    let words = run("providers", atTerminal: false).world.printed
    #expect(words.contains("true") && words.contains("false") && !words.contains("✓") && !words.contains("–"))
    #expect(!run("providers -o csv").world.printed.contains("✓"))
  }

  @Test("Times are local at a terminal, and RFC 3339 in UTC elsewhere")
  func times() {
    let reply = ScriptedNetwork.Answer.json(
      #"{"success":true,"data":{"devices":[{"id":1,"name":"A","lastSeenAt":"2026-03-01T02:30:00Z"}]},"error":null}"#)
    #expect(run("devices", [reply], with: "vpixelpro").world.printed.contains("2026-02-28 21:30"))
    #expect(
      run("devices", [reply], atTerminal: false, with: "vpixelpro").world.printed.contains("2026-03-01T02:30:00Z"))
  }

  @Test(
    "Where there is nothing, that is said at a terminal",
    arguments: [
      ("contacts list", "contacts", "smsit", #"{"status":-7}"#),
      ("devices", "devices", "vpixelpro", #"{"success":true,"data":{"devices":[]},"error":null}"#),
      ("ussd list", "USSD requests", "vpixelpro", #"{"success":true,"data":{"requests":[]},"error":null}"#),
      ("status --status failed", "messages", "vpixelpro", #"{"success":true,"data":{"messages":[]},"error":null}"#),
    ])
  func nothing(line: String, word: String, provider: String, reply: String) {
    #expect(run(line, [.json(reply)], with: provider).world.complained == "no \(word)\n")
    #expect(run(line, [.json(reply)], atTerminal: false, with: provider).world.complained == "")
    #expect(run("\(line) -q", [.json(reply)], with: provider).world.complained == "")
    #expect(run("\(line) -o json", [.json(reply)], with: provider).world.complained == "")
  }

  @Test("An empty log and no jobs are said as well")
  func nothingKept() {
    for (line, word) in [("log", "messages"), ("jobs", "jobs")] {
      #expect(run(line).world.complained == "no \(word)\n")
      #expect(run(line, atTerminal: false).world.complained == "")
    }
  }
}

/// `balance --min`.
@Suite struct BalanceMinimumTests {
  private static let gateway = #"{"success":true,"data":{"credits":CREDITS},"error":null}"#

  @Test(
    "Below the minimum it is exit 1, and the balance is printed all the same",
    arguments: [
      ("100", "100", true), ("99", "100", false), ("100", "99.99", true), ("\"9\"", "10", false), ("\"10\"", "9", true),
      ("17.25", "17.3", false), ("17.30", "17.3", true), ("-5", "0", false), ("0", "0", true), ("0", "0.00", true),
      ("123456789012345678901234567890", "123456789012345678901234567889.5", true), ("null", "1000000", true),
      ("\"Unlimited\"", "1", true),
    ])
  func minimum(credits: String, least: String, isEnough: Bool) {
    let world = World(answers: [.json(Self.gateway.replacing("CREDITS", with: credits))])
    let code = world.run(line: "balance --min \(least) -o csv --columns kind --no-header", with: "vpixelpro")
    #expect(code == (isEnough ? .success : .refused), "\(world.complained)")
    #expect(world.printed == "sms\n")
    #expect(world.complained.isEmpty == isEnough)
  }

  @Test("The minimum is a plain decimal number", arguments: ["3x", "1e3", "-1", "", "1.", ".5", "1,000", "+1"])
  func strict(least: String) {
    let world = World(answers: [])
    #expect(world.run("balance", "--min", least, variables: World.profile("vpixelpro")) == .usage)
  }
}
