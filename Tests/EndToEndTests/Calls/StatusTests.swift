import TestSupport
import Testing
import TextFormats

/// What became of messages: by id, by group, by filters, and page by page.
@Suite(.ownThread) struct StatusTests {
  @Test("A message moves on, from one look to the next", arguments: [Provider.vpixelpro, .sendapp])
  func movesOn(provider: Provider) throws {
    try withSandbox { sandbox in
      let sent = try #require(try sandbox.run(provider, "send", "+15550100001", "Hello", "-o", "json").records().first)
      let id = try #require(sent["id"]?.text)
      var statuses: [String] = []
      try wait(for: "the delivery") {
        let record = try #require(try sandbox.run(provider, "status", id, "-o", "json").records().first)
        #expect(record.values("to", "body", "direction") == ["+15550100001", "Hello", "out"])
        #expect((record["sent_at"] == .null) == (record["status"] == "queued"))
        #expect((record["delivered_at"] == .null) == (record["status"] != "delivered"))
        let status = try #require(record["status"]?.text)
        if statuses.last != status { statuses.append(status) }
        return status == "delivered"
      }
      #expect(["queued", "sent", "delivered"].suffix(statuses.count).elementsEqual(statuses))
    }
  }

  @Test("What fails on the way is failed, with the reason", arguments: [Provider.vpixelpro, .sendapp, .smsit])
  func fails(provider: Provider) throws {
    try withSandbox { sandbox in
      #expect(try sandbox.run(provider, "send", "+15550109999", "Hello").code == 0)
      let line = provider.isGateway ? ["status", "4"] : ["status", "--to", "+15550109999"]
      try wait(for: "the failure") {
        try sandbox.run(provider, line + ["-o", "json"]).records().texts("status") == ["failed"]
      }
      let record = try #require(try sandbox.run(provider, line + ["-o", "json"]).records().first)
      #expect(record["error"]?["message"]?.text?.isEmpty == false)
    }
  }

  @Test("Messages that were sent together are found by their group", arguments: [Provider.vpixelpro, .sendapp])
  func group(provider: Provider) throws {
    try withSandbox { sandbox in
      let numbers = ["+15550100001", "+15550100002", "+15550100003"]
      let sent = try sandbox.run(
        provider, "send", numbers.joined(separator: ","), "Hello", "--use-all-sims", "-o", "json"
      ).records()
      let group = try #require(sent.first?["group_id"]?.text)
      #expect(group.contains(")") && group.contains("$"), "the sandbox's group ids are odd")
      func found(_ options: String...) throws -> [String] {
        try sandbox.run(provider, ["status", "--group", group, "-o", "json"] + options).records().texts("to")
      }
      #expect(try found() == numbers)
      #expect(try found("--to", numbers[1]) == [numbers[1]])
      #expect(try found("--device", "1") == [numbers[0], numbers[1]])
      #expect(try found("--device", "1", "--sim", "1") == [numbers[1]])
      #expect(try found("--direction", "in").isEmpty)
      #expect(try found("--since", "+1h").isEmpty)
      #expect(try found("--limit", "2") == [numbers[0], numbers[1]])
    }
  }

  @Test("A status selects, and device, SIM and times narrow it", arguments: [Provider.vpixelpro, .sendapp])
  func filters(provider: Provider) throws {
    try withSandbox { (sandbox) throws in
      #expect(try sandbox.run(provider, "send", "+15550100001", "one", "--device", "1:0", "--at", "+1d").code == 0)
      #expect(try sandbox.run(provider, "send", "+15550100002", "two", "--device", "2:1", "--at", "+1d").code == 0)
      func found(_ options: String...) throws -> [String] {
        let run = try sandbox.run(provider, ["status", "-o", "json"] + options)
        #expect(run.code == 0, "\(run.stderr)")
        return try run.records().texts("body")
      }
      #expect(try found("--status", "scheduled") == ["one", "two"])
      #expect(try found("--status", "Pending") == ["one", "two"])
      #expect(try found("--status", "queued").isEmpty)
      #expect(try found("--status", "scheduled", "--device", "2") == ["two"])
      #expect(try found("--status", "scheduled", "--device", "1", "--sim", "1").isEmpty)
      #expect(try found("--status", "scheduled", "--to", "+15550100002") == ["two"])
      #expect(try found("--status", "scheduled", "--since", "-1h", "--until", "now") == ["one", "two"])
      #expect(try found("--status", "scheduled", "--until", "-1h").isEmpty)
      #expect(try found("--direction", "in") == ["STOP", "Hi", "See you at 8 😀"])
      #expect(try found("--direction", "in", "--from", "+15550100001", "--limit", "1").count <= 1)
      #expect(try found("--status", "failed").isEmpty)
    }
  }

