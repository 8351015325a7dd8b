import TestSupport
import Testing
import TextFormats

/// A list through each provider, in every form it may come in.
@Suite(.ownThread) struct BulkTests {
  /// A list of three in each format, with a name column to be ignored and texts that try the format.
  static let inputs: [(format: String, text: String)] = [
    (
      "csv",
      "to,name,message\r\n+15550100001,Ada,\"Hello, Ada\"\r\n\r\n"
        + "+15550100002,Grace,\"two\nlines and a \"\"quote\"\"\"\n+15550100003,Zoë,Grüße"
    ),
    (
      "json",
      #"[{"to":"+15550100001","name":"Ada","message":"Hello, Ada"},"#
        + #"{"message":"two\nlines and a \"quote\"","to":"+15550100002"},"#
        + #" {"to": "+15550100003", "message": "Gr\u00fc\u00dfe", "extra": {"a": [1]}}]"#
    ),
    (
      "jsonl",
      #"{"to":"+15550100001","message":"Hello, Ada"}"# + "\n\n"
        + #"{"to":"+15550100002","message":"two\nlines and a \"quote\""}"# + "\r\n"
        + #"{"to":"+15550100003","message":"Grüße"}"#
    ),
  ]
  static let numbers = ["+15550100001", "+15550100002", "+15550100003"]
  static let texts = ["Hello, Ada", "two\nlines and a \"quote\"", "Grüße"]

