import Application
import Messaging
import Platform
import Synchronization
import TestSupport
import Testing
import TextFormats

@testable import Commands

/// `-qq`, `--columns help`, color and `--dry-run --verbose`.
@Suite struct OutputOptionTests {
  private static let balance = ScriptedNetwork.Answer.json(#"{"success":true,"data":{"credits":5},"error":null}"#)

  @Test(
    "With -qq nothing at all is printed when all went well, and everything when it did not",
    arguments: [("-qq", false), ("-q -q", false), ("--quiet --quiet", false), ("-q", true), ("-v -qq", false)])
  func silence(options: String, isPrinted: Bool) {
    let good = World(answers: [Self.balance])
    #expect(good.run(line: "\(options) balance -o jsonl", with: "vpixelpro") == .success)
    #expect(good.printed.isEmpty != isPrinted)
    let bad = World(answers: [Self.balance])
    #expect(bad.run(line: "\(options) balance --min 9 -o jsonl", with: "vpixelpro") == .refused)
    #expect(bad.printed.contains("\"amount\":\"5\"") && bad.complained.contains("\"error\""))
  }

  @Test("What is held back comes out as it was, however much it is")
  func heldOutput() throws {
    let folder = try TemporaryFolder()
    for place in [folder.path, "\(folder.path)/missing"] {
      let held = HeldOutput(folder: place)
      var expected: [UInt8] = []
      for number in 0..<30 {
        let piece = [UInt8](repeating: UInt8(number), count: 100_003)
        try held.write(piece)
        expected += piece
      }
      var released: [UInt8] = []
      try held.release { released += $0 }
      #expect(released == expected)
    }
  }

  @Test("--columns help lists every column on a line, whatever else is on the command line")
  func columnHelp() throws {
    let world = World()
    for line in ["send", "send +15550100001 Hello", "bulk missing.csv -o json", "log nothing here"] {
      #expect(world.run(line: "\(line) --columns help", with: "vpixelpro") == .success)
    }
    let first = World()
    #expect(first.run("send", "--columns", "help") == .success)
    let names = first.printed.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(names.prefix(3) == ["id", "group_id", "row"] && names.contains("error.code"))
    #expect(first.printed.contains("\nto               E.164: + and digits\n"))
  }

  @Test("--columns help says what each column of each command is")
  func meanings() {
    for (path, command) in SMSProgram.program.outline.commands {
      for column in command.columns {
        #expect(!column.meaning.isEmpty, "\(path.joined(separator: " ")): \(column.name)")
      }
    }
  }

  @Test(
    "Of options that say the same, the last one wins",
    arguments: [
      ("--json -o csv", false), ("-o csv --json", true), ("-o json --output=csv", false), ("--output csv --json", true),
    ])
  func lastFormat(options: String, isJSON: Bool) {
    let world = World(answers: [Self.balance])
    #expect(world.run(line: "balance \(options)", with: "vpixelpro") == .success)
    #expect(world.printed.hasPrefix("{") == isJSON, "\(world.printed)")
  }

  @Test("commands --json has the exit codes that each command can end with, and all about each option")
  func commandsDocument() throws {
    let world = World()
    #expect(world.run("commands", "--json") == .success)
    let commands = try #require(try JSONValue(parsing: Array(world.printed.utf8))["commands"]?.array)
    func codes(_ name: String) -> [Int] {
      commands.first { $0["command"]?.text == name }?["exit_codes"]?.array?.compactMap(\.int) ?? []
    }
    #expect(codes("send") == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 130, 143])
    #expect(codes("balance") == [0, 1, 2, 3, 4, 5, 7, 10, 130, 143] && codes("providers") == [0, 2, 10])
    #expect(codes("status").contains(8) && codes("sendmail").contains(75) && !codes("sendmail").contains(2))
    let options = commands.flatMap { $0["options"]?.array ?? [] }
    for member in ["name", "value", "default", "variable", "repeatable", "required", "help"] {
      #expect(options.allSatisfy { $0[member] != nil }, "\(member)")
    }
  }

  @Test("Every name that --columns help lists is taken", arguments: ["providers", "log", "jobs"])
  func everyColumn(command: String) {
    let list = World()
    #expect(list.run(line: "\(command) --columns help", with: "vpixelpro") == .success)
    let names = list.printed.split(separator: "\n").compactMap { $0.split(separator: " ").first }.joined(separator: ",")
    #expect(World().run(line: "\(command) -o csv --columns \(names)", with: "vpixelpro") == .success)
  }

  @Test(
    "The configuration's path is a document of its format",
    arguments: [
      ("", "/tmp/a b.toml\n"), ("-o csv", "/tmp/a b.toml\n"), ("-o jsonl", "{\"path\":\"/tmp/a b.toml\"}\n"),
      ("-o json", "{\n  \"path\": \"/tmp/a b.toml\"\n}\n"),
    ])
  func configurationPath(format: String, document: String) {
    let world = World()
    let options = format.split(separator: " ").map(String.init)
    let arguments = ["config", "path", "--config", "/tmp/a b.toml"] + options
    #expect(SMSProgram(environment: world.environment()).run(arguments) == .success, "\(world.complained)")
    #expect(world.printed == document)
  }

  @Test("In a pipe, one job has all columns, and its next step beside them")
  func jobInPipe() {
    let network = ScriptedNetwork { _ in .noReply }
    let world = World(files: ["/list.csv": "to,message\n+15550100001,Hello\n"], network: network)
    #expect(world.run(line: "bulk /list.csv --job j", with: "vpixelpro") == .unknown)
    #expect(world.run(line: "jobs j", with: "vpixelpro") == .success)
    let header = world.printed.split(separator: "\n").last { $0.hasPrefix("JOB ") } ?? ""
    #expect(
      header.split(separator: " ").map { $0.lowercased() } == [
        "job", "profile", "account", "input", "state", "created_at", "finished_at", "done", "rows", "accepted",
        "failed", "unknown", "skipped", "pending",
      ])
    #expect(world.printed.contains(" /list.csv "))
    #expect(world.complained.contains("next: sms "), "\(world.complained)")
  }

