import Platform
import TestSupport
import Testing
import TextFormats

/// `sms doctor` on machines where something is wrong.
@Suite(.ownThread) struct DoctorTests {
  /// A check as a line: `status check profile subject: message`.
  private struct Finding: CustomStringConvertible {
    var status: String
    var check: String
    var profile: String?
    var message: String
    var hint: String?

    init(_ json: JSONValue) throws {
      status = try #require(json["status"]?.text)
      check = try #require(json["check"]?.text)
      profile = json["profile"]?.text
      message = try #require(json["message"]?.text)
      hint = json["hint"]?.text
    }

    var description: String { "\(status) \(check) \(profile ?? "-"): \(message) [\(hint ?? "")]" }
  }

  private func findings(_ run: Run) throws -> [Finding] { try run.records().map(Finding.init) }

  @Test("All is well with the sandbox: each line is ok, nothing is made, and no secret is shown")
  func well() throws {
    try withSandbox { sandbox in
      let before = FileWalk.files(under: sandbox.folder)
      let run = try sandbox.tool.run("doctor")
      #expect(run.code == 0 && run.stderr.isEmpty, "\(run.text)")
      #expect(run.text.split(separator: "\n").allSatisfy { $0.hasPrefix("ok ") }, "\(run.text)")
      for check in ["config", "permissions", "secret", "state directory", "ledger", "tls", "dns", "connection"] {
        #expect(run.text.contains("  \(check) "), "\(check)")
      }
      for profile in Provider.allCases { #expect(run.text.contains("connection       \(profile.rawValue) ")) }
      #expect(!run.text.contains("-key"))
      #expect(FileWalk.files(under: sandbox.folder) == before)
      #expect(try sandbox.tool.run("send", "+15550100001", "Hello").code == 0)
      let after = FileWalk.files(under: sandbox.folder)
      #expect(try sandbox.tool.run("doctor").text.contains("ledger.db: schema version 4"))
      #expect(FileWalk.files(under: sandbox.folder) == after)
    }
  }

  /// Longer than a label may be (RFC 1035), so that no name server is asked.
  private static let nowhere = String(repeating: "a", count: 64) + ".example"

  /// What is done to a machine, the check that fails, what its message or hint has in it, and the exit code.
  static let faults: [(script: String, check: String, says: String, code: Int32)] = [
    ("chmod 644 sandbox.toml", "permissions", "chmod 600 sandbox.toml", 3),
    ("chmod 620 sandbox.toml", "permissions", "chmod 600 sandbox.toml", 3),
    ("echo 'x = [' >>sandbox.toml", "config", "sandbox.toml:", 3),
    ("rm sandbox.toml", "config", "sms -c sandbox.toml config init", 3),
    ("unset SMS_CONFIG", "config", "sms config init", 3),
    ("export SMS_PROFILE=smsti", "profile", "did you mean 'smsit'?", 3),
    ("sed -i.b 's/^provider = \"smsit\"/provider = \"smsti\"/' sandbox.toml", "settings", "did you mean 'smsit'?", 3),
    ("sed -i.b 's/^key = .*/key_env = \"NOBODY_HAS_IT\"/' sandbox.toml", "secret", "export NOBODY_HAS_IT=", 3),
    ("sed -i.b 's/^key = .*/key_file = \"no where\"/' sandbox.toml", "secret", "cat > './no where'", 3),
    ("sed -i.b 's/^key = .*/key_command = \"exit 7\"/' sandbox.toml", "secret", "/bin/sh -c 'exit 7'", 3),
    ("sed -i.b 's/^key = .*/key_command = \"true\"/' sandbox.toml", "secret", "key: empty", 3),
    ("sed -i.b 's/^from = .*/ca_file = \"nowhere.pem\"/' sandbox.toml", "settings", "nowhere.pem", 3),
    ("touch file; export SMS_STATE_DIR=file", "state directory", "SMS_STATE_DIR", 10),
    ("touch file; export SMS_STATE_DIR=$PWD/file/below", "state directory", "SMS_STATE_DIR", 10),
    ("mkdir -m 700 s; echo rubbish >s/ledger.db; export SMS_STATE_DIR=$PWD/s", "ledger", "ledger.db.damaged", 10),
    ("sed -i.b 's|^base_url = .*|base_url = \"http://127.0.0.1:1\"|' sandbox.toml", "connection", "curl -v", 5),
    (
      "sed -i.b 's|^base_url = .*|base_url = \"https://\(nowhere)\"|' sandbox.toml", "dns", "getent hosts \(nowhere)", 5
    ),
    ("sed -i.b 's|^base_url = \"http:|base_url = \"https:|' sandbox.toml", "connection", "curl -v https://", 5),
    ("export SMS_PROXY=http://127.0.0.1:1", "connection", "proxy", 5),
  ]

  @Test(
    "Each fault is found, with what to do and a fitting exit code; the rest is looked at all the same",
    arguments: faults)
  func fault(script: String, check: String, says: String, code: Int32) throws {
    try withSandbox { sandbox in
      var tool = sandbox.tool
      tool.variables["SMS_STATE_DIR"] = ""
      let run = try tool.shell("\(script); exec sms doctor -o json --timeout 2s")
      #expect(run.code == code, "\(run.text)\(run.stderr)")
      let findings = try findings(run)
      let failed = findings.filter { $0.status == "failed" && $0.check == check }
      #expect(failed.contains { "\($0)".contains(says) }, "\(findings)")
      #expect(findings.contains { $0.check == "tls" && $0.status == "ok" })
      #expect(findings.allSatisfy { $0.status == "ok" || $0.hint != nil })
      #expect(run.stderr.hasPrefix("{\"error\":"))
    }
  }

  @Test("Without libcurl nothing is sent, and 'doctor' names the package and blames no setting")
  func noLibrary() throws {
    try withSandbox { sandbox in
      let hidden = "touch libcurl.so.4 libcurl-gnutls.so.4; export LD_LIBRARY_PATH=$PWD"
      let send = try sandbox.tool.shell("\(hidden); exec sms send +15550100001 Hello")
      #expect(send.code == 3 && send.stderr.contains("libcurl") && send.stderr.contains("install"), "\(send.stderr)")
      let doctor = try sandbox.tool.shell("\(hidden); exec sms doctor -o json")
      let bad = try findings(doctor).filter { $0.status != "ok" }
      #expect(doctor.code == 3)
      #expect(bad.filter { $0.status == "failed" }.map(\.check) == ["tls"], "\(bad)")
      #expect(bad.allSatisfy { !$0.message.contains("proxy") })
    }
  }

  static let warnings: [(script: String, check: String, hint: String)] = [
    ("echo '[defalts]' >>sandbox.toml", "setting", "did you mean 'defaults'?"),
    ("export SMS_TIMOUT=3s", "variable", "did you mean 'SMS_TIMEOUT'?"),
    ("sed -i.b /default_profile/d sandbox.toml", "profile", "choose one with"),
    ("mkdir -m 755 s; export SMS_STATE_DIR=s", "state directory", "run: chmod 700 s"),
    (
      "(umask 022; echo sandbox-smsit-key >k); sed -i.b 's/^key = .*/key_file = \"k\"/' sandbox.toml", "secret",
      "run: chmod 600 ./k"
    ),
  ]

  @Test("What could be better is a warning, and no failure", arguments: warnings)
  func warning(script: String, check: String, hint: String) throws {
    try withSandbox { sandbox in
      let run = try sandbox.tool.shell("\(script); exec sms doctor -o json")
      #expect(run.code == 0, "\(run.text)")
      let found = try findings(run).filter { $0.status == "warning" }
      #expect(found.contains { $0.check == check && $0.hint?.contains(hint) == true }, "\(found)")
    }
  }

  @Test("--profile looks at that one alone; variables alone are a profile without a name")
  func one() throws {
    try withSandbox { sandbox in
      let one = try findings(try sandbox.tool.run("-p", "smsit", "doctor", "-o", "json"))
      #expect(Set(one.compactMap(\.profile)) == ["smsit"])
      var tool = Tool(folder: sandbox.folder)
      tool.variables = [
        "SMS_PROVIDER": "sendapp", "SMS_KEY": "abc", "SMS_BASE_URL": "http://127.0.0.1:\(sandbox.port)/sendapp",
      ]
      let run = try tool.run("doctor", "-o", "json")
      #expect(run.code == 0, "\(run.text)")
      #expect(try findings(run).contains { $0.check == "connection" && $0.profile == nil })
    }
  }

  @Test("It works with nothing: hardly a variable, no streams")
  func nothing() throws {
    try withTemporaryFolder { folder in
      let tool = Tool(folder: folder)
      let bare = try tool.shell("exec env -i HOME=\"$PWD\" \"$(command -v sms)\" doctor")
      let mute = try tool.shell("exec sms doctor <&- >&- 2>&-")
      let cut = try tool.shell("sms doctor | head -n 1")
      #expect([bare.code, mute.code, cut.code] == [3, 3, 0])
      #expect(FileWalk.files(under: folder).isEmpty)
    }
  }
}
