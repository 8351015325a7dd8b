import TestSupport
import Testing
import TextFormats

/// What a send may ask for beyond number and text, as the provider was told it.
@Suite(.ownThread) struct SendOptionTests {
  /// Options that choose phones, and the phone and SIM of each of four messages in the sandbox's log.
  static let phoneChoices: [(options: [String], routes: [String])] = [
    (["--device", "2"], ["2", "2", "2", "2"]), (["--device", "2:1"], ["2:1", "2:1", "2:1", "2:1"]),
    (["--device", "1:0", "--device", "2"], ["1:0", "2", "1:0", "2"]),
    (["--use-all-devices"], ["1", "2", "1", "2"]), (["--use-all-sims"], ["1:0", "1:1", "2:0", "2:1"]),
  ]

  private func routes(_ sandbox: TestSandbox) throws -> [String] {
    try sandbox.log().map { line in
      [line.json["device"]?.text, line.json["sim"]?.text].compactMap(\.self).joined(separator: ":")
    }
  }

  @Test(
    "Messages are spread over the phones and SIMs chosen", arguments: [Provider.vpixelpro, .sendapp], phoneChoices)
  func phones(provider: Provider, choice: (options: [String], routes: [String])) throws {
    try withSandbox { sandbox in
      let numbers = (1...4).map { "+1555010000\($0)" }.joined(separator: ",")
      let run = try sandbox.run(provider, ["send", numbers, "Hello", "-o", "json"] + choice.options)
      #expect(run.code == 0, "\(run.stderr)")
      #expect(try routes(sandbox) == choice.routes)
      let records = try run.records().map { [$0["device"]?.text, $0["sim"]?.text].compactMap(\.self) }
      #expect(records.map { $0.joined(separator: ":") } == choice.routes)
    }
  }

  @Test("A list send takes the same options", arguments: [Provider.vpixelpro, .sendapp], phoneChoices)
  func list(provider: Provider, choice: (options: [String], routes: [String])) throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(provider, ["list-send", "1", "Hello"] + choice.options)
      #expect(run.code == 0, "\(run.stderr)")
      #expect(try routes(sandbox) == Array(choice.routes.prefix(3)))
    }
  }

  @Test("One random phone of those chosen sends them all", arguments: [Provider.vpixelpro, .sendapp])
  func randomPhone(provider: Provider) throws {
    try withSandbox { (sandbox) throws in
      for line in [["send", "+15550100001,+15550100002,+15550100003", "Hello"], ["list-send", "1", "Hello"]] {
        let before = (try? sandbox.log().count) ?? 0
        #expect(try sandbox.run(provider, line + ["--use-all-sims", "--random-device"]).code == 0)
        #expect(Set(try routes(sandbox).dropFirst(before)).count == 1)
      }
    }
  }

  @Test(
    "A list send is scheduled, an MMS, and first in line where that is wanted",
    arguments: [Provider.vpixelpro, .sendapp])
  func listOptions(provider: Provider) throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(
        provider, "list-send", "1", "Look", "--at", "@4102444800", "--attach", "https://example.com/a.png", "--attach",
        "https://example.com/b.png", "--priority", "-o", "json")
      #expect(run.code == 0, "\(run.stderr)")
      for record in try run.records() {
        #expect(record.values("type", "status", "scheduled_at") == ["mms", "scheduled", "2100-01-01T00:00:00Z"])
      }
      for line in try sandbox.log() {
        #expect(line.json["type"] == "mms" && line.scheduledAt == "2100-01-01T00:00:00Z")
        #expect(
          line.json["options"] == [
            "prioritize": true, "attachments": "https://example.com/a.png,https://example.com/b.png",
          ])
      }
      #expect(try sandbox.log().count == 3)
    }
  }

  @Test("SMS-iT's groups: all sender numbers in turn, at a rate, under a name, again and again")
  func smsitGroup() throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(
        .smsit, "list-send", "Friends", "Hello", "--rotate", "--throttle", "3", "--sender-id", "Shop1", "--at",
        "@4102444800", "--repeat", "monthly", "--until", "@4133980800", "-o", "json")
      #expect(run.code == 0, "\(run.stderr)")
      #expect(try run.records().map { $0.values("to", "group_id", "status") } == [[.null, .null, "scheduled"]])
      let log = try sandbox.log()
      #expect(log.map(\.to) == ["+15550100001", "+15550100002", "+15550100003"])
      #expect(Set(log.map(\.from)) == ["15550100103", "15550100104"])
      for line in log {
        let options = line.json["options"]
        #expect(options?["alphasender"] == "Shop1" && options?["throttle"]?.text == "3")
        #expect(
          options?["recurring"] == ["repeat": "Monthly", "frequency": 1, "enddate": "2100-12-31T23:59:00Z"]
            || options?["recurring"]?["enddate"]?.text?.hasPrefix("2101-01-01") == true, "\(line.json)")
      }
    }
  }

  @Test("voip-communications.net sends in bulk without a sender and two-way with one, and tells of each number")
  func voipcomm() throws {
    try withSandbox { sandbox in
      try sandbox.write(
        "bulk.toml",
        """
        [profiles.bulk]
        provider = "voipcomm"
        base_url = "http://127.0.0.1:\(sandbox.port)/voipcomm"
        key = "sandbox-voipcomm-key"
        password = "sandbox-voipcomm-password"
        """)
      let numbers = "+15550100001,+15550109999,+15550100003"
      for (options, type, from) in [
        ([], "BULKSMS", "+15550100100"), (["--from", "+15550100101"], "2WAYSMS", "+15550100101"),
      ] {
        let run = try sandbox.tool.run(["-c", "bulk.toml", "send", numbers, "Hello", "-o", "json", "--raw"] + options)
        #expect(run.code == 1, "\(run.stderr)")
        let records = try run.records()
        #expect(records.texts("status") == ["sent", "failed", "sent"])
        #expect(records.map { $0["raw"]?["type"] } == [.string(type), .string(type), .string(type)])
        #expect(records[1]["error"]?["code"] == "500")
        #expect(records[0].values("price", "error") == ["0.01", .null])
        #expect(records[0]["from"]?.text.map { $0.hasSuffix(from.dropFirst()) } == true)
      }
      #expect(try sandbox.log().count == 4)
    }
  }

  @Test("Voximplant keeps the text where it is told to, and the history shows it", arguments: ["true", "false"])
  func storeBody(flag: String) throws {
    try withSandbox { sandbox in
      let sent = try sandbox.run(.voximplant, ["send", "+15550100001", "Hello"], variables: ["SMS_STORE_BODY": flag])
      #expect(sent.code == 0, "\(sent.stderr)")
      let record = try #require(try sandbox.run(.voximplant, "status", "11", "-o", "json").records().first)
      #expect(record["body"] == (flag == "true" ? "Hello" : .null))
    }
  }
}
