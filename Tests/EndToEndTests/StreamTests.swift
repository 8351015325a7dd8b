#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Platform
import TestSupport
import Testing
import TextFormats

/// Full disks, closed pipes, closed descriptors, terminals: what a program's surroundings can do to it.
@Suite(.ownThread) struct StreamTests {
  @Test(
    "A full disk is exit 10 with one line that says so", .enabled(if: access("/dev/full", W_OK) == 0, "no /dev/full"),
    arguments: [
      "send +15550100001 Hello", "send +15550100001 Hello -o json", "send +15550100001 Hello -o jsonl",
      "send +15550100001 Hello -o csv", "bulk list.csv", "bulk list.csv -o json", "bulk list.csv -o jsonl",
      "send +15550100001 Hello --dry-run", "bulk list.csv --dry-run -o csv", "providers", "--help", "--version",
      "help send", "config show", "config path", "config check", "completions bash", "sandbox",
    ])
  func fullDisk(command: String) throws {
    try withSandbox { sandbox in
      try sandbox.write("list.csv", "to,message\n+15550100001,one\n+15550100002,two\n")
      let run = try sandbox.tool.shell("sms \(command) >/dev/full")
      #expect(run.code == 10)
      #expect(run.complaints.filter { $0.contains("No space left on device") }.count == 1, "\(run.stderr)")
    }
  }

  @Test(
    "On a full disk a list stops; what was taken is known by its summary",
    .enabled(if: access("/dev/full", W_OK) == 0, "no /dev/full"))
  func fullDiskStopsList() throws {
    try withSandbox { sandbox in
      try sandbox.write("list.csv", "to,message\n" + (100..<200).map { "+15550100\($0),Hello\n" }.joined())
      let run = try sandbox.tool.shell("sms bulk list.csv -o jsonl --batch 1 --concurrency 1 >/dev/full")
      let accepted = try sandbox.log().count
      #expect(run.code == 10 && accepted < 100)
      #expect(run.said.contains("100 rows, \(accepted) accepted"), "\(run.stderr)")
    }
  }

  @Test(
    "A reader that goes away is no error of anybody's",
    arguments: [
      "send +15550100001 Hello", "send +15550100001 Hello -o json", "bulk list.csv", "providers", "--help",
      "config show",
      "completions zsh", "bulk list.csv --dry-run -o jsonl",
    ])
  func closedPipe(command: String) throws {
    try withSandbox { sandbox in
      try sandbox.write("list.csv", "to,message\n+15550100001,one\n")
      let run = try sandbox.tool.shell("{ sms -q \(command); echo $? >&2; } | true")
      #expect(run.stderr == "0\n")
    }
  }

  @Test("A reader that has seen enough stops a list: nothing new starts, and that is not called done")
  func closedPipeStopsList() throws {
    try withSandbox(latency: .milliseconds(20)) { sandbox in
      try sandbox.write("list.csv", "to,message\n" + (100..<400).map { "+15550100\($0),Hello\n" }.joined())
      let run = try sandbox.tool.shell(
        "{ sms bulk list.csv -o jsonl --batch 1 --concurrency 1 -q; echo $? >&2; } | head -1")
      #expect(run.stdout.split(separator: UInt8(ascii: "\n")).count == 1)
      #expect(run.stderr == "10\n")
      #expect(try sandbox.log().count < 300)
    }
  }

  @Test("Closed descriptors do no harm: nothing is written where it does not belong", arguments: Provider.allCases)
  func closedDescriptors(provider: Provider) throws {
    try withSandbox { sandbox in
      try sandbox.write("list.csv", "to,message\n+15550100001,Hello\n")
      for closing in ["<&- >&- 2>&-", ">&-", "2>&-", "<&-"] {
        for command in ["send +15550100001 Hello", "bulk list.csv"] {
          let run = try sandbox.tool.shell("sms -v -p \(provider.rawValue) \(command) \(closing)")
          #expect(run.code == 0, "\(run.stderr)")
        }
      }
      let log = try sandbox.log()
      #expect(log.count == 8 && Set(log.map(\.text)) == ["Hello"])
    }
  }

  @Test(
    "Without a home folder and variables, what needs no configuration works",
    arguments: ["--help", "--version", "help bulk", "providers", "completions fish"])
  func bareEnvironment(command: String) throws {
    try withSandbox { sandbox in
      let bare = try sandbox.tool.shell("exec env -i \"$1\" \(command)", [Tool.path])
      #expect(bare.code == 0 && bare.stderr.isEmpty && !bare.text.isEmpty)
    }
  }

