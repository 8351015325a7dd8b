import Platform
import TestSupport
import Testing
import TextFormats

/// Configuration as users write it; what is wrong ends in 3 before anything leaves.
@Suite(.ownThread) struct ConfigurationTests {
  /// A profile for the sandbox, but for these lines.
  private static let complete = "[profiles.a]\nprovider = \"vpixelpro\"\nkey = \"sandbox-vpixelpro-key\"\n"

  static let mistakes: [(text: String, says: [String])] = [
    ("", ["no profile"]),
    ("x = ", ["bad.toml:1:5", "x ="]),
    ("[profiles.a\n", ["bad.toml:1:12"]),
    (
      "[profiles.a]\nprovider = \"pigeon\"\n",
      ["bad.toml:2:12", "'pigeon'", "vpixelpro, sendapp, voipcomm, voximplant, smsit"]
    ),
    ("[profiles.a]\nkey = \"abcd1234\"\n", ["'a'", "provider"]),
    ("[profiles.a]\nprovider = \"vpixelpro\"\n", ["'a'", "key"]),
    ("[profiles.a]\nprovider = \"voipcomm\"\nkey = \"abcd1234\"\n", ["'a'", "key and password"]),
    ("[profiles.a]\nprovider = \"voximplant\"\naccount_id = \"1\"\n", ["account_id and api_key, or service_account"]),
    (
      "[profiles.a]\nprovider = \"voximplant\"\naccount_id = \"1\"\napi_key = \"abcd1234\"\nservice_account = \"x\"\n",
      ["not both"]
    ),
    (
      "[profiles.a]\nprovider = \"voximplant\"\nservice_account = \"nowhere.json\"\nfrom = \"+15550100102\"\n",
      ["service_account", "nowhere.json"]
    ),
    (
      "[profiles.a]\nprovider = \"voximplant\"\nservice_account = \"bad.toml\"\nfrom = \"+15550100102\"\n",
      ["service_account", "bad.toml"]
    ),
    (complete + "key_env = \"KEY\"\n", ["bad.toml:3", "key and key_env can't be used together"]),
    (complete + "base_url = \"http://sms.example.com\"\n", ["bad.toml:4:12", "unencrypted"]),
    (complete + "base_url = \"https://ada@example.com\"\n", ["bad.toml:4:12", "user"]),
    (complete + "timeout = 30\n", ["bad.toml:4:11", "timeout"]),
    (complete + "timeout = \"3x\"\n", ["bad.toml:4:11", "timeout"]),
    (complete + "retries = -1\n", ["bad.toml:4:11", "retries"]),
    (complete + "concurrency = 0\n", ["bad.toml:4:15", "concurrency"]),
    (complete + "rate = \"0/s\"\n", ["bad.toml:4:8", "rate"]),
    (complete + "country_code = \"1\"\n", ["bad.toml:4:16", "country_code"]),
    (complete + "time_zone = \"Mars/Olympus\"\n", ["time_zone", "Mars/Olympus"]),
    (complete + "ca_file = \"nowhere.pem\"\n", ["ca_file", "nowhere.pem"]),
    (complete + "devices = [\"x\"]\n", ["bad.toml:4", "devices"]),
    (complete + "from = \"a\\nb\"\n", ["bad.toml:4:8", "from"]),
    ("[profiles.a]\nprovider = \"vpixelpro\"\nkey = \"a\\r\\nX: y\"\n", ["key", "must be a single line"]),
    ("[profiles.a]\nprovider = \"vpixelpro\"\nkey = 1\n", ["bad.toml:3:7", "key"]),
    ("[profiles.a]\nprovider = \"vpixelpro\"\nkey_env = \"UNSET\"\n", ["bad.toml:3:11", "key_env", "UNSET"]),
    ("[profiles.a]\nprovider = \"vpixelpro\"\nkey_file = \"nowhere\"\n", ["key_file", "nowhere"]),
    (
      "[profiles.a]\nprovider = \"vpixelpro\"\nkey_command = \"echo locked >&2; exit 7\"\n",
      ["bad.toml:3:15", "exited with code 7: locked", "key_command"]
    ),
    ("[profiles.a]\nprovider = \"vpixelpro\"\nkey_command = \"true\"\n", ["key", "empty"]),
    (complete + complete.replacing("profiles.a", with: "profiles.b"), ["a, b"]),
    ("default_profile = \"z\"\n" + complete, ["bad.toml:1:19", "'z'"]),
  ]

