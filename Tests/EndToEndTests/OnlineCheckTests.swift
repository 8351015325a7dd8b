import Platform
import TestSupport
import Testing

/// `config check --online`: credentials are tried by a question that costs nothing.
@Suite(.ownThread) struct OnlineCheckTests {
  private func statuses(_ run: Run) throws -> [String: String] {
    let pairs = try run.records().filter { $0["check"]?.text == "credentials" }
      .map { (try #require($0["profile"]?.text), try #require($0["status"]?.text)) }
    return Dictionary(pairs) { $1 }
  }

  @Test("Every profile is tried, and nothing is sent; what can't be tried is said to be unchecked")
  func all() throws {
    try withSandbox { sandbox in
      let run = try sandbox.tool.run("config", "check", "--online", "-o", "json")
      #expect(run.code == 0, "\(run.stderr)")
      #expect(
        try statuses(run) == [
          "vpixelpro": "ok", "sendapp": "ok", "voipcomm": "unchecked", "voximplant": "ok", "smsit": "ok",
        ])
      let table = try sandbox.tool.run("config", "check", "--online")
      #expect(table.code == 0 && table.text.hasPrefix("sandbox.toml: ok, 5 profiles\nok "), "\(table.text)")
      let one = try sandbox.tool.run("-p", "smsit", "config", "check", "--online", "-o", "json")
      #expect(try statuses(one) == ["smsit": "ok"])
      #expect(try sandbox.log().isEmpty)
    }
  }

  static let faults: [(script: String, failed: Set<String>, code: Int32)] = [
    ("s/sandbox-smsit-key/wrong/", ["smsit"], 4),
    ("s/sandbox-voximplant-key/wrong/", ["voximplant"], 4),
    ("s|http:.*/sendapp|http://127.0.0.1:1|", ["sendapp"], 5),
    ("s|http:.*/sendapp|http://127.0.0.1:1|; s/sandbox-smsit-key/wrong/", ["sendapp", "smsit"], 4),
    (
      "s/^key = \"sandbox-smsit.*/key_env = \"UNSET\"/; s|http:.*/sendapp|http://127.0.0.1:1|", ["sendapp", "smsit"],
      3
    ),
    ("s/^key = \"sandbox-smsit.*/key_command = \"exit 1\"/", ["smsit"], 3),
  ]

  @Test(
    "One profile's failing doesn't keep the others from being tried; the exit code says what is worst",
    arguments: faults)
  func fault(script: String, failed: Set<String>, code: Int32) throws {
    try withSandbox { sandbox in
      let change = "sed -i.b '\(script)' sandbox.toml"
      let run = try sandbox.tool.shell("\(change); sms config check --online -o json --retries 0")
      #expect(run.code == code, "\(run.stderr)")
      let statuses = try statuses(run)
      #expect(Set(statuses.filter { $0.value == "failed" }.keys) == failed)
      #expect(statuses.count == 5)
      #expect(try sandbox.log().isEmpty)
    }
  }

  @Test("A profile that is wrong by itself is 3, and the others are tried; a file that is wrong is 3 at once")
  func wrongFile() throws {
    try withSandbox { sandbox in
      let change = "sed -i.b 's/^provider = \"smsit\"/provider = \"pigeon\"/' sandbox.toml"
      let run = try sandbox.tool.shell("\(change); sms config check --online -o json")
      #expect(run.code == 3)
      #expect(try statuses(run).count == 4)
      let broken = try sandbox.tool.shell("echo '[' >>sandbox.toml; sms config check --online -o json")
      #expect(broken.code == 3 && broken.stdout.isEmpty)
      let unknown = try sandbox.tool.run("-p", "nobody", "config", "check", "--online")
      #expect(unknown.code == 3)
    }
  }

  @Test("The profile in use is tried with what the variables say, as every other command would use it")
  func variables() throws {
    try withSandbox { sandbox in
      try sandbox.write("nokey.toml", "[profiles.a]\nprovider = \"smsit\"\n")
      var tool = sandbox.tool
      tool.variables["SMS_KEY"] = "sandbox-smsit-key"
      tool.variables["SMS_BASE_URL"] = "http://127.0.0.1:\(sandbox.port)/smsit"
      let run = try tool.run("-c", "nokey.toml", "config", "check", "--online", "-o", "json")
      #expect(run.code == 0, "\(run.stderr)")
      #expect(try statuses(run) == ["a": "ok"])
      let doctor = try tool.run("-c", "nokey.toml", "doctor")
      #expect(doctor.text.contains("a key: in the variable SMS_KEY"), "\(doctor.text)")
    }
  }
}
