import Platform
import TestSupport
import Testing

/// `config add`, `config remove` and `profiles`, on real files.
@Suite struct ProfileEditingTests {
  /// Runs a line of a shell in a folder of its own, with `sms` in it and no variables but HOME and PATH.
  private func run(_ script: String, in folder: String, input: String = "") throws -> (code: Int32, text: String) {
    let sms = "sms() { '\(Tool.path)' \"$@\"; }; cd '\(folder)'; export SMS_CONFIG=config.toml\n"
    let output = try Subprocess.run(
      ["/bin/sh", "-c", sms + script], input: Array(input.utf8),
      environment: ["HOME": folder, "PATH": CurrentProcess.environment.values["PATH"] ?? ""], timeout: .seconds(60))
    guard case .exited(let code) = output.status else { return (-1, "") }
    return (code, String(decoding: output.stdout + output.stderr, as: UTF8.self))
  }

  private static let written = """
    # Mine.
    default_profile = 'home' # the one

    [profiles.home]      # at home
    provider = "sendapp"
    key_env = "HOME_KEY"
    # rate = "1/s"
    devices = [
      "1", # the old one
    ]

    # At work.
    [profiles."the office"]
    provider = "vpixelpro"
    key_env = "OFFICE_KEY"


    """

  @Test("What was added and removed again leaves the file as it was, byte by byte, its mode and its link too")
  func roundTrip() throws {
    try withTemporaryFolder { folder in
      try Files.makeFolders("\(folder)/dotfiles")
      try Files.createExclusive("\(folder)/dotfiles/sms.toml", Array(Self.written.utf8), mode: 0o640)
      _ = try run("ln -s dotfiles/sms.toml config.toml; chmod 640 dotfiles/sms.toml", in: folder)
      let added = try run("sms config add new --provider sendapp --key-env NEW --rate 5/s --timeout 10s", in: folder)
      #expect(added.code == 0, "\(added.text)")
      let text = String(decoding: try Files.read("\(folder)/dotfiles/sms.toml", limit: 9999), as: UTF8.self)
      #expect(
        text == Self.written
          + "\n[profiles.new]\nprovider = \"sendapp\"\nkey_env = \"NEW\"\nrate = \"5/s\"\ntimeout = \"10s\"\n")
      let removed = try run(
        "sms config remove new; test -L config.toml && stat -c %a dotfiles/sms.toml; ls -A dotfiles", in: folder)
      #expect(removed.text.hasSuffix("640\nsms.toml\n"), "\(removed.text)")
      #expect(
        String(decoding: try Files.read("\(folder)/config.toml", limit: 9999), as: UTF8.self).hasPrefix(Self.written))
    }
  }

  @Test("Removing a profile leaves the comments of others, and takes the default that names it")
  func removing() throws {
    try withTemporaryFolder { folder in
      try Files.createExclusive("\(folder)/config.toml", Array(Self.written.utf8))
      #expect(try run("sms config remove home", in: folder).code == 0)
      #expect(
        String(decoding: try Files.read("\(folder)/config.toml", limit: 9999), as: UTF8.self)
          == "# Mine.\n\n# At work.\n[profiles.\"the office\"]\nprovider = \"vpixelpro\"\nkey_env = \"OFFICE_KEY\"\n\n"
      )
      #expect(try run("sms config remove 'the office'; sms config check", in: folder).text.contains("0 profiles"))
    }
  }

  @Test(
    "A file that can't be changed, or would not be readable then, stays as it is",
    arguments: [
      (
        "[profiles.a]\nprovider = \"sendapp\"\nkey_env = \"A\"\n", "chmod 644 config.toml",
        "sms config add b --provider sendapp", 3
      ),
      (
        "[profiles.a]\nprovider = \"sendapp\"\nkey_env = \"A\"\n", "true",
        "sms config add a --provider sendapp --key-env B", 2
      ),
      (
        "profiles = { a = { provider = \"sendapp\", key_env = \"A\" } }\n", "true",
        "sms config add b --provider sendapp", 3
      ),
      (
        "[profiles.a]\nprovider = \"sendapp\"\nkey_env = \"A\"\n", "chmod 664 config.toml",
        "sms config add b --provider sendapp --key-command 'pass show b'", 3
      ),
      ("profiles = { a = { provider = \"sendapp\", key_env = \"A\" } }\n", "true", "sms config remove a", 3),
      ("[profiles.a]\nprovider = \"sendapp\"\nkey_env = \"A\"\n", "true", "sms config remove b", 3),
      (
        "[profiles.a]\nprovider = \"sendapp\"\nkey_env = \"A\"\n", "true",
        "sms config add b --provider sendapp --base-url http://example.com", 3
      ),
      (
        "[profiles.a]\nprovider = \"sendapp\"\nkey_env = \"A\"\n", "true",
        "sms config add b --provider sendapp --key-env X --rate fast", 2
      ),
      (
        "[profiles.a]\nprovider = \"sendapp\"\nkey_env = \"A\"\n", "true",
        "sms config add b --provider sendapp --password-env X", 2
      ),
      ("[profiles.a\n", "true", "sms config add b --provider sendapp --key-env X", 3),
    ])
  func refused(text: String, preparation: String, line: String, code: Int32) throws {
    try withTemporaryFolder { folder in
      try Files.createExclusive("\(folder)/config.toml", Array(text.utf8))
      let result = try run("\(preparation); \(line)", in: folder, input: "K3Y-K3Y\n")
      #expect(result.code == code, "\(result.text)")
      #expect(!result.text.contains("K3Y-K3Y"))
      #expect(try Files.read("\(folder)/config.toml", limit: 9999) == Array(text.utf8))
      #expect(try run("ls -A", in: folder).text == "config.toml\n")
    }
  }

  @Test("A link to a file that isn't there is named, and stays")
  func danglingLink() throws {
    try withTemporaryFolder { folder in
      let result = try run(
        "ln -s nowhere.toml config.toml; sms config add b --provider sendapp --key-env B", in: folder)
      #expect(result.code == 3 && result.text.contains("config.toml is a link to a file that doesn't exist"))
      #expect(try run("ls -A", in: folder).text == "config.toml\n")
    }
  }

  @Test("Without a file one is made for its owner alone, and secrets come from standard input in their order")
  func first() throws {
    try withTemporaryFolder { folder in
      let result = try run(
        "sms config add a --provider voipcomm && stat -c %a config.toml", in: folder, input: "k-1\np\"2\n")
      #expect(result.text == "config.toml\n600\nnext: sms -p a config check --online\n")
      let shown = try run("cat config.toml; sms config check", in: folder).text
      #expect(shown.contains("key = \"k-1\"\npassword = \"p\\\"2\"\n") && shown.contains("ok, 1 profile"))
      for input in ["", "k-1\n", "\n\n", "k\np\nmore\n"] {
        #expect(
          try run("rm config.toml; sms config add a --provider voipcomm; c=$?; ls; exit $c", in: folder, input: input)
            .code == 2)
      }
    }
  }

  @Test("The profile that was used stays the one that is used")
  func defaults() throws {
    try withTemporaryFolder { folder in
      let add = { (name: String) in "sms config add \(name) --provider sendapp --key-env K -q > out\n" }
      let result = try run(
        add("a") + add("b") + add("c") + "sms profiles -o csv --columns name,default; sms config check", in: folder)
      #expect(result.text.hasPrefix("name,default\na,true\nb,false\nc,false\n"), "\(result.text)")
    }
  }

  @Test("profiles shows no secret and no password, fetches nothing, and says where each is written")
  func profiles() throws {
    try withTemporaryFolder { folder in
      let text = """
        [profiles.a]
        provider = "sendapp"
        key = "S3CRET-KEY"

        [profiles.b]
        provider = "smsit"
        key_command = "touch fetched"
        from = "+15550100001"

        """
      try Files.createExclusive("\(folder)/config.toml", Array(text.utf8))
      let result = try run("sms profiles -o jsonl; ls", in: folder)
      #expect(
        result.text == """
          {"name":"a","provider":"sendapp","base_url":"https://sms.sendapp.live","origin":"config.toml:1","default":false}
          {"name":"b","provider":"smsit","base_url":"https://decontrolpanel.smsit.ai","origin":"config.toml:5","default":false}
          config.toml

          """)
      #expect(
        try run("sms -p b profiles -o csv --columns name,default", in: folder).text == "name,default\na,false\nb,true\n"
      )
    }
  }

  @Test(
    "No configuration is begun in a folder where anybody could replace it",
    arguments: ["config add a --provider sendapp", "config init"])
  func openFolder(command: String) throws {
    try withTemporaryFolder { folder in
      try Files.makeFolders("\(folder)/open")
      let result = try run(
        "chmod 777 open; export SMS_CONFIG='\(folder)/open/config.toml'; sms \(command); echo $?; ls open", in: folder,
        input: "key\n")
      #expect(result.code == 0 && result.text.hasPrefix("3\n") && result.text.contains("chmod o-w"), "\(result.text)")
    }
  }
}