  @Test("Each row arrives once, whatever the list is written in", arguments: Provider.allCases, inputs.map(\.format))
  func inputFormats(provider: Provider, format: String) throws {
    let text = try #require(Self.inputs.first { $0.format == format }?.text)
    try withSandbox { sandbox in
      try sandbox.write("list.\(format)", text)
      let run = try sandbox.run(provider, "bulk", "list.\(format)", "-o", "json")
      #expect(run.code == 0, "\(run.stderr)")
      let log = try sandbox.log().sorted { $0.to < $1.to }
      #expect(log.map(\.to) == Self.numbers)
      #expect(log.map(\.text) == Self.texts)
      let records = try run.records()
      #expect(records.allSatisfy { $0.names == messageFields })
      #expect(Set(records.compactMap { $0["row"]?.int }) == [1, 2, 3])
      #expect(
        run.complaints.count == 1
          && run.said.hasPrefix("3 rows, 3 accepted, 0 failed, 0 unknown, 0 skipped, 0 pending"))
    }
  }

  @Test("Standard input is told apart by its content", arguments: inputs.map(\.format))
  func standardInput(format: String) throws {
    let text = try #require(Self.inputs.first { $0.format == format }?.text)
    try withSandbox { sandbox in
      for arguments in [["bulk", "-"], ["bulk", "-", "--format", format]] {
        let run = try sandbox.run(.vpixelpro, arguments, input: Array(text.utf8))
        #expect(run.code == 0, "\(run.stderr)")
      }
      #expect(try sandbox.log().map(\.text) == Self.texts + Self.texts)
    }
  }

  @Test(
    "A number a line needs no header, and a mark of UTF-8 at the start is no part of it", arguments: Provider.allCases)
  func lines(provider: Provider) throws {
    try withSandbox { sandbox in
      try sandbox.write("list.txt", "\u{FEFF}+15550100001\r\n\n+1 (555) 010-0002\n+15550100003")
      let run = try sandbox.run(provider, "bulk", "list.txt", "--message", "Hello")
      #expect(run.code == 0, "\(run.stderr)")
      #expect(try sandbox.log().map(\.to).sorted() == Self.numbers)
    }
  }

  @Test("Every output format has every row", arguments: ["json", "jsonl", "csv", "table"])
  func outputFormats(format: String) throws {
    try withSandbox { sandbox in
      try sandbox.write("list.jsonl", Self.inputs[2].text)
      let run = try sandbox.run(.voximplant, "bulk", "list.jsonl", "-o", format)
      #expect(run.code == 0)
      switch format {
      case "json": #expect(try Set(run.records().texts("to")) == Set(Self.numbers))
      case "jsonl": #expect(try Set(run.lines().texts("to")) == Set(Self.numbers))
      default: #expect(Self.numbers.allSatisfy(run.text.contains))
      }
      if format == "csv" { #expect(run.text.hasPrefix(messageColumns.joined(separator: ",") + "\n")) }
    }
  }

  @Test(
    "A list without rows is a job of none, and an empty result is whole in every format",
    arguments: [("json", "[]\n"), ("jsonl", ""), ("csv", messageColumns.joined(separator: ",") + "\n"), ("table", "")])
  func noRows(format: String, output: String) throws {
    try withSandbox { sandbox in
      try sandbox.write("list.csv", "to,message\n")
      let run = try sandbox.run(.voipcomm, "bulk", "list.csv", "-o", format)
      #expect(run.code == 0 && run.text == output)
    }
  }

  @Test("A dry run says what it would take, and opens no connection", arguments: Provider.allCases)
  func dryRun(provider: Provider) throws {
    try withSandbox { sandbox in
      try sandbox.write("list.csv", "to,message\n+15550100001,Hello\n+15550100002,Hallo 👋\n")
      // Nothing listens there, so a connection would be refused.
      let closed = ["SMS_BASE_URL": "http://127.0.0.1:1"]
      let bulk = try sandbox.run(provider, ["bulk", "list.csv", "--dry-run", "-o", "json"], variables: closed)
      #expect(bulk.code == 0, "\(bulk.stderr)")
      let records = try bulk.records()
      #expect(records.texts("status") == ["planned", "planned"])
      #expect(records.texts("encoding") == ["gsm7", "ucs2"] && records.texts("segments") == ["1", "1"])
      #expect(bulk.said.hasPrefix("2 messages, 2 segments (gsm7 1, ucs2 1); nothing was sent\n"))
      let send = try sandbox.run(
        provider, ["send", "+15550100001", String(repeating: "€", count: 81), "--dry-run", "-o", "json"],
        variables: closed)
      #expect(try send.records().map { $0.values("status", "encoding", "segments") } == [["planned", "gsm7", 2]])
    }
  }

  @Test("A dry run needs no secret, no folder to write to and no state")
  func dryRunNeedsNothing() throws {
    try withSandbox { sandbox in
      try sandbox.write("list.csv", "to,message\n+15550100001,Hello\n")
      let run = try sandbox.run(
        .vpixelpro, ["bulk", "list.csv", "--dry-run", "-q"],
        variables: [
          "SMS_KEY_COMMAND": "echo fetched >fetched; exit 1", "HOME": "\(sandbox.folder)/none",
          "SMS_STATE_DIR": "/dev/null",
        ])
      #expect(run.code == 0 && run.stderr.isEmpty, "\(run.stderr)")
      #expect(try sandbox.tool.shell("ls fetched").code != 0)
    }
  }

  @Test(
    "Hundreds of rows arrive once each, in requests of many where the provider takes them", arguments: Provider.allCases
  )
  func manyRows(provider: Provider) throws {
    try withSandbox { sandbox in
      let numbers = phoneNumbers(250)
      try sandbox.write("list.csv", "to,message\n" + numbers.map { "\($0),Hello \($0)\n" }.joined())
      let run = try sandbox.run(provider, "bulk", "list.csv", "-o", "jsonl", "-q")
      #expect(run.code == 0 && run.stderr.isEmpty, "\(run.stderr)")
      let log = try sandbox.log()
      #expect(log.map(\.to).sorted() == numbers)
      #expect(log.allSatisfy { $0.text == "Hello \($0.to)" })
      #expect(try Set(run.lines().compactMap { $0["row"]?.int }) == Set(1...250))
    }
  }
}
