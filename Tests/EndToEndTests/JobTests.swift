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

/// Jobs as a user runs them again: what is sent, and what the exit code says.
@Suite(.ownThread) struct JobTests {
  private static let numbers = phoneNumbers(12)

  /// A sandbox with a list of twelve, of which the third number is one that fails.
  private func withList<Result>(
    faults: [Fault] = [], latency: Duration = .zero, failing: Bool = false, _ body: (TestSandbox) throws -> Result
  ) throws -> Result {
    try withSandbox(faults: faults, latency: latency) { sandbox in
      var numbers = Self.numbers
      if failing { numbers[2] = "+15550109999" }
      try sandbox.writeList(numbers)
      return try body(sandbox)
    }
  }

  @Test("The same command again sends nothing once all is settled", arguments: Provider.allCases)
  func again(provider: Provider) throws {
    try withList { (sandbox) throws in
      for count in 0..<3 {
        let run = try sandbox.run(provider, "bulk", "list.csv", "--job", "spring", "-o", "json")
        #expect(run.code == 0, "\(run.stderr)")
        let words =
          count == 0 ? ["12 rows, 12 accepted, 0 failed", "; job spring\n"] : ["nothing to send: job spring "]
        for part in words { #expect(run.said.contains(part)) }
        #expect(try sandbox.accepted().sorted() == Self.numbers)
      }
    }
  }

  @Test("A run that has nothing to do exits as the outcomes were: 1 when one failed")
  func failed() throws {
    try withList(failing: true) { (sandbox) throws in
      for _ in 0..<2 {
        #expect(try sandbox.run(.voximplant, "bulk", "list.csv", "--job", "spring").code == 1)
        #expect(try sandbox.run(.voximplant, "bulk", "--resume", "spring").code == 1)
      }
      #expect(try sandbox.accepted().count == 11)
    }
  }

  /// What a fault that strikes each request makes of a job, and whether the provider took the messages.
  static let faults: [(FaultKind, first: Int32, takes: Bool, settles: Bool)] = [
    (.dropBefore, 6, false, true), (.dropAfter, 6, true, true), (.hang, 6, true, true), (.http500, 6, false, true),
    (.http429, 5, false, false), (.http503, 5, false, false), (.garbage, 6, true, true), (.truncate, 6, true, true),
    (.slow, 0, true, true),
  ]

  @Test("Every fault there is has its case")
  func coverage() {
    #expect(Set(Self.faults.map(\.0)) == Set(FaultKind.allCases))
  }

  @Test(
    "Whatever goes wrong, a job that goes on sends what surely did not leave, and nothing else",
    arguments: faults.map(\.0), [Provider.vpixelpro, .voipcomm])
  func whateverGoesWrong(kind: FaultKind, provider: Provider) throws {
    let fault = try #require(Self.faults.first { $0.0 == kind })
    let numbers = Array(Self.numbers.prefix(6))
    try withTemporaryFolder { state in
      let arguments = ["bulk", "list.csv", "--job", "spring", "--batch", "3", "--retries", "0", "-q"]
      let variables = ["SMS_STATE_DIR": state]
      let port = try withSandbox(faults: [Fault(kind)]) { sandbox in
        try sandbox.writeList(numbers)
        let timeout = kind == .hang ? ["--timeout", "1s"] : []
        #expect(try sandbox.run(provider, arguments + timeout, variables: variables).code == fault.first)
        #expect(try sandbox.accepted().sorted() == (fault.takes ? numbers : []))
        return sandbox.port
      }
      // The provider is well again, and knows nothing of before.
      try withSandbox(port: port) { sandbox in
        try sandbox.writeList(numbers)
        let run = try sandbox.run(provider, arguments, variables: variables)
        #expect(run.code == (fault.first == 6 ? 6 : 0))
        #expect(try sandbox.accepted().sorted() == (fault.settles ? [] : numbers))
      }
    }
  }

  @Test("A name is for one list: with another it is exit 2, and nothing is sent")
  func otherInput() throws {
    try withList { sandbox in
      #expect(try sandbox.run(.vpixelpro, "bulk", "list.csv", "--job", "spring", "-q").code == 0)
      try sandbox.write("other.csv", "to,message\n+15550100001,Hello\n")
      let others = [
        ["other.csv", "--job", "spring"], ["other.csv", "--resume", "spring"],
        ["list.csv", "--job", "spring", "--shard", "1/2"], ["list.csv", "--job", "spring", "--at", "+2h"],
        ["list.csv", "--job", "spring", "--limit", "3"],
      ]
      for arguments in others {
        let run = try sandbox.run(.vpixelpro, ["bulk"] + arguments)
        #expect(run.code == 2, "\(arguments) \(run.stderr)")
      }
      #expect(try sandbox.run(.smsit, "bulk", "list.csv", "--job", "spring").code == 2)
      #expect(try sandbox.run(.smsit, "bulk", "--resume", "spring").code == 2)
      #expect(try sandbox.accepted().count == 12)
    }
  }

  @Test("A job that is not there is exit 2", arguments: ["spring", "", "%", "Spring ", "-"])
  func missing(name: String) throws {
    try withList { (sandbox) throws in
      #expect(try sandbox.run(.voipcomm, "bulk", "--resume", name).code == 2)
      #expect(try sandbox.run(.voipcomm, "bulk", "list.csv", "--resume", name).code == 2)
      #expect(try sandbox.log().isEmpty)
    }
  }

  @Test(
    "Any name goes that can be typed",
    arguments: ["frühling 2027", "a/b/../c", "'; DROP TABLE job; --", "$(id)", "--", "😀", "a\"b", "%s%n", "*"])
  func names(name: String) throws {
    try withList { (sandbox) throws in
      #expect(try sandbox.run(.voipcomm, "bulk", "list.csv", "--job=\(name)", "--max-failures", "1", "-q").code == 0)
      #expect(try sandbox.run(.voipcomm, "bulk", "--resume=\(name)").code == 0)
      #expect(try sandbox.job(name)["job"]?.text == name)
      #expect(try sandbox.accepted().count == 12)
    }
  }

  @Test("A name that is longer than it looks is none")
  func longName() throws {
    try withList { (sandbox) throws in
      let name = "e" + String(repeating: "\u{301}", count: 5000)
      #expect(try sandbox.run(.voipcomm, "bulk", "list.csv", "--job", name).code == 2)
      #expect(try sandbox.log().isEmpty)
    }
  }

  @Test(
    "The command that a hint gives can be copied into a shell",
    arguments: [
      "spring", "a b", "it's", "$(touch oops)", "~", "*", "-x", "--new", "frühling", "a\\", "\"", "#", "a;b&c|d",
    ])
  func hints(name: String) throws {
    try withList(faults: [Fault(.http503)]) { (sandbox) throws in
      try sandbox.write("my 'own'.toml", try Files.read("\(sandbox.folder)/sandbox.toml", limit: 1 << 20))
      let command = ["--config", "my 'own'.toml", "-p", "sendapp", "bulk", "list.csv", "--retries", "0"]
      var tool = sandbox.tool
      tool.variables["SMS_CONFIG"] = nil
      let first = try tool.run(command + ["--job=\(name)"])
      let hint = try #require(first.complaints.last { $0.hasPrefix("hint: ") && $0.hasSuffix(" sends the rest") })
      let copied = String(hint.dropFirst("hint: ".count).dropLast(" sends the rest".count))
      let again = try tool.shell("\(copied) --retries 0")
      #expect(again.code == 5 && again.complaints.last == hint, "\(hint) \(again.stderr)")
      // Where it needs no quotes of its own, the words around show where it ends.
      tool.variables["SMS_CONFIG"] = "sandbox.toml"
      let plain = try tool.run(Array(command[2...]) + ["--job=plain"])
      #expect(plain.complaints.last == "hint: 'sms bulk --resume plain' sends the rest")
      let other = try tool.run("-p", "sendapp", "bulk", "list.csv", "--limit", "3", "--job=\(name)")
      #expect(other.code == 2)
      let way = try #require(other.said.firstMatch(of: /to continue the old job: (sms bulk .*)/)?.1)
      #expect(try tool.shell("\(way) --retries 0").code == 5, "\(way)")
    }
  }

  @Test("Without a name one is made up and printed; the same list waits until that job is over")
  func unnamed() throws {
    try withList(faults: [Fault(.dropAfter, probability: 0.3)]) { sandbox in
      let first = try sandbox.run(.smsit, "bulk", "list.csv")
      #expect(first.code == 6)
      let name = try #require(first.stderr.split(separator: "; job ").last?.split(separator: "\n").first).description
      let accepted = try sandbox.accepted()
      let second = try sandbox.run(.smsit, "bulk", "list.csv")
      #expect(second.code == 9)
      #expect(second.said.contains("--resume \(name)") && second.said.contains("--new"), "\(second.stderr)")
      #expect(try sandbox.accepted() == accepted)
      #expect(try sandbox.run(.smsit, "bulk", "list.csv", "--new", "--dry-run").code == 0)
      #expect(try sandbox.run(.smsit, "bulk", "list.csv", "--new").code == 6)
      #expect(try sandbox.accepted().count > accepted.count)
    }
  }

  @Test("Planned rows are listed, and a job of more rows than 'log' shows unasked is listed as a whole")
  func plannedRows() throws {
    try withSandbox(faults: [Fault(.http503)]) { sandbox in
      let numbers = phoneNumbers(1500)
      try sandbox.writeList(numbers)
      let run = try sandbox.run(.vpixelpro, "bulk", "list.csv", "--job", "spring", "--retries", "0")
      #expect(run.code == 5, "\(run.stderr)")
      let statuses = try sandbox.statuses(ofJob: "spring")
      #expect(Set(statuses.keys) == Set(numbers) && Set(statuses.values) == ["planned"])
      #expect(try sandbox.run(.vpixelpro, "log", "--job", "spring", "-o", "jsonl", "--limit", "7").lines().count == 7)
      #expect(try sandbox.log().isEmpty)
    }
  }

  @Test("Where the state folder can't be used, bulk sends nothing; send works, and says so unless told to be quiet")
  func noState() throws {
    try withList { sandbox in
      let variables = ["SMS_STATE_DIR": "/dev/null/state"]
      let bulk = try sandbox.run(.voximplant, ["bulk", "list.csv"], variables: variables)
      #expect(bulk.code == 10 && bulk.said.contains("/dev/null/state"), "\(bulk.stderr)")
      #expect(try sandbox.run(.voximplant, ["bulk", "--resume", "x"], variables: variables).code == 10)
      #expect(try sandbox.log().isEmpty)
      let send = try sandbox.run(.voximplant, ["send", "+15550100001", "Hello"], variables: variables)
      #expect(
        send.code == 0 && send.complaints.count == 1 && send.said.contains("won't be in 'sms log'"), "\(send.stderr)")
      let quiet = try sandbox.run(.voximplant, ["-q", "send", "+15550100001", "Hello"], variables: variables)
      #expect(quiet.code == 0 && quiet.stderr.isEmpty)
      #expect(try sandbox.log().count == 2)
      for command in ["log", "jobs"] {
        #expect(try sandbox.run(.voximplant, [command], variables: variables).code == 10)
      }
    }
  }