  @Test("A command without columns says so")
  func noColumns() {
    let world = World()
    #expect(world.run("config", "path", "--columns", "help") == .usage)
    #expect(world.complained.contains("'sms config path' prints no columns"))
    #expect(World().run("send", "--columns", "help", "--help") == .success)
  }

  @Test("A column that is named twice is a mistake", arguments: ["to,to", "status,to,status"])
  func repeatedColumn(columns: String) {
    let world = World()
    #expect(world.run(line: "send +15550100001 Hello -n -o csv --columns \(columns)", with: "vpixelpro") == .usage)
    #expect(world.complained.contains("--columns: duplicate column '"))
  }

  @Test(
    "Color is what the strongest of options and variables says",
    arguments: [
      ("", [:], true), ("--no-color", [:], false), ("--no-color", ["FORCE_COLOR": "1"], false),
      ("", ["NO_COLOR": "1"], false), ("", ["NO_COLOR": "1", "FORCE_COLOR": "1"], true),
      ("", ["FORCE_COLOR": "0", "NO_COLOR": "1"], false), ("", ["TERM": "dumb", "CLICOLOR_FORCE": "1"], true),
      ("--color always", ["NO_COLOR": "1"], true), ("--color always --no-color", [:], false),
    ] as [(String, [String: String], Bool)])
  func color(options: String, variables: [String: String], isColored: Bool) {
    let world = World()
    var environment = world.environment(World.profile("vpixelpro").merging(variables) { $1 })
    environment.terminal.outputIsTerminal = true
    let arguments = options.split(separator: " ").map(String.init) + ["providers"]
    #expect(SMSProgram(environment: environment).run(arguments) == .success)
    #expect(world.printed.contains("\u{1B}[") == isColored)
  }

  @Test(
    "A dry run with -v shows the request, fetches no secret and opens no connection",
    arguments: [
      ("vpixelpro", "key=********"), ("sendapp", "key=********"), ("voximplant", "api_key=********"),
      ("smsit", "key=********"),
    ])
  func requestsOfDryRun(provider: String, secret: String) {
    let world = World()
    let line = "send +15550100001 Hello" + (provider == "voximplant" ? " --from +15550100002" : "")
    #expect(world.runWithoutFetching(line: "\(line) -n -v", with: provider) == .success)
    #expect(world.complained.contains("> POST https://") && world.complained.contains("15550100001"))
    #expect(
      world.complained.lowercased().contains(secret) || world.complained.contains("Authorization: Bearer ********"))
  }

  @Test("A dry run of bulk shows the batches of a run")
  func requestsOfBulk() {
    let list = "to,message\n" + (1...5).map { "+1555010000\($0),Hello \($0)\n" }.joined()
    let world = World(files: ["list.csv": list])
    #expect(world.runWithoutFetching(line: "bulk list.csv -n -v --batch 2", with: "vpixelpro") == .success)
    #expect(world.complained.split(separator: "\n").count { $0.hasPrefix("> POST ") } == 3)
    let quiet = World(files: ["list.csv": list])
    #expect(quiet.runWithoutFetching(line: "bulk list.csv -n", with: "vpixelpro") == .success)
    #expect(!quiet.complained.contains("> "))
  }
}

