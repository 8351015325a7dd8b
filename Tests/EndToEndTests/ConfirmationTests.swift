#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Platform
import TestSupport
import Testing
import TextFormats

/// Many messages are not sent from a terminal without a question.
@Suite(.ownThread) struct ConfirmationTests {
  private static let question = "[y/N] "

  /// What came of a run at a terminal.
  private struct Session {
    var run: Run
    /// All that the terminal showed.
    var shown: String
    var accepted: [String]

    var wasAsked: Bool { shown.contains(ConfirmationTests.question) }
  }

  /// Runs the program at a terminal, and types an answer once it asks; nil for one that must not ask.
  private func session(
    _ sandbox: TestSandbox, _ arguments: [String], through provider: Provider = .voximplant, answer: String?
  ) throws -> Session {
    let terminal = try PseudoTerminal()
    let running = try RunningTool(
      sandbox.tool, ["-p", provider.rawValue] + arguments, terminal: terminal)
    if let answer {
      try wait(for: "the question") { try terminal.shown().contains(Self.question) }
      try terminal.type(answer)
    }
    let run = try running.end()
    #expect(terminal.isAsItWas)
    return Session(run: run, shown: try terminal.shown(), accepted: try sandbox.accepted())
  }

  private func withList<Result>(_ count: Int, _ body: (TestSandbox) throws -> Result) throws -> Result {
    try withSandbox { sandbox in
      try sandbox.writeList(phoneNumbers(count))
      return try body(sandbox)
    }
  }