  @Test("A mistake in the configuration is exit 3, with what and where, and nothing sent", arguments: mistakes)
  func mistake(text: String, says: [String]) throws {
    try withSandbox { sandbox in
      try sandbox.write("bad.toml", text)
      try sandbox.write("list.csv", "to,message\n+15550100001,one\nnobody,two\n")
      let nearby = ["SMS_BASE_URL": "http://127.0.0.1:\(sandbox.port)/vpixelpro"]
      for command in [["send", "+15550100001", "Hello"], ["bulk", "list.csv", "--skip-invalid", "-o", "json"]] {
        var tool = sandbox.tool
        if !text.contains("base_url") { tool.variables.merge(nearby) { $1 } }
        let run = try tool.run(["-c", "bad.toml"] + command)
        #expect(run.code == 3, "\(run.stderr)")
        for words in says { #expect(run.said.contains(words), "\(words) in \(run.stderr)") }
        #expect(run.stdout.isEmpty)
        if command.contains("json") { #expect(run.problems.count == 1, "\(run.stderr)") }
        #expect(!run.said.contains("abcd1234") && !run.said.contains("sandbox-vpixelpro-key"))
      }
      #expect(try sandbox.log().isEmpty)
    }
  }

  @Test("A file that others can read is refused where it holds a secret, with the command to run")
  func permissions() throws {
    try withSandbox { sandbox in
      let run = try sandbox.tool.shell("chmod 644 sandbox.toml; sms send +15550100001 Hello")
      #expect(run.code == 3 && run.complaints.last == "hint: run: chmod 600 sandbox.toml")
      let mended = try sandbox.tool.shell("chmod 600 sandbox.toml; sms send +15550100001 Hello")
      #expect(mended.code == 0)
      #expect(try sandbox.log().count == 1)
    }
  }

  @Test("A misspelled setting is a warning with a suggestion, whatever command reads it")
  func unknownKey() throws {
    try withSandbox { sandbox in
      try sandbox.write(
        "odd.toml", Self.complete + "tiemout = \"5s\"\nbase_url = \"http://127.0.0.1:\(sandbox.port)/vpixelpro\"\n")
      for command in [["send", "+15550100001", "Hello"], ["config", "check"], ["config", "show"]] {
        let run = try sandbox.tool.run(["-c", "odd.toml"] + command)
        #expect(run.code == 0)
        #expect(run.stderr == "warning: odd.toml:4:1: unknown setting 'tiemout'; did you mean 'timeout'?\n")
      }
    }
  }

  @Test("Secrets come from a variable, a file or a command, without one newline at their end")
  func secrets() throws {
    try withSandbox { sandbox in
      try sandbox.write("key.txt", "sandbox-smsit-key\n")
      let sources = [
        "SMS_KEY": "sandbox-smsit-key", "SMS_KEY_ENV": "MY_KEY", "SMS_KEY_FILE": "key.txt",
        "SMS_KEY_COMMAND": "printf 'sandbox-smsit-key\\n'",
      ]
      for (name, value) in sources {
        let variables = [name: value, "MY_KEY": "sandbox-smsit-key"]
        let run = try sandbox.run(.smsit, ["send", "+15550100001", name], variables: variables)
        #expect(run.code == 0, "\(run.stderr)")
      }
      #expect(try sandbox.log().count == 4)
    }
  }

  @Test("Variables alone are enough", arguments: Provider.allCases)
  func variablesOnly(provider: Provider) throws {
    try withSandbox { sandbox in
      var tool = Tool(folder: sandbox.folder)
      tool.variables = ["SMS_PROVIDER": provider.rawValue]
      #expect(try tool.run("balance").said.contains(provider.keyVariable) == true)
      tool.variables = [
        "SMS_PROVIDER": provider.rawValue, "SMS_BASE_URL": "http://127.0.0.1:\(sandbox.port)/\(provider.rawValue)",
        provider.keyVariable: "sandbox-\(provider.rawValue)-key", "SMS_PASSWORD": "sandbox-voipcomm-password",
        "SMS_ACCOUNT_ID": "1000001", "SMS_FROM": provider.sender ?? "",
      ]
      let run = try tool.run("send", "+15550100001", "Hello", "-o", "json")
      #expect(run.code == 0, "\(run.stderr)")
      #expect(try run.records().first?["profile"] == .null)
      #expect(try sandbox.log().count == 1)
    }
  }

  @Test("The first file found is used: option, variable, XDG_CONFIG_HOME, ~/.config, ~/.smsrc")
  func places() throws {
    try withSandbox { sandbox in
      var tool = Tool(folder: sandbox.folder)
      let text = try String(decoding: Files.read("\(sandbox.folder)/sandbox.toml", limit: 1 << 20), as: UTF8.self)
      let places = [".smsrc", ".config/sms/config.toml", "xdg/sms/config.toml", "variable.toml", "option.toml"]
      for (index, place) in places.enumerated() {
        try Files.makeFolders("\(sandbox.folder)/.config/sms")
        try Files.makeFolders("\(sandbox.folder)/xdg/sms")
        try sandbox.write(place, text.replacing("profiles.vpixelpro", with: "profiles.p\(index)"))
        if index == 2 { tool.variables["XDG_CONFIG_HOME"] = "\(sandbox.folder)/xdg" }
        if index == 3 { tool.variables["SMS_CONFIG"] = "variable.toml" }
        let option = index == 4 ? ["-c", "option.toml"] : []
        let run = try tool.run(["-p", "p\(index)", "send", "+15550100001", place] + option)
        #expect(run.code == 0, "\(run.stderr)")
      }
      #expect(try sandbox.log().map(\.text) == places)
    }
  }

  @Test(
    "What config init writes is private and passes the check; it never writes over a file",
    arguments: [nil] + Provider.allCases)
  func initialize(provider: Provider?) throws {
    try withSandbox { sandbox in
      let tool = Tool(folder: sandbox.folder)
      let choice = provider.map { ["--provider", $0.rawValue] } ?? []
      let first = try tool.run(["config", "init"] + choice)
      #expect(first.code == 0 && first.text == "\(sandbox.folder)/.config/sms/config.toml\n", "\(first.stderr)")
      #expect(Files.status("\(sandbox.folder)/.config/sms/config.toml")?.mode == 0o600)
      #expect(try tool.run("config", "check").code == 0)
      #expect(try tool.run("config", "init").code == 3)
    }
  }
}
