#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Platform
import TestSupport
import Testing
import TextFormats

/// The sandbox as a program of its own.
@Suite(.ownThread) struct SandboxCommandTests {
  @Test(
    "It says where it listens, writes a private configuration that works, and ends on a signal",
    arguments: [SIGTERM, SIGINT])
  func lifecycle(signal: Int32) throws {
    try withTemporaryFolder { folder in
      let tool = Tool(folder: folder)
      let sandbox = try RunningTool(tool, ["sandbox", "--write-config", "sandbox.toml", "--log", "log.jsonl"])
      try wait(for: "the address") { sandbox.output.contains("\n") }
      let prefix = "listening on http://127.0.0.1:"
      #expect(sandbox.output.hasPrefix(prefix) && Int(sandbox.output.dropFirst(prefix.count).dropLast()) != nil)
      #expect(Files.status("\(folder)/sandbox.toml")?.mode == 0o600)
      #expect(try tool.run("config", "check", "sandbox.toml").text == "sandbox.toml: ok, 5 profiles\n")
      for provider in Provider.allCases {
        let run = try tool.run("-c", "sandbox.toml", "-p", provider.rawValue, "send", "+15550100001", "Hello")
        #expect(run.code == 0, "\(run.stderr)")
      }
      sandbox.signal(signal)
      let run = try sandbox.end()
      #expect(run.code == 128 + signal)
      #expect(run.complaints.count == 1 + Provider.allCases.count, "\(run.stderr)")
      #expect(run.complaints[0].contains("sms -c sandbox.toml send"))
      #expect(run.complaints[1] == #"POST /vpixelpro/services/send.php  accepted 4  +15550100001  "Hello""#)
      #expect(!run.said.contains("-key"))
      let log = try parseLines(try Files.read("\(folder)/log.jsonl", limit: 1 << 20))
      #expect(log.texts("provider") == Provider.allCases.map(\.rawValue))
    }
  }

  @Test("Quiet, it says nothing beside its address, however quiet", arguments: ["-q", "-qq"])
  func quiet(option: String) throws {
    try withTemporaryFolder { folder in
      let tool = Tool(folder: folder)
      let sandbox = try RunningTool(tool, [option, "sandbox", "--write-config", "sandbox.toml"])
      try wait(for: "the address") { sandbox.output.contains("\n") }
      #expect(try tool.run("-c", "sandbox.toml", "send", "+15550100001", "Hello").code == 0)
      sandbox.signal(SIGTERM)
      #expect(try sandbox.end().stderr == "")
    }
  }

  @Test("A port that is taken is an error that names it")
  func takenPort() throws {
    try withSandbox { sandbox in
      let run = try sandbox.tool.run("sandbox", "--port", "\(sandbox.port)")
      #expect(run.code == 10)
      #expect(run.complaints.count == 1 && run.said.contains("\(sandbox.port)"), "\(run.stderr)")
    }
  }

  @Test(
    "A log or configuration that can't be written is an error that names the file",
    arguments: ["--log", "--write-config"])
  func unwritable(option: String) throws {
    try withTemporaryFolder { folder in
      let run = try Tool(folder: folder).run("sandbox", option, "no/such/folder/file")
      #expect(run.code == 10)
      #expect(run.complaints.count == 1 && run.said.contains("no/such/folder/file"), "\(run.stderr)")
    }
  }

  @Test(
    "It replaces its own configuration, and nothing else: exit 2, and what was there stays",
    arguments: [
      "", "cp own.toml it; echo '# mine' >> it", "cp own.toml it; sed -i.bak s/Profiles/profiles/ it",
      "echo 'default_profile = \"office\"' > it", ": > it", "ln -s own.toml it", "ln -s gone it", "mkfifo it",
      "mkdir it", "ln -s /dev/null it",
    ])
  func otherFiles(making: String) throws {
    try withTemporaryFolder { folder in
      let tool = Tool(folder: folder)
      try write("own.toml", by: tool)
      _ = try tool.shell(making.isEmpty ? "cp own.toml it" : making)
      guard !making.isEmpty else { return try write("it", by: tool) }
      let before = try tool.shell("ls -l; cat own.toml; test -f it && cat it").text
      let run = try tool.shell("timeout 20 sms sandbox --write-config it")
      #expect(run.code == 2 && run.said.contains("--write-config: it "), "\(run.stderr)")
      #expect(run.stdout.isEmpty)
      #expect(try tool.shell("ls -l; cat own.toml; test -f it && cat it").text == before)
    }
  }

  /// Runs a sandbox until it has written its configuration.
  private func write(_ path: String, by tool: Tool) throws {
    let sandbox = try RunningTool(tool, ["sandbox", "--write-config", path])
    try wait(for: "the address") { sandbox.output.contains("\n") }
    sandbox.signal(SIGTERM)
    #expect(try sandbox.end().code == 128 + SIGTERM)
    #expect(try tool.run("config", "check", path).code == 0)
  }

  @Test("Faults, latency and seed are as the command line says")
  func faults() throws {
    try withTemporaryFolder { folder in
      let tool = Tool(folder: folder)
      let sandbox = try RunningTool(
        tool,
        [
          "sandbox", "--write-config", "c.toml", "--fault", "http-500=0", "--fault", "drop-after", "--log", "log.jsonl",
          "--seed", "7", "--latency", "1ms",
        ])
      try wait(for: "the address") { sandbox.output.contains("\n") }
      #expect(try tool.run("-c", "c.toml", "send", "+15550100001", "Hello").code == 6)
      sandbox.signal(SIGTERM)
      _ = try sandbox.end()
      #expect(try parseLines(try Files.read("\(folder)/log.jsonl", limit: 1 << 20)).count == 1)
    }
  }
}