  @Test("The question says count, segments, price, profile and provider; yes sends", arguments: ["y", "Yes", " y "])
  func yes(answer: String) throws {
    try withList(101) { (sandbox) throws in
      let ended = try session(
        sandbox, ["bulk", "list.csv", "--price", "0.01", "-o", "jsonl", "-q"], answer: "\(answer)\n")
      #expect(ended.run.code == 0)
      #expect(
        ended.shown.hasPrefix(
          "Send 101 messages, 101 segments (gsm7 101), cost 1.01 (0.01 per segment), "
            + "with profile 'voximplant' (Voximplant)? [y/N] "), "\(ended.shown)")
      #expect(try ended.run.lines().count == 101)
      #expect(ended.accepted.count == 101)
    }
  }

  @Test(
    "Anything else sends nothing, leaves no job behind, and does not block the next run",
    arguments: ["n", "", "no", "maybe", "yesterday", "y n", "ÿ"])
  func no(answer: String) throws {
    try withList(101) { (sandbox) throws in
      for _ in 0..<2 {
        let ended = try session(sandbox, ["bulk", "list.csv"], answer: "\(answer)\n")
        #expect(ended.run.code == 2 && ended.run.stdout.isEmpty)
        #expect(ended.shown.contains("sms: not confirmed; nothing was sent"), "\(ended.shown)")
        #expect(ended.accepted.isEmpty)
      }
      #expect(try sandbox.tool.run("jobs", "-o", "csv", "--columns", "job").text == "job\n")
      #expect(try sandbox.run(.voximplant, "bulk", "list.csv", "-q").code == 0)
      #expect(try sandbox.accepted().count == 101)
    }
  }

  @Test("Ctrl-D is no, and with -o json the error is a line of JSON")
  func endOfInput() throws {
    try withList(101) { (sandbox) throws in
      let ended = try session(sandbox, ["bulk", "list.csv", "--job", "a", "-o", "json"], answer: "\u{4}")
      #expect(ended.run.code == 2 && ended.run.stdout.isEmpty)
      let line = try #require(ended.shown.split(whereSeparator: \.isNewline).last)
      #expect(try JSONValue(parsing: Array(line.utf8))["error"]?["kind"] == "canceled")
      #expect(ended.accepted.isEmpty)
    }
  }

  @Test("A signal at the question ends it with its code, and nothing was sent", arguments: [SIGINT, SIGTERM])
  func signal(number: Int32) throws {
    try withList(101) { (sandbox) throws in
      let terminal = try PseudoTerminal()
      let running = try RunningTool(sandbox.tool, ["-p", "voximplant", "bulk", "list.csv"], terminal: terminal)
      try wait(for: "the question") { try terminal.shown().contains(Self.question) }
      running.signal(number)
      #expect(try running.end().code == 128 + number)
      #expect(terminal.isAsItWas)
      #expect(try sandbox.log().isEmpty)
      #expect(try sandbox.run(.voximplant, "bulk", "list.csv", "-q").code == 0)
    }
  }

  @Test(
    "It is not asked about a hundred, with --yes or --no-input, or where nothing is to be sent",
    arguments: [
      (100, []), (101, ["--yes"]), (101, ["-y"]), (101, ["--no-input"]), (101, ["--dry-run"]),
      (150, ["--limit", "100"]),
      (101, ["-y", "--price", "1"]),
    ] as [(Int, [String])])
  func notAsked(count: Int, options: [String]) throws {
    try withList(count) { (sandbox) throws in
      let ended = try session(sandbox, ["bulk", "list.csv", "-o", "json"] + options, answer: nil)
      #expect(ended.run.code == 0 && !ended.wasAsked, "\(ended.shown)")
      #expect(
        ended.accepted.count == (options == ["--dry-run"] ? 0 : min(count, options.contains("100") ? 100 : count)))
    }
  }

  @Test("Rows that are skipped don't count")
  func skipped() throws {
    try withSandbox { sandbox in
      try sandbox.writeList(phoneNumbers(100) + phoneNumbers(10))
      let ended = try session(sandbox, ["bulk", "list.csv", "-q"], answer: nil)
      #expect(ended.run.code == 0 && !ended.wasAsked)
      #expect(ended.accepted.count == 100)
    }
  }

  @Test(
    "Unless both standard input and error are terminals it is never asked",
    arguments: ["</dev/null 2>$T", "<$T 2>err", "<list.csv 2>$T", "<&- 2>$T", "<$T 2>&-"])
  func offTerminal(streams: String) throws {
    try withList(101) { (sandbox) throws in
      let terminal = try PseudoTerminal()
      let file = streams.hasPrefix("<list.csv") ? "-" : "list.csv"
      let run = try sandbox.tool.shell("T=\(terminal.path); exec sms -p voximplant bulk \(file) \(streams)")
      #expect(run.code == 0)
      #expect(try !terminal.shown().contains(Self.question))
      #expect(try sandbox.accepted().count == 101)
    }
  }

  @Test("It is asked only once the whole input has been checked")
  func checkedFirst() throws {
    try withSandbox { sandbox in
      try sandbox.writeList(phoneNumbers(150) + ["12"])
      let wrong = [
        ["list.csv"], ["list.csv", "--skip-invalid", "--max-messages", "120"],
        ["list.csv", "--skip-invalid", "--columns", "nothing"], ["list.csv", "--skip-invalid", "--message", "{{no}}"],
      ]
      for arguments in wrong {
        let ended = try session(sandbox, ["bulk"] + arguments, answer: nil)
        #expect(ended.run.code == 2 && !ended.wasAsked, "\(ended.shown)")
      }
      #expect(try sandbox.log().isEmpty)
    }
  }

  @Test("Of a job that goes on, what is left counts; no leaves it as it was")
  func resumed() throws {
    try withSandbox(faults: [.init(.http503)]) { sandbox in
      try sandbox.writeList(phoneNumbers(101))
      let arguments = ["bulk", "list.csv", "--job", "spring", "--retries", "0", "-q"]
      #expect(try sandbox.run(.voximplant, arguments).code == 5)
      for command in [arguments, ["bulk", "--resume", "spring"]] {
        let ended = try session(sandbox, command, answer: "n\n")
        #expect(ended.run.code == 2 && ended.shown.hasPrefix("Send 101 messages"), "\(ended.shown)")
      }
      #expect(try sandbox.job("spring")["pending"] == 101)
    }
    try withList(101) { (sandbox) throws in
      #expect(try sandbox.run(.voximplant, "bulk", "list.csv", "--job", "spring", "-q").code == 0)
      let ended = try session(sandbox, ["bulk", "list.csv", "--job", "spring"], answer: nil)
      #expect(ended.run.code == 0 && !ended.wasAsked)
    }
  }

  @Test("An unfinished job for the same list is exit 9, and nothing is asked")
  func unfinished() throws {
    try withSandbox(faults: [.init(.http503)]) { sandbox in
      try sandbox.writeList(phoneNumbers(101))
      #expect(try sandbox.run(.voximplant, "bulk", "list.csv", "--retries", "0", "-q").code == 5)
      let ended = try session(sandbox, ["bulk", "list.csv"], answer: nil)
      #expect(ended.run.code == 9 && !ended.wasAsked)
    }
  }

  @Test("A list of the provider may be of any length, so it is always asked", arguments: ["y", "n"])
  func list(answer: String) throws {
    try withSandbox { sandbox in
      let ended = try session(
        sandbox, ["list-send", "Friends", "Hi", "-o", "json"], through: .smsit, answer: "\(answer)\n")
      #expect(ended.run.code == (answer == "y" ? 0 : 2))
      #expect(
        ended.shown.hasPrefix(
          "Send 1 segment (gsm7) to each contact on list 'Friends' (number unknown) "
            + "with profile 'smsit' (SMS-iT)? [y/N] "), "\(ended.shown)")
      #expect(ended.accepted.isEmpty == (answer == "n"))
      for option in ["--yes", "--no-input", "--dry-run"] {
        let ended = try session(sandbox, ["list-send", "Friends", "Hi", option], through: .smsit, answer: nil)
        #expect(ended.run.code == 0 && !ended.wasAsked)
      }
      let wrong = try session(
        sandbox, ["list-send", "Friends", "Hi", "--columns", "nothing"], through: .smsit, answer: nil)
      #expect(wrong.run.code == 2 && !wrong.wasAsked)
    }
  }
}
