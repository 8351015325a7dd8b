import TestSupport
import Testing
import TextFormats

/// What the options of `bulk` do to a list.
@Suite(.ownThread) struct BulkOptionTests {
  private static let list = """
    to,name,message
    +15550100001,Ada,one
    +15550100002,,two
    +15550100001,Ada,one
    +15550100001,Ada,other
    """

  /// Sends a list through a provider that takes many messages in a request, and through one that takes one.
  private func bulk(_ list: String = list, _ options: String...) throws -> [(run: Run, log: [AcceptedText])] {
    try [Provider.sendapp, .smsit].map { provider in
      try withSandbox { sandbox in
        try sandbox.write("list.csv", list)
        return (try sandbox.run(provider, ["bulk", "list.csv", "-o", "json"] + options), try sandbox.log())
      }
    }
  }

  @Test("The same number and text are sent once; the later row is skipped, which is no failure")
  func duplicates() throws {
    for (run, log) in try bulk() {
      #expect(run.code == 0)
      #expect(log.map(\.text).sorted() == ["one", "other", "two"])
      let skipped = try run.records().filter { $0["status"] == "skipped" }
      #expect(skipped.map { $0.values("row", "to", "body") } == [[3, "+15550100001", "one"]])
      #expect(skipped.first?["error"]?["code"] == "duplicate")
    }
  }

  @Test("--allow-duplicates sends them all")
  func allowDuplicates() throws {
    for (run, log) in try bulk(Self.list, "--allow-duplicates") {
      #expect(run.code == 0)
      #expect(log.map(\.text).sorted() == ["one", "one", "other", "two"])
    }
  }

  @Test("Texts that look alike but differ in their bytes are no duplicates")
  func canonicalEquivalents() throws {
    for (run, log) in try bulk("to,message\n+15550100001,Zo\u{EB}\n+15550100001,Zoe\u{308}\n") {
      #expect(run.code == 0)
      #expect(Set(log.map(\.body)) == [Array("Zo\u{EB}".utf8), Array("Zoe\u{308}".utf8)])
    }
  }

  @Test("Suppressed numbers are never sent to, however they are written")
  func suppress() throws {
    for provider in Provider.allCases {
      try withSandbox { sandbox in
        try sandbox.write("list.csv", Self.list)
        try sandbox.write("never.txt", "+1 (555) 010-0001\r\n\n+15550100099\n")
        let run = try sandbox.run(provider, "bulk", "list.csv", "--suppress", "never.txt", "-o", "json")
        #expect(run.code == 0)
        #expect(try sandbox.log().map(\.to) == ["+15550100002"])
        let codes = try run.records().compactMap { $0["error"]?["code"]?.text }
        #expect(codes == ["suppressed", "suppressed", "suppressed"])
      }
    }
  }

  @Test("--skip-invalid skips bad rows, says why, and sends the rest")
  func skipInvalid() throws {
    for (run, log) in try bulk(
      "to,message\n+15550100001,one\nnobody,two\n+15550100003,\n+15550100004,four\n", "--skip-invalid")
    {
      #expect(run.code == 0)
      #expect(log.map(\.text).sorted() == ["four", "one"])
      let skipped = try run.records().filter { $0["status"] == "skipped" }
      #expect(skipped.compactMap { $0["row"]?.int } == [2, 3])
      #expect(skipped.allSatisfy { $0["error"]?["code"] == "invalid" })
    }
  }

  @Test("--limit sends the first rows only, and checks the rest all the same")
  func limit() throws {
    for (run, log) in try bulk(Self.list, "--limit", "1") {
      #expect(run.code == 0)
      #expect(log.map(\.text) == ["one"])
    }
    for (run, log) in try bulk(Self.list + "\nnobody,x,y", "--limit", "1") {
      #expect(run.code == 2)
      #expect(log.isEmpty)
    }
  }

  @Test("The shards of a list send each row exactly once together", arguments: [2, 3, 7])
  func shards(count: Int) throws {
    try withSandbox { sandbox in
      let numbers = (0..<60).map { "+1555010\(String(10_000 + $0).dropFirst())" }
      try sandbox.write("list.csv", "to,message\n" + numbers.map { "\($0),Hello\n" }.joined())
      var rows: [Int] = []
      for index in 1...count {
        let run = try sandbox.run(.vpixelpro, "bulk", "list.csv", "--shard", "\(index)/\(count)", "-o", "jsonl")
        #expect(run.code == 0, "\(run.stderr)")
        rows += try run.lines().compactMap { $0["row"]?.int }
      }
      #expect(rows.sorted() == Array(1...60))
      #expect(try sandbox.log().map(\.to).sorted() == numbers)
    }
  }

