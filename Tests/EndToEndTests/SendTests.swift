import TestSupport
import Testing
import TextFormats

/// One text through each provider, from the command line to the provider's own record of it.
@Suite(.ownThread) struct SendTests {
  @Test("A text is accepted once, as it was written", arguments: Provider.allCases)
  func accepted(provider: Provider) throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(provider, "send", "+15550100001", "Hello")
      #expect(run.code == 0, "\(run.stderr)")
      let log = try sandbox.log()
      #expect(log.map(\.provider) == [provider.rawValue])
      #expect(log.map(\.to) == ["+15550100001"])
      #expect(log.map(\.text) == ["Hello"])
      #expect(log.first?.from == provider.sender.map { String($0.dropFirst()) })
    }
  }

  @Test("A number that is given twice gets one message, and that is said", arguments: Provider.allCases)
  func repeatedNumber(provider: Provider) throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(provider, "send", "+15550100001,+1 (555) 010-0001", "Hello")
      #expect(run.code == 0 && run.said.contains("1 duplicate number skipped"), "\(run.stderr)")
      #expect(try sandbox.log().count == 1)
    }
  }

  @Test("Its record has all fields of the contract in their order, with what is known", arguments: Provider.allCases)
  func record(provider: Provider) throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(provider, "send", "+15550100001", "Hello", "-o", "json")
      let records = try run.records()
      #expect(run.stderr.isEmpty)
      #expect(records.map(\.names) == [messageFields])
      let record = try #require(records.first)
      #expect(
        record.values("row", "provider", "profile", "direction", "to", "body", "type") == [
          .null, .string(provider.rawValue), .string(provider.rawValue), "out", "+15550100001", "Hello", "sms",
        ])
      #expect(record["from"] == provider.sender.map(JSONValue.string) ?? .null)
      #expect(record.values("encoding", "segments", "error", "scheduled_at") == ["gsm7", 1, .null, .null])
      #expect(["accepted", "queued", "sent"].contains(record["status"]?.text))
      #expect((record["id"] == .null) == (provider == .smsit), "SMS-iT alone returns no id")
      if provider != .smsit { #expect(try record["id"] == (sandbox.log().first?.json["id"])) }
    }
  }

  @Test("Every format tells the same of it", arguments: Provider.allCases)
  func formats(provider: Provider) throws {
    try withSandbox { sandbox in
      let lines = try sandbox.run(provider, "send", "+15550100001", "Hi, \"you\"", "-o", "jsonl").lines()
      #expect(lines.map(\.names) == [messageFields])
      let csv = try sandbox.run(provider, "send", "+15550100001", "Hi, \"you\"", "-o", "csv").text
      #expect(csv.hasPrefix(messageColumns.joined(separator: ",") + "\n"))
      #expect(csv.contains("+15550100001,\"Hi, \"\"you\"\"\",sms,"))
      let table = try sandbox.run(provider, "send", "+15550100001", "Hi, \"you\"").text
      #expect(table.contains("+15550100001  Hi, \"you\"") && table.split(separator: "\n").count == 2)
      #expect(try sandbox.log().map(\.text) == Array(repeating: "Hi, \"you\"", count: 3))
    }
  }

  @Test("Several numbers get it once each", arguments: Provider.allCases)
  func severalNumbers(provider: Provider) throws {
    try withSandbox { sandbox in
      let numbers = "+15550100001,+1 555 010-0002,0015550100001,+15550100003"
      let run = try sandbox.run(provider, "send", numbers, "Hello", "-o", "json")
      let expected = ["+15550100001", "+15550100002", "+15550100003"]
      #expect(try run.records().texts("to") == expected)
      #expect(try sandbox.log().map(\.to).sorted() == expected)
    }
  }

  @Test("Standard input is the text without one newline at its end", arguments: [["-"], []])
  func standardInput(message: [String]) throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(.sendapp, ["send", "+15550100001"] + message, input: Array("two\nlines\n\n".utf8))
      #expect(run.code == 0)
      #expect(try sandbox.log().map(\.text) == ["two\nlines\n"])
    }
  }

  @Test(
    "A time to send at reaches the provider as that moment",
    arguments: [Provider.vpixelpro, .sendapp, .voipcomm, .smsit])
  func schedule(provider: Provider) throws {
    try withSandbox { sandbox in
      for time in ["@4102444800", "2099-12-31T19:00:00-05:00"] {
        let run = try sandbox.run(provider, "send", "+15550100001", "Later", "--at", time, "-o", "json")
        #expect(run.code == 0, "\(run.stderr)")
        let record = try #require(try run.records().first)
        #expect(record.values("status", "scheduled_at") == ["scheduled", "2100-01-01T00:00:00Z"])
      }
      #expect(try sandbox.log().map(\.scheduledAt) == ["2100-01-01T00:00:00Z", "2100-01-01T00:00:00Z"])
    }
  }

  @Test("Phones, SIMs, priority and MMS reach the gateway", arguments: [Provider.vpixelpro, .sendapp])
  func gatewayOptions(provider: Provider) throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(
        provider, "send", "+15550100001", "Look", "--device", "2:1", "--priority", "--attach",
        "https://example.com/a,b.png", "-o", "json")
      #expect(run.code == 0, "\(run.stderr)")
      #expect(try run.records().first?.values("type", "device", "sim") == ["mms", "2", "1"])
      let line = try #require(try sandbox.log().first?.json)
      #expect(line.values("type", "device", "sim") == ["mms", "2", "1"])
      #expect(line["options"] == ["prioritize": true, "attachments": "https://example.com/a%2Cb.png"])
    }
  }

  @Test("Sender ID and repetition reach SMS-iT")
  func recurrence() throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(
        .smsit, "send", "+15550100001", "Again", "--sender-id", "Shop1", "--at", "@4102444800", "--repeat", "weekly",
        "--every", "2", "--until", "@4103654400")
      #expect(run.code == 0, "\(run.stderr)")
      #expect(
        try sandbox.log().first?.json["options"] == [
          "alphasender": "Shop1",
          "recurring": ["repeat": "Weekly", "frequency": 2, "enddate": "2100-01-15T00:00:00Z"],
        ])
    }
  }

  @Test("With a2p, Voximplant gets many numbers in one request, and each is settled by its own row")
  func a2p() throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(
        .voximplant, ["send", "+15550100001,+15550109999,+15550100003", "Hello", "-o", "json"],
        variables: ["SMS_A2P": "true"])
      #expect(run.code == 1)
      let records = try run.records()
      #expect(records.texts("to") == ["+15550100001", "+15550109999", "+15550100003"])
      #expect(records.texts("status") == ["accepted", "failed", "accepted"])
      #expect(records[1]["error"]?["code"] == "14")
      #expect(try sandbox.log().map(\.to) == ["+15550100001", "+15550100003"])
    }
  }

  @Test("--raw adds the provider's own object as the last field", arguments: Provider.allCases)
  func raw(provider: Provider) throws {
    try withSandbox { sandbox in
      let record = try #require(
        try sandbox.run(provider, "send", "+15550100001", "Hello", "-o", "json", "--raw").records().first)
      #expect(record.names == messageFields + ["raw"])
      #expect(record["raw"]?.names.isEmpty == false)
    }
  }

  @Test("Columns are those asked for, in that order, in every format")
  func columns() throws {
    try withSandbox { sandbox in
      let command = ["send", "+15550100001", "Hello", "--columns", "to,error.code,status"]
      #expect(
        try sandbox.run(.smsit, command + ["-o", "json"]).records().map(\.names) == [["to", "error.code", "status"]])
      #expect(
        try sandbox.run(.smsit, command + ["-o", "csv"]).text == "to,error.code,status\n+15550100001,,accepted\n")
      #expect(try sandbox.run(.smsit, command + ["-o", "csv", "--no-header"]).text == "+15550100001,,accepted\n")
      let table = try sandbox.run(.smsit, command).text
      #expect(table.hasPrefix("TO ") && table.contains("accepted"))
    }
  }
}
