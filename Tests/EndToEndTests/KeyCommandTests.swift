#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Platform
import TestSupport
import Testing

/// The commands that print secrets: what they see of ours, whose word they are taken for, and how they end.
@Suite(.ownThread) struct KeyCommandTests {
  @Test(
    "A signal ends the program, and with it a command with all that it has started",
    arguments: [SIGTERM, SIGINT, SIGHUP])
  func signals(number: Int32) throws {
    try withTemporaryFolder { folder in
      let tool = Tool(
        folder: folder,
        variables: [
          "SMS_PROVIDER": "vpixelpro",
          "SMS_KEY_COMMAND": "exec 9>alive; echo >&9; (sleep 600 & sleep 600); echo k3yk3yk3y",
        ])
      #expect(mkfifo("\(folder)/alive", 0o600) == 0)
      let running = try RunningTool(tool, ["balance"])
      // Opens once the command has the other end; it is at its end when nobody has that any more.
      let alive = try Files.openForReading("\(folder)/alive")
      defer { alive.close() }
      #expect(try alive.read(upTo: 1) == Array("\n".utf8))
      running.signal(number)
      #expect(try running.end().code == 128 + number)
      #expect(try alive.waitUntilReadable(atMost: .seconds(60)) && alive.read(upTo: 1).isEmpty)
    }
  }

  @Test("A command sees neither the program's secrets nor makes core dumps")
  func environment() throws {
    try withTemporaryFolder { folder in
      let tool = Tool(
        folder: folder,
        variables: [
          "SMS_PROVIDER": "voipcomm", "SMS_FROM": "+15550100002", "SMS_BASE_URL": "http://127.0.0.1:1",
          "SMS_KEY_COMMAND": "env; ulimit -c >&2; exit 1", "SMS_PASSWORD_ENV": "OFFICE", "OFFICE": "s3cret-1",
          "SMS_API_KEY": "s3cret-2", "SMS_PASSWORD": "", "OTHER": "seen",
        ])
      let seen = try tool.shell(
        "SMS_KEY_COMMAND='env >seen; ulimit -c >limit; exit 1' sms send +15550100001 Hello; cat seen limit")
      #expect(seen.text.contains("OTHER=seen"), "\(seen.stderr)")
      #expect(!seen.text.contains("s3cret"))
      #expect(seen.text.hasSuffix("\n0\n"))
    }
  }

  /// What makes a configuration, or the file of a key, one that others may have written.
  @Test(
    "A file that others may have written is not believed, and no command in it is run",
    arguments: [
      "chmod 666 a.toml", "chmod 620 a.toml", "chmod 602 a.toml", "chmod 777 .",
      "mkdir F; mv a.toml F; chmod 777 F; ln -s F/a.toml a.toml",
      "mkdir -p F/G; mv a.toml F/G; chmod 777 F; ln -s F/G/a.toml a.toml",
    ])
  func configuration(script: String) throws {
    for setting in [
      "key_command = 'touch ran; echo k3yk3yk3y'", "key = 'k3yk3yk3y'",
      "base_url = 'http://127.0.0.1:1'\nkey_env = 'KEY'",
    ] {
      try withTemporaryFolder { folder in
        let tool = Tool(folder: folder, variables: ["KEY": "k3yk3yk3y"])
        try Files.replace("\(folder)/a.toml", Array("[profiles.a]\nprovider = 'vpixelpro'\n\(setting)\n".utf8))
        let run = try tool.shell(
          "\(script); sms -c a.toml --retries 0 balance; code=$?; chmod 700 .; [ ! -e ran ] && exit $code")
        #expect(run.code == 3 && run.said.contains("\nhint: run: chmod "), "\(run.stderr)")
        let harmless = try tool.shell("chmod go-w a.toml F 2>/dev/null; sms -c a.toml config check")
        #expect(
          harmless.code == 0 || script.contains("chmod 666") && harmless.said.contains("chmod 600"),
          "\(harmless.stderr)")
      }
    }
  }

  @Test("Nor is a key from such a file", arguments: ["SMS_KEY_FILE", "SMS_SERVICE_ACCOUNT"])
  func keyFile(variable: String) throws {
    try withTemporaryFolder { folder in
      let provider = variable == "SMS_KEY_FILE" ? "vpixelpro" : "voximplant"
      let tool = Tool(
        folder: folder, variables: ["SMS_PROVIDER": provider, "SMS_FROM": "+15550100002", variable: "key"])
      let run = try tool.shell("echo k3yk3yk3y >key; chmod 620 key; sms balance")
      #expect(run.code == 3 && run.said.contains("\nhint: run: chmod 600 key\n"), "\(run.stderr)")
    }
  }
}