  @Test(
    "A template is filled in for each row",
    arguments: [
      ("Hi {{name|friend}}!", ["Hi Ada!", "Hi friend!"]),
      ("Hi {{ name | dear friend }}", ["Hi Ada", "Hi dear friend"]),
      ("{{name}}{{to}}", ["+15550100002", "Ada+15550100001"]),
      ("{{{{name}} & {{name|}}", ["{{name}} & ", "{{name}} & Ada"]),
      ("{{message}}+{{message}}", ["one+one", "other+other", "two+two"]),
    ])
  func templates(template: String, texts: [String]) throws {
    for (run, log) in try bulk(Self.list, "--message", template) {
      #expect(run.code == 0, "\(run.stderr)")
      #expect(log.map(\.text).sorted() == texts)
    }
  }

  @Test("What a row brings is never taken for a part of the template")
  func templateInjection() throws {
    for (_, log) in try bulk("to,name,secret\n+15550100001,{{secret}},x\n", "--message", "Hi {{name}}") {
      #expect(log.map(\.text) == ["Hi {{secret}}"])
    }
  }

  @Test("A template may come from a file, of which one newline at the end is dropped")
  func messageFile() throws {
    try withSandbox { sandbox in
      try sandbox.write("list.csv", Self.list)
      try sandbox.write("text.txt", "Dear {{name|friend}},\nsee you.\n")
      #expect(try sandbox.run(.voipcomm, "bulk", "list.csv", "--message-file", "text.txt", "--limit", "1").code == 0)
      #expect(try sandbox.log().map(\.text) == ["Dear Ada,\nsee you."])
    }
  }

  static let partlyBad: [(name: String, list: [UInt8], options: [String])] = [
    (
      "list.jsonl",
      Array(#"{"to":"+15550100001","message":"Hi"}{"to":"+15550100002"}"#.replacing("}{", with: "}\n{").utf8), []
    ),
    (
      "list.vcf",
      Array("BEGIN:VCARD\nTEL:+15550100001\nEND:VCARD\nBEGIN:VCARD\nFN:".utf8) + [0xE9]
        + Array("\nTEL:+15550100002\nEND:VCARD\n".utf8), ["--message", "Hi"]
    ),
  ]

  @Test("--skip-invalid skips a row that lacks what the others have, or can't be read", arguments: partlyBad)
  func skipsPartlyBad(name: String, list: [UInt8], options: [String]) throws {
    try withSandbox { sandbox in
      try sandbox.write(name, list)
      let run = try sandbox.run(.voipcomm, ["bulk", name, "--skip-invalid", "-o", "json"] + options)
      #expect(try run.records().texts("status").filter { $0 == "skipped" }.count == 1, "\(run.stderr)")
      #expect(try sandbox.accepted() == ["+15550100001"])
    }
  }

  @Test("Columns may have other names")
  func columnNames() throws {
    for (run, log) in try bulk("mobile,sms\n+15550100001,one\n", "--to-column", "mobile", "--message-column", "sms") {
      #expect(run.code == 0)
      #expect(log.map(\.text) == ["one"])
    }
  }

  @Test("Columns at, from and device hold for their row", arguments: [Provider.vpixelpro, .voipcomm])
  func rowOptions(provider: Provider) throws {
    try withSandbox { sandbox in
      let column = provider.isGateway ? "device" : "from"
      let value = provider.isGateway ? "2:1" : "+15550100101"
      try sandbox.write(
        "list.csv", "to,message,at,\(column)\n+15550100001,now,,\n+15550100002,later,2100-01-01T00:00:00Z,\(value)\n")
      let run = try sandbox.run(provider, "bulk", "list.csv", "-o", "json")
      #expect(run.code == 0, "\(run.stderr)")
      let log = try sandbox.log().sorted { $0.to < $1.to }
      #expect(log.map(\.scheduledAt) == [nil, "2100-01-01T00:00:00Z"])
      if provider.isGateway { #expect(log.last?.json.values("device", "sim") == ["2", "1"]) }
    }
  }

  @Test("--max-failures stops before the rest is sent")
  func maxFailures() throws {
    try withSandbox { sandbox in
      let rows = (1...20).map { "+1555\(100 + $0)9999,m\($0)\n" }
      try sandbox.write("list.csv", "to,message\n" + rows.joined() + "+15550100001,good\n")
      let run = try sandbox.run(
        .voximplant, "bulk", "list.csv", "--max-failures", "3", "--concurrency", "1", "-o", "json")
      #expect(run.code == 1)
      #expect(try run.records().texts("status") == ["failed", "failed", "failed"])
      #expect(run.said.contains("21 rows, 0 accepted, 3 failed, 0 unknown, 0 skipped, 18 pending"), "\(run.stderr)")
      #expect(try sandbox.log().isEmpty)
    }
  }

  @Test("A rate slows a list down and changes nothing else")
  func rate() throws {
    for (run, log) in try bulk(Self.list, "--rate", "50/s", "--concurrency", "2", "--batch", "2") {
      #expect(run.code == 0)
      #expect(log.map(\.text).sorted() == ["one", "other", "two"])
    }
  }
}