  @Test(
    "An id that is not there is exit 1 and named, the others are shown",
    arguments: [Provider.vpixelpro, .sendapp, .voximplant])
  func unknownID(provider: Provider) throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(provider, "status", "1", "4711", "2", "-o", "json")
      #expect(run.code == 1)
      #expect(try run.records().texts("id").sorted() == ["1", "2"])
      let error = try JSONValue(parsing: Array(run.stderr.utf8))["error"]
      #expect(error?["kind"] == "not-found" && error?["message"]?.text?.contains("4711") == true)
      let hint = try sandbox.run(provider, "status", "4711").complaints.dropFirst()
      let window = "hint: searched 30 days back; use --since to search further back"
      #expect(hint == [provider == .voximplant ? window : "hint: 'sms log' lists messages sent from this machine"])
      guard provider == .voximplant else { return }
      #expect(try sandbox.run(provider, "status", "4711", "--since", "-1h").complaints.count == 2)
    }
  }

  @Test("Voximplant's history is asked for by numbers, direction, times and status")
  func history() throws {
    try withSandbox { (sandbox) throws in
      #expect(try sandbox.run(.voximplant, "send", "+15550100001", "Hello").code == 0)
      func found(_ options: String...) throws -> [String] {
        let run = try sandbox.run(.voximplant, ["status", "-o", "json"] + options)
        #expect(run.code == 0, "\(run.stderr)")
        return try run.records().texts("id")
      }
      #expect(try found() == ["1", "2", "3", "4", "11"])
      #expect(try found("--direction", "in") == ["1", "2", "3"])
      #expect(try found("--direction", "out") == ["4", "11"])
      #expect(try found("--to", "+15550100001") == ["11"])
      #expect(try found("--from", "+15550100102", "--status", "failed") == ["4"])
      #expect(try found("--status", "2") == ["4"])
      #expect(try found("--since", "-1h") == ["11"])
      #expect(try found("--until", "-1h", "--status", "sent").isEmpty)
      #expect(try found("--limit", "2") == ["1", "2"])
      let record = try #require(try sandbox.run(.voximplant, "status", "11", "-o", "json").records().first)
      #expect(
        record.values("status", "provider_status", "from", "to", "price", "segments") == [
          "sent", "1", "+15550100102", "+15550100001", "0.005", 1,
        ])
    }
  }

  /// The delivery statuses of the documents and what the contract makes of them, by the ids of the sandbox.
  static let deliveryStatuses: [(id: String, word: String, status: String)] = [
    ("5", "ABORTED", "canceled"), ("6", "REJECTED", "failed"), ("7", "DELIVERED", "delivered"),
    ("8", "FAILED", "failed"), ("9", "EXPIRED", "failed"), ("10", "UNKNOWN", "unknown"),
  ]

  @Test("Voximplant's A2P history knows what became of each message", arguments: deliveryStatuses)
  func deliveryStatus(id: String, word: String, status: String) throws {
    try withSandbox { (sandbox) throws in
      func found(_ options: String...) throws -> [JSONValue] {
        try sandbox.run(.voximplant, ["status", "-o", "json"] + options, variables: ["SMS_A2P": "true"]).records()
      }
      let record = try #require(try found(id).first)
      #expect(record.values("id", "status", "provider_status") == [.string(id), .string(status), .string(word)])
      #expect((record["error"] == .null) == (status != "failed"))
      #expect(try found("--status", word).texts("id") == [id])
      #expect(try found("--status", status).texts("id").contains(id))
    }
  }

  @Test("A history is read past the 1000 rows that Voximplant gives at once")
  func pages() throws {
    try withSandbox { sandbox in
      let numbers = (0..<1100).map { "+1555010\(String(10_000 + $0).dropFirst())\n" }
      try sandbox.write("list.txt", numbers.joined())
      let a2p = ["SMS_A2P": "true"]
      let bulk = try sandbox.run(.voximplant, ["bulk", "list.txt", "--message", "Hello", "-q"], variables: a2p)
      #expect(bulk.code == 0, "\(bulk.stderr)")
      func found(_ options: String...) throws -> (ids: [String], run: Run) {
        let run = try sandbox.run(
          .voximplant, ["status", "-o", "csv", "--columns", "id", "--no-header"] + options, variables: a2p)
        #expect(run.code == 0, "\(run.stderr)")
        return (run.text.split(separator: "\n").map(String.init), run)
      }
      let all = try found("--limit", "all")
      #expect(all.ids == (5...1110).map(String.init) && all.run.stderr.isEmpty)
      let usual = try found()
      #expect(usual.ids.count == 1000 && usual.run.stderr.contains("--limit"))
      #expect(try found("--limit", "1050").ids == (5...1054).map(String.init))
      #expect(try found("--limit", "1106").run.stderr.isEmpty, "there is nothing beyond the limit")
      #expect(try found("1110", "5").ids == ["5", "1110"], "ids are looked for on all pages")
      #expect(try found("--limit", "all", "--to", "+15550100777").ids.count == 1)
    }
  }

  @Test("SMS-iT tells of the last message to a number, and counts a group")
  func smsit() throws {
    try withSandbox { sandbox in
      let nobody = try sandbox.run(.smsit, "status", "--to", "+15550100001")
      #expect(nobody.code == 1 && nobody.stderr.contains("can't be found for outbound SMS"))
      let sent = try sandbox.run(.smsit, "list-send", "Friends", "Hello", "-o", "json")
      let group = try #require(try sent.records().first?["group_id"]?.text)
      #expect(sent.complaints == ["to see the results: sms status --group \(group)"])
      let narrowed = try sandbox.run(.smsit, "status", "--group", group, "--wait")
      #expect(narrowed.code == 7 && narrowed.stderr.contains("doesn't support status --group with other options"))
      try wait(for: "the deliveries") {
        let report = try sandbox.run(.smsit, "status", "--group", group, "-o", "json").json()
        return report == ["group_id": .string(group), "successful": 3, "failed": 0]
      }
      let last = try sandbox.run(.smsit, "status", "--to", "+15550100001", "-o", "json").records()
      #expect(last.texts("status") == ["delivered"])
      let unknown = try sandbox.run(.smsit, "status", "--group", "99")
      #expect(unknown.code == 1 && unknown.stderr.contains("The group SMS ID is invalid or does not exist."))
    }
  }
}
