#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Platform
import TestSupport
import Testing

/// A first configuration, made by answering questions at a terminal.
@Suite(.ownThread) struct ConfigInitTests {
  /// Somebody who reads what is asked before typing.
  private struct Sitting {
    let terminal: PseudoTerminal
    let running: RunningTool

    init(_ tool: Tool, _ arguments: [String] = []) throws {
      terminal = try PseudoTerminal()
      running = try RunningTool(tool, ["config", "init"] + arguments, terminal: terminal)
    }

    /// Types an answer when the question is there; a secret, when the terminal no longer shows what is typed.
    func answer(_ question: String, _ text: String, isSecret: Bool = false) throws {
      try wait(for: question) { try terminal.shown().contains(question) && terminal.isAsItWas != isSecret }
      try terminal.type(text)
    }
  }

  private func withHome(_ body: (_ tool: Tool, _ file: String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try body(Tool(folder: folder), "\(folder)/.config/sms/config.toml")
    }
  }

  @Test("It asks for the provider and the secrets, shows no secret, and writes what passes the check")
  func asks() throws {
    try withHome { tool, file in
      let sitting = try Sitting(tool)
      try sitting.answer("name or number): ", "voipcomm\n")
      try sitting.answer("API key (hidden): ", "k3y\"\\\t# ü\n", isSecret: true)
      try sitting.answer("API password (hidden): ", "p4ss word\n", isSecret: true)
      let run = try sitting.running.end()
      let shown = try sitting.terminal.shown()
      #expect(run.code == 0 && run.text == "\(file)\n")
      #expect(!shown.contains("k3y") && !shown.contains("p4ss") && sitting.terminal.isAsItWas)
      #expect(shown.contains("sms config check --online"))
      #expect(Files.status(file)?.mode == 0o600)
      let text = try String(decoding: Files.read(file, limit: 1 << 20), as: UTF8.self)
      #expect(text.contains("\nkey = \"k3y\\\"\\\\\\t# ü\"  #") && text.contains("\npassword = \"p4ss word\"  #"))
      let check = try tool.run("config", "check")
      #expect(check.code == 0 && check.stderr.isEmpty)
    }
  }

  @Test("What can't be used is asked again")
  func again() throws {
    try withHome { tool, file in
      let sitting = try Sitting(tool, ["-q"])
      try sitting.answer("number): ", "\n")
      try sitting.answer("enter a provider\r\nProvider (name or number): ", "smsti\n")
      try sitting.answer("did you mean 'smsit'?\r\nProvider (name or number): ", "5\n")
      try sitting.answer("hidden): ", " \n", isSecret: true)
      try sitting.answer("key can't be empty\r\nAPI key (hidden): ", "a\u{16}\0b\n", isSecret: true)
      try sitting.answer("a single line\r\nAPI key (hidden): ", "abcd\n", isSecret: true)
      try sitting.answer("Enter to skip): ", "+15550100102\n")
      #expect(try sitting.running.end().code == 0)
      let text = try String(decoding: Files.read(file, limit: 1 << 20), as: UTF8.self)
      #expect(text.contains("\nkey = \"abcd\"  #") && text.contains("\nfrom = \"+15550100102\"  #"))
    }
  }

  @Test("A sender that is needed can be left out, and is named as what is missing")
  func sender() throws {
    try withHome { tool, file in
      let sitting = try Sitting(tool)
      try sitting.answer("number): ", "5\n")
      try sitting.answer("hidden): ", "abcd\n", isSecret: true)
      try sitting.answer("SMS-enabled number of the account to send from (Enter to skip): ", "\n")
      #expect(try sitting.running.end().code == 0)
      #expect(try sitting.terminal.shown().contains("before sending, fill in from; next: "))
      #expect(try String(decoding: Files.read(file, limit: 1 << 20), as: UTF8.self).contains("\n# from = "))
    }
  }

  @Test("What is left to fill in is named, and the check and doctor find it")
  func unfilled() throws {
    try withHome { tool, _ in
      let made = try tool.run("config", "init", "--provider", "voximplant")
      #expect(made.said.contains("set VOXIMPLANT_API_KEY and fill in account_id and from, then run: "))
      let check = try tool.run("config", "check")
      #expect(check.code == 0 && check.said.contains("config.toml:"))
      #expect(check.said.hasPrefix("warning: ") && check.said.contains("account_id is not filled in yet\n"))
      let doctor = try tool.run("doctor", "-o", "json", "--timeout", "1s")
      let found = try doctor.records().first { $0["subject"]?.text == "account_id" }
      #expect(found?["status"]?.text == "warning" && found?["profile"]?.text == "voximplant")
    }
  }

  @Test("The end of the input is an error, and nothing is written", arguments: ["", "2\n", "2\nabc\u{4}"])
  func end(typed: String) throws {
    try withHome { tool, file in
      let sitting = try Sitting(tool)
      let questions = ["number): ", "hidden): "]
      for (index, line) in typed.split(separator: "\n").enumerated() {
        try sitting.answer(questions[index], index == 0 ? "\(line)\n" : String(line), isSecret: index > 0)
      }
      let isSecret = typed != ""
      try sitting.answer(questions[isSecret ? 1 : 0], "\u{4}", isSecret: isSecret)
      let run = try sitting.running.end()
      #expect(run.code == 2 && run.stdout.isEmpty && sitting.terminal.isAsItWas)
      #expect(try sitting.terminal.shown().contains("sms: no answer; nothing was written"))
      #expect(Files.status(file) == nil)
    }
  }

  @Test("A signal in the middle of a secret leaves the terminal as it was", arguments: [SIGINT, SIGTERM, SIGHUP])
  func signals(number: Int32) throws {
    try withHome { tool, file in
      let sitting = try Sitting(tool)
      try sitting.answer("number): ", "2\n")
      try sitting.answer("hidden): ", "abc", isSecret: true)
      sitting.running.signal(number)
      #expect(try sitting.running.end().code == 128 + number)
      #expect(sitting.terminal.isAsItWas && Files.status(file) == nil)
    }
  }

  @Test("Ctrl-\\ ends it, and leaves the terminal as it was")
  func quit() throws {
    try withHome { tool, _ in
      let sitting = try Sitting(tool)
      try sitting.answer("number): ", "2\n")
      try sitting.answer("hidden): ", "abc", isSecret: true)
      sitting.running.signal(SIGQUIT)
      #expect(try sitting.running.end().code == 128 + SIGQUIT && sitting.terminal.isAsItWas)
    }
  }

  @Test("Nothing is asked where a file is there already, with --provider, and with --no-input")
  func silence() throws {
    try withHome { tool, file in
      for (arguments, code) in [(["--no-input"], Int32(0)), (["--provider", "smsit"], 3), ([], 3)] {
        let sitting = try Sitting(tool, arguments)
        #expect(try sitting.running.end().code == code)
        #expect(try !sitting.terminal.shown().contains("name or number"))
      }
      #expect(try tool.run("config", "check").code == 0)
      #expect(Files.status(file)?.mode == 0o600)
    }
  }
}