  @Test(
    "Without HOME, what cron runs works, and says nothing", arguments: ["send +15550100001 Hello", "bulk list.csv"])
  func noHome(command: String) throws {
    try withSandbox { sandbox in
      try sandbox.write("list.csv", "to,message\n+15550100001,Hello\n")
      let run = try sandbox.tool.shell(
        """
        exec env -i PATH=/usr/bin:/bin SMS_STATE_DIR=state "$1" -c sandbox.toml \(command) -q <&- >sent
        """, [Tool.path])
      #expect(run.code == 0 && run.stderr.isEmpty, "\(run.stderr)")
      #expect(try sandbox.log().count == 1)
    }
  }

  @Test("Without HOME, the home folder is that of the user database")
  func homeOfUserDatabase() throws {
    try withSandbox { sandbox in
      let home = try #require(CurrentUser.home)
      let run = try sandbox.tool.shell("exec env -i XDG_CONFIG_HOME=\"$PWD/none\" \"$1\" config path", [Tool.path])
      #expect(run.text == "\(sandbox.folder)/none/sms/config.toml\n")
      for bare in ["env -i", "env -i HOME="] {
        let run = try sandbox.tool.shell("exec \(bare) \"$1\" config path", [Tool.path])
        #expect(run.code == 0 && run.text.hasPrefix("\(home)/."), "\(run.text)\(run.stderr)")
      }
    }
  }

  @Test(
    "-q is silent on standard error when all goes well, and changes nothing on standard output",
    arguments: Provider.allCases)
  func quiet(provider: Provider) throws {
    try withSandbox { sandbox in
      try sandbox.write("list.csv", "to,message\n+15550100001,one\nbad,two\n")
      let command = ["bulk", "list.csv", "--skip-invalid", "-o", "csv", "--columns", "row,to,status"]
      let (loud, quiet) = (try sandbox.run(provider, command), try sandbox.run(provider, command + ["-q"]))
      #expect(loud.stdout == quiet.stdout && !loud.stderr.isEmpty && quiet.stderr.isEmpty)
      let dryRun = try sandbox.run(provider, command + ["--dry-run", "--quiet"])
      #expect(dryRun.code == 0 && dryRun.stderr.isEmpty)
    }
  }

  @Test("-q still says what went wrong")
  func quietErrors() throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(.voximplant, "send", "+15550109999", "Hello", "-q")
      #expect(run.code == 1 && run.said.hasPrefix("sms: "))
    }
  }

  @Test(
    "With json or jsonl an error is one line of JSON with these members, and nothing on standard output",
    arguments: [
      ("send nobody Hello", "input"), ("send --bogus", "usage"), ("snd", "usage"),
      ("-p nobody send +15550100001 Hello", "config"),
      ("-p voximplant send +15550100001 Hello --at +1h", "unsupported"), ("bulk nowhere.csv", "input"),
    ])
  func jsonErrors(command: String, kind: String) throws {
    try withSandbox { sandbox in
      for format in ["json", "jsonl"] {
        let run = try sandbox.tool.shell("sms -o \(format) \(command)")
        #expect(run.stdout.isEmpty)
        let error = try JSONValue(parsing: Array(run.stderr.utf8))
        #expect(error.names == ["error"])
        let usual = ["kind", "message", "hint", "provider", "code", "http_status"]
        #expect(error["error"]?.names == usual + (kind == "unsupported" ? ["profiles"] : []))
        #expect(error["error"]?["kind"]?.text == kind)
      }
    }
  }

  @Test(
    "Standard input that is a terminal gets a hint instead of a wait",
    arguments: ["send +15550100001", "send +15550100001 -", "bulk -"])
  func terminalInput(command: String) throws {
    let terminal = try PseudoTerminal()
    try withSandbox { sandbox in
      let run = try sandbox.tool.shell("sms \(command) <\(terminal.path)")
      #expect(run.code == 2)
      #expect(run.complaints.last?.hasPrefix("hint: ") == true, "\(run.stderr)")
    }
  }

  @Test("The command alone gives short help on standard error", arguments: ["", "config"])
  func alone(command: String) throws {
    try withSandbox { sandbox in
      let run = try sandbox.tool.shell("sms \(command)")
      #expect(run.code == 2 && run.stdout.isEmpty)
      #expect(run.said.hasPrefix("Usage: sms"))
    }
  }

  @Test("Help beats a broken configuration and other errors on the line")
  func help() throws {
    try withSandbox { sandbox in
      try sandbox.write("sandbox.toml", "this is = no [ TOML")
      for command in ["send --help", "send --bogus -h", "help send", "send a b c --help"] {
        let run = try sandbox.tool.shell("sms \(command)")
        #expect(run.code == 0 && run.stderr.isEmpty && run.text.hasPrefix("Usage: sms send"))
        #expect(run.text.split(separator: "\n").allSatisfy { $0.count <= 80 })
      }
    }
  }
}
