import Platform
import TestSupport
import Testing
import TextFormats

/// A provider, or the tool for it, says no: the exit code tells which no it is.
@Suite(.ownThread) struct RefusalTests {
  @Test("Wrong credentials end in 4, with nothing sent and every row still planned", arguments: Provider.allCases)
  func credentials(provider: Provider) throws {
    try withSandbox { sandbox in
      try sandbox.write("list.csv", "to,message\n+15550100001,one\n+15550100002,two\n+15550100003,three\n")
      let wrong = [provider.keyVariable: "wrong"]
      let send = try sandbox.run(provider, ["send", "+15550100001", "Hello", "-o", "json"], variables: wrong)
      #expect(send.code == 4, "\(send.stderr)")
      #expect(try send.records().texts("status") == ["planned"])
      let error = try JSONValue(parsing: Array(send.stderr.utf8))["error"]
      #expect(error?.values("kind", "provider") == ["credentials", .string(provider.rawValue)])
      let bulk = try sandbox.run(provider, ["bulk", "list.csv", "--concurrency", "1"], variables: wrong)
      #expect(bulk.code == 4)
      #expect(bulk.said.contains("3 pending"))
      #expect(try sandbox.log().isEmpty)
    }
  }

  @Test(
    "A number that can't be reached fails at once where the provider says so at once",
    arguments: [Provider.voipcomm, .voximplant])
  func failsAtOnce(provider: Provider) throws {
    try withSandbox { sandbox in
      let send = try sandbox.run(provider, "send", "+15550109999", "Hello", "-o", "json")
      #expect(send.code == 1)
      let record = try #require(try send.records().first)
      #expect(record["status"] == "failed" && record["error"]?["message"]?.text?.isEmpty == false)
      try sandbox.write("list.csv", "to,message\n+15550100001,one\n+15550109999,two\n+15550100003,three\n")
      let bulk = try sandbox.run(provider, "bulk", "list.csv", "-o", "json")
      #expect(bulk.code == 1)
      let statuses = try bulk.records().map { ($0["to"]?.text, $0["status"]?.text) }
      #expect(statuses.filter { $0.1 == "failed" }.map(\.0) == ["+15550109999"])
      #expect(bulk.said.contains("3 rows, 2 accepted, 1 failed, 0 unknown, 0 skipped, 0 pending"))
      #expect(try sandbox.log().map(\.to).sorted() == ["+15550100001", "+15550100003"])
    }
  }

  @Test("Phones and SMS-iT take such a number, and fail later", arguments: [Provider.vpixelpro, .sendapp, .smsit])
  func failsLater(provider: Provider) throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(provider, "send", "+15550109999", "Hello")
      #expect(run.code == 0)
      #expect(try sandbox.log().map(\.to) == ["+15550109999"])
    }
  }

  @Test("SMS-iT sends to contacts only, and the error says how to make one")
  func notAContact() throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(.smsit, "send", "+15559990001", "Hello", "-o", "json")
      #expect(run.code == 1)
      let error = try JSONValue(parsing: Array(run.stderr.utf8))["error"]
      #expect(error?["code"] == "-6" && error?["message"]?.text?.contains("sms contacts add +15559990001") == true)
    }
  }

  @Test("An unknown phone is refused in the gateway's own words", arguments: [Provider.vpixelpro, .sendapp])
  func unknownDevice(provider: Provider) throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(provider, "send", "+15550100001", "Hello", "--device", "9")
      #expect(run.code == 1)
      #expect(run.said.contains("This device doesn't exist in database."))
      #expect(try sandbox.log().isEmpty)
    }
  }

  /// What each provider can't do; the rest of the profiles can, or nobody.
  static let impossible: [(provider: Provider, options: [String], capable: String)] = [
    (.vpixelpro, ["--from", "+15550100101"], "voipcomm, voximplant, smsit"),
    (.sendapp, ["--sender-id", "Shop"], "smsit"),
    (.sendapp, ["--repeat", "daily", "--at", "+1h", "--until", "+3d"], "smsit"),
    (.voipcomm, ["--device", "1"], "vpixelpro, sendapp"),
    (.voipcomm, ["--priority"], "vpixelpro, sendapp"),
    (.voximplant, ["--at", "+1h"], "vpixelpro, sendapp, voipcomm, smsit"),
    (.voximplant, ["--mms"], "vpixelpro, sendapp"),
    (.voximplant, ["--attach", "https://example.com/a.png"], "vpixelpro, sendapp"),
    (.smsit, ["--use-all-devices"], "vpixelpro, sendapp"),
    (.smsit, ["--use-all-sims"], "vpixelpro, sendapp"),
    (.smsit, ["--random-device"], "vpixelpro, sendapp"),
  ]

  @Test("What a provider can't do ends in 7, naming the profiles that can", arguments: impossible)
  func unsupported(provider: Provider, options: [String], capable: String) throws {
    try withSandbox { sandbox in
      try sandbox.write("list.csv", "to,message\n+15550100001,one\n")
      for command in [["send", "+15550100001", "Hello"], ["bulk", "list.csv"], ["bulk", "list.csv", "--dry-run"]] {
        let run = try sandbox.run(provider, command + options)
        #expect(run.code == 7, "\(run.stderr)")
        #expect(run.said.contains("doesn't support \(options[0])"))
        #expect(run.complaints.last == "hint: profiles that support it: \(capable)")
        #expect(run.stdout.isEmpty)
      }
      #expect(try sandbox.log().isEmpty)
    }
  }

  /// How each says that the account is empty; of voip-communications.net no document tells.
  static let noCredit: [(provider: Provider, reply: String)] = [
    (.vpixelpro, #"{"success":false,"data":null,"error":{"code":500,"message":"You don't have enough credits."}}"#),
    (.sendapp, #"{"success":false,"error":"Not enough credit"}"#),
    (.voximplant, #"{"error":{"code":5,"msg":"Billing failed"}}"#),
    (.smsit, #"{"status":"-12","msg":""}"#),
  ]

  @Test("Empty credit ends in 5, and stops a list with what is left still planned", arguments: noCredit)
  func emptyAccount(provider: Provider, reply: String) throws {
    let server = try ScriptedServer { _ in [.answerAll(with: ScriptedServer.reply(body: reply))] }
    try withTemporaryFolder { folder in
      let tool = try Tool(folder: folder, profilesAt: server.url)
      try Files.replace("\(folder)/list.txt", Array(BulkTests.numbers.joined(separator: "\n").utf8))
      let run = try tool.run(
        "-p", provider.rawValue, "bulk", "list.txt", "--message", "Hello", "--batch", "1", "--concurrency", "1", "-o",
        "json")
      #expect(run.code == 5, "\(run.stderr)")
      #expect(run.text == "[]\n" && run.said.contains("0 failed, 0 unknown, 0 skipped, 3 pending"), "\(run.stderr)")
      #expect(server.requests.count == 1)
    }
  }
}