/// `--jq`, through the machine's own jq.
@Suite struct JQTests {
  @Test(
    "Results go through jq, strings as they are and all else on one line each",
    arguments: [
      (".[0].capability", "send\n"), (".[0]|{capability}", "{\"capability\":\"send\"}\n"), ("-1", "-1\n"),
      (".[:2]|map(.capability)", "[\"send\",\"bulk\"]\n"), ("empty", ""), (".[0].smsit, null", "true\nnull\n"),
    ])
  func filters(expression: String, expected: String) {
    for format in [[], ["--json"], ["-o", "json"]] {
      let world = World()
      #expect(SMSProgram(environment: world.environment()).run(["providers", "--jq", expression] + format) == .success)
      #expect(world.printed == expected, "\(world.complained)")
    }
  }

  @Test("The document of all commands goes through jq, too")
  func commands() {
    let world = World()
    let arguments = ["commands", "--json", "--jq", ".commands[0].command"]
    #expect(SMSProgram(environment: world.environment()).run(arguments) == .success)
    #expect(world.printed == "send\n")
  }

  @Test("A column that is named twice is refused", arguments: ["to,to", "id,to,id"])
  func duplicateColumn(columns: String) {
    let world = World()
    #expect(world.run(line: "log -o csv --columns \(columns)", with: "vpixelpro") == .usage)
    #expect(world.complained.contains("--columns: duplicate column '"))
  }

  @Test("In jsonl it sees one object after the other")
  func lines() {
    let world = World()
    let arguments = ["providers", "-o", "jsonl", "--jq", ".capability"]
    #expect(SMSProgram(environment: world.environment()).run(arguments) == .success)
    #expect(world.printed.hasPrefix("send\nbulk\n"))
  }

  @Test(
    "What jq refuses is exit 2 in its words, before anything is sent",
    arguments: [
      (["--jq", ".["], "syntax error"), (["--jq", "nothing"], "nothing/0 is not defined"),
      (["--jq", ".", "-o", "csv"], "can't be used together"),
    ])
  func refused(options: [String], words: String) {
    let world = World()
    let arguments = ["send", "+15550100001", "Hello"] + options
    #expect(SMSProgram(environment: world.environment(World.profile("vpixelpro"))).run(arguments) == .usage)
    #expect(world.complained.contains(words) && world.printed.isEmpty)
  }

  @Test("Where jq stumbles over the results, that is exit 2, and 10 once messages may have left")
  func late() {
    let world = World()
    #expect(SMSProgram(environment: world.environment()).run(["providers", "--jq", ".x"]) == .usage)
    #expect(world.complained.contains("Cannot index array"))
    let sending = World(answers: [.message(1, "Pending")])
    let arguments = ["send", "+15550100001", "hi", "--jq", ".x"]
    #expect(SMSProgram(environment: sending.environment(World.profile("vpixelpro"))).run(arguments) == .io)
  }

  @Test("Without jq it is exit 2, says how to get it, and does nothing")
  func missing() {
    let world = World()
    world.put("/etc/os-release", Array("ID=debian\n".utf8))
    var environment = world.environment(World.profile("vpixelpro"))
    environment.runProgram = { (_, _) throws(SubprocessError) in
      throw .notStarted(SystemError(code: 2, operation: "posix_spawn"))
    }
    #expect(SMSProgram(environment: environment).run(["send", "+15550100001", "hi", "--jq", "."]) == .usage)
    #expect(world.complained.contains("--jq requires jq, which isn't installed"))
    #expect(world.complained.contains("run: sudo apt install jq") && world.requests.isEmpty)
  }

  @Test("At a terminal, what a message says can't move the cursor")
  func terminal() {
    let world = World(answers: [
      .json(#"{"success":true,"data":{"devices":[{"id":1,"name":"\u001b[2Ja"}]},"error":null}"#)
    ])
    var environment = world.environment(World.profile("vpixelpro"))
    environment.terminal.outputIsTerminal = true
    #expect(SMSProgram(environment: environment).run(["devices", "--jq", ".[].name"]) == .success)
    #expect(world.printed == "\\x1b[2Ja\n")
  }
}