  @Test(
    "The state is for its user only, whatever the umask and whatever moment", arguments: ["000", "022", "077", "777"])
  func modes(umask: String) throws {
    try withList { sandbox in
      let running = try sandbox.tool.shell(
        "umask \(umask); sms -p voipcomm bulk list.csv -q; find .local/state -type d -printf '%m\\n' | sort -u; "
          + "umask \(umask); sms -p voipcomm send +15550100001 Hello -q -o jsonl | head -c 1 >/dev/null; "
          + "find .local/state/sms -type f -printf '%m\\n' | sort -u")
      #expect(running.text.split(separator: "\n").suffix(2) == ["700", "600"], "\(running.text) \(running.stderr)")
    }
  }

  @Test("What is no ledger stops bulk and send before anything is sent, and is left alone")
  func damagedLedger() throws {
    try withList { sandbox in
      let state = "\(sandbox.folder)/.local/state/sms"
      try Files.makeFolders(state)
      let rubbish = Array(String(repeating: "rubbish\n", count: 2000).utf8)
      try Files.replace("\(state)/ledger.db", rubbish)
      let bulk = try sandbox.run(.sendapp, "bulk", "list.csv")
      #expect(bulk.code == 10 && bulk.said.contains("\(state)/ledger.db"), "\(bulk.stderr)")
      #expect(try sandbox.run(.sendapp, "send", "+15550100001", "Hello").code == 10)
      #expect(try sandbox.log().isEmpty)
      #expect(try Files.read("\(state)/ledger.db", limit: 1 << 20) == rubbish)
    }
  }

  @Test(
    "What is no file is no ledger: nothing is sent, and nobody waits for ever", arguments: ["ledger.db", "ledger.lock"])
  func noFile(name: String) throws {
    try withList { (sandbox) throws in
      for make in ["mkfifo", "mkdir", "ln -s /dev/null"] {
        let made = try sandbox.tool.shell("rm -rf state; mkdir -m 700 state && \(make) state/\(name)")
        #expect(made.code == 0)
        var tool = sandbox.tool
        tool.variables["SMS_STATE_DIR"] = "state"
        let bulk = try tool.run("bulk", "list.csv")
        #expect(bulk.code == 10 && bulk.said.contains("state/\(name)"), "\(bulk.stderr)")
      }
      #expect(try sandbox.log().isEmpty)
    }
  }

  @Test(
    "The state is kept in the folder of that name, whatever it is",
    arguments: ["file:x", "file:x?mode=memory", ":memory:", "a b/'c\"", "%41", "-q", "?#"])
  func folderNames(name: String) throws {
    try withList { (sandbox) throws in
      for _ in 0..<2 {
        let run = try sandbox.run(.smsit, ["bulk", "list.csv", "--job", "j"], variables: ["SMS_STATE_DIR": name])
        #expect(run.code == 0, "\(run.stderr)")
        #expect(try sandbox.accepted().sorted() == Self.numbers)
        #expect(try Files.read("\(sandbox.folder)/\(name)/ledger.db", limit: 1 << 20).count > 0)
      }
    }
  }

  @Test("Wrong columns are found before the key is fetched, and before there is a job")
  func wrongColumns() throws {
    try withList { (sandbox) throws in
      let variables = ["SMS_PROVIDER": "sendapp", "SMS_KEY_COMMAND": "touch fetched; echo key"]
      for arguments in [["list.csv"], ["list.csv", "--dry-run"], ["--resume", "spring"]] {
        let run = try sandbox.run(.sendapp, ["bulk"] + arguments + ["--columns", "nope"], variables: variables)
        #expect(run.code == 2 && run.said.contains("nope"), "\(run.stderr)")
      }
      #expect(Files.status("\(sandbox.folder)/fetched") == nil)
      #expect(try sandbox.tool.run("jobs", "-o", "json").records().isEmpty)
    }
  }
}
