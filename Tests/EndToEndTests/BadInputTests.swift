import TestSupport
import Testing
import TextFormats

/// Input that can't be sent: exit 2, a line that says what and where, and nothing leaves.
@Suite(.ownThread) struct BadInputTests {
  /// A command line, what it reads, and what the one line of error has to say.
  struct Case: Sendable, CustomTestStringConvertible {
    var arguments: [String]
    var input: [UInt8] = []
    var says: [String]
    /// What the hint has to say.
    var advises: String?

    var testDescription: String {
      arguments.joined(separator: " ") + " " + String(decoding: input, as: UTF8.self).debugDescription
    }

    /// `sms send`
    static func send(_ arguments: String..., input: String = "", says: String..., advises: String? = nil) -> Case {
      Case(arguments: ["send"] + arguments, input: Array(input.utf8), says: says, advises: advises)
    }

    /// `sms bulk`, of a file of that name.
    static func bulk(_ name: String, _ text: String, _ options: String..., says: String...) -> Case {
      Case(arguments: ["bulk", name] + options, input: Array(text.utf8), says: says)
    }
  }

  static let commandLines: [Case] = [
    .send("15550100001", "Hi", says: "TO", "'15550100001'", "no country code"),
    .send("+155501", "Hi", says: "TO", "5 digits after +1"),
    .send("+1234567890123456", "Hi", says: "16 digits"),
    .send("+01555010001", "Hi", says: "starts with 0"),
    .send("+9995550100001", "Hi", says: "+999"),
    .send("+1555010000１", "Hi", says: "U+FF11 FULLWIDTH DIGIT ONE"),
    .send("+٤٤٢٠٧٩٤٦٠٠٠٠", "Hi", says: "U+0664 ARABIC-INDIC DIGIT FOUR"),
    .send("+15550100001.5", "Hi", says: "decimal number"),
    .send("2026-12-01", "Hi", says: "a date"),
    .send("4.47E+11", "Hi", says: "scientific notation"),
    .send("€12", "Hi", says: "an amount"),
    .send("+15550100001;+15550100002", "Hi", says: "';'"),
    .send("+15550100001\n", "Hi", says: "TO"),
    .send("+15550100001\r\nBcc: +15550100002", "Hi", says: "TO"),
    .send("+15550100001,", "Hi", says: "TO", "empty number between commas"),
    .send("", "Hi", says: "TO"),
    .send("+1555+0100001", "Hi", says: "'+'"),
    .send("+15550100001 ext. 5", "Hi", says: "an extension"),
    .send("Ada", "Hi", says: "'Ada'"),
    .send("+15550100001", "", says: "MESSAGE", "empty"),
    .send("+15550100001", " \u{A0}\n", says: "MESSAGE", "blank"),
    .send("+15550100001", input: "", says: "standard input", "empty"),
    .send("+15550100001", input: "\n", says: "standard input", "empty"),
    Case(
      arguments: ["send", "+15550100001"], input: [0x61, 0x62, 0xFF], says: ["standard input", "valid UTF-8 (byte 2)"]),
    Case(arguments: ["send", "+15550100001"], input: [0xED, 0xA0, 0x80], says: ["valid UTF-8 (byte 0)"]),
    Case(arguments: ["send", "+15550100001"], input: [0x61, 0xC0, 0xAF], says: ["valid UTF-8 (byte 1)"]),
    .send("+15550100001", "Hi", "there", says: "unexpected argument 'there'"),
    .send(says: "TO"),
    .send("+15550100001", "Hi", "--at", "2020-01-01", says: "--at", "past"),
    .send("+15550100001", "Hi", "--at", "tomorrow", says: "--at", "'tomorrow'"),
    .send("+15550100001", "Hi", "--at", "-1d", says: "--at"),
    .send("+15550100001", "Hi", "--at", "2100-02-30", says: "--at"),
    .send("+15550100001", "Hi", "--at", "@1e10", says: "--at"),
    .send("+15550100001", "Hi", "--device", "x", says: "--device", "'x'"),
    .send("+15550100001", "Hi", "--device", "1", "--use-all-sims", says: "--device", "--use-all-sims"),
    .send("+15550100001", "Hi", "--timeout", "3x", says: "--timeout", "'3x'"),
    .send("+15550100001", "Hi", "--timeout", "30", says: "--timeout", "'30'"),
    .send("+15550100001", "Hi", "--timeout=-1s", says: "--timeout", "'-1s'"),
    .send("+15550100001", "Hi", "--retries", "1e3", says: "--retries", "'1e3'"),
    .send("+15550100001", "Hi", "--retries=-1", says: "--retries", "'-1'"),
    .send("+15550100001", "Hi", "--output", "xml", says: "--output", "'xml'", advises: "table, json, jsonl, csv, tsv"),
    .send("+15550100001", "Hi", "--columns", "to,nope", says: "--columns", "'nope'", "provider_status"),
    .send("+15550100001", "Hi", "--devise", "1", says: "--devise"),
    .send("+15550100001", "Hi", "--prior", says: "--prior"),
    .send("+15550100001", "Hi", "--priority=1", says: "--priority"),
    .send("+15550100001", "Hi", "--at", says: "--at"),
    Case(arguments: ["sned", "+15550100001", "Hi"], says: ["'sned'"]),
    Case(arguments: ["bulk"], says: ["FILE"]),
    Case(arguments: ["sandbox", "--fault", "flood"], says: ["--fault", "'flood'"]),
    Case(arguments: ["sandbox", "--fault", "hang=2"], says: ["--fault", "'hang=2'"]),
    Case(arguments: ["sandbox", "--port", "65536"], says: ["--port", "'65536'"]),
  ]

  static let badLists: [Case] = [
    .bulk("list.csv", "name,message\nAda,Hi\n", says: "list.csv", "no column with phone numbers", "name, message"),
    .bulk("list.csv", "to,name\n+15550100001,Ada\n", says: "list.csv", "no column with the text"),
    .bulk("list.csv", "to,message,to\n", says: "list.csv", "line 1", "duplicate column 'to'"),
    .bulk("list.csv", "to,phone,message\n+15550100001,,a\n", says: "list.csv", "ambiguous columns: to, phone"),
    .bulk("list.csv", "Ada,+15550100001\n", says: "list.csv", "line 1", "no header: the first line looks like a row"),
    .bulk("list.csv", "to,message\n+15550100001,\"a\"b\n", says: "list.csv", "row 1", "line 2"),
    .bulk(
      "list.csv", "to,message\n+15550100001,\"a\n+15550100002,b\n", says: "list.csv", "row 1", "line 2",
      "unclosed quote"),
    .bulk(
      "list.csv", "to,message\n+15550100001,a\n+15550100002,b,c\n", says: "list.csv", "row 2", "line 3", "3 fields"),
    .bulk("list.csv", "to,message\n+15550100001\n", says: "list.csv", "row 1", "message is empty"),
    .bulk("list.csv", "to,message\n+15550100001,\"a\nb\"\nnobody,c\n", says: "list.csv", "row 2", "line 4", "'nobody'"),
    .bulk("list.csv", "to,message\n+15550100001,a\n,b\n", says: "row 2", "to is empty"),
    .bulk("list.csv", "to,message\n+15550100001,a\n+15550100002,\n", says: "row 2", "is empty"),
    .bulk("list.csv", "to,message\n+15550100001,a\n+15550100002,\" \"\n", says: "row 2", "blank"),
    .bulk("list.csv", "to,message,at\n+15550100001,a,2020-01-01\n", says: "row 1", "at:", "past"),
    .bulk("list.csv", "to,message,at\n+15550100001,a,soon\n", says: "row 1", "at:", "'soon'"),
    .bulk("list.csv", "to,message,device\n+15550100001,a,phone\n", says: "row 1", "device:", "'phone'"),
    .bulk("list.csv", "to,message,from\n+15550100001,a,+15550100101\n", says: "row 1", "--from"),
    .bulk("list.csv", "to\n+15550100001\n", "--message", "Hi {{name}}", says: "list.csv", "'name'", "to"),
    .bulk("list.csv", "to\n+15550100001\n", "--message", "Hi {{to", says: "--message", "byte 3"),
    .bulk("list.csv", "to\n+15550100001\n", "--message", "Hi {{ }}", says: "--message", "byte 3"),
    .bulk("list.csv", "to\n+15550100001\n", "--message", "", says: "--message", "empty"),
    .bulk(
      "list.csv", "to\n+15550100001\n", "--message", "a", "--message-file", "b", says: "--message", "--message-file"),
    .bulk("list.csv", "to\n+15550100001\n", "--message-file", "nowhere.txt", says: "nowhere.txt", "No such file"),
    .bulk("list.csv", "to,message\n+15550100001,a\n", "--suppress", "nowhere.txt", says: "nowhere.txt", "No such file"),
    .bulk("list.csv", "mobile,message\nx,a\n", "--suppress", "list.csv", says: "list.csv", "row 1", "'x'"),
    .bulk("list.csv", "to,message\n+15550100001,Hi {{to}}\n", says: "row 1", "{{…}}"),
    .bulk("list.csv", "to\n+15550100001\n", "--message", "Hi %to%", says: "list.csv", "%to%"),
    .bulk("list.csv", "to,message\n+15550100001,a\n", "--min-rows", "2", says: "1 row", "--min-rows requires 2"),
    .bulk("list.csv", "to,message\n+15550100001,a\n", "--encoding", "nonsense", says: "--encoding", "'nonsense'"),
    .bulk("list.csv", "to,message\n+15550100001,a\n", "--delimiter", "xx", says: "--delimiter", "'xx'"),
    .bulk("list.csv", "to,message\n+15550100001,a\n", "--to-column", "mobile", says: "mobile"),
    .bulk("list.csv", "to,message\n+15550100001,a\n", "--shard", "3/2", says: "--shard", "'3/2'"),
    .bulk("list.csv", "to,message\n+15550100001,a\n", "--shard", "0/2", says: "--shard"),
    .bulk("list.csv", "to,message\n+15550100001,a\n", "--rate", "5", says: "--rate", "'5'"),
    .bulk("list.csv", "to,message\n+15550100001,a\n", "--rate", "0/s", says: "--rate"),
    .bulk("list.csv", "to,message\n+15550100001,a\n", "--limit", "0", says: "--limit"),
    .bulk("list.csv", "to,message\n+15550100001,a\n", "--concurrency", "0", says: "--concurrency"),
    .bulk("list.csv", "to,message\n+15550100001,a\n", "--batch", "0", says: "--batch"),
    .bulk("list.csv", "to,message\n+15550100001,a\n", "--max-failures", "0", says: "--max-failures"),
    .bulk("list.csv", "to,message\n+15550100001,a\n", "--format", "xml", says: "--format", "'xml'"),
    .bulk("list.json", "[{\"to\":\"+15550100001\",\"message\":\"a\"},]", says: "list.json", "row 2"),
    .bulk("list.json", "[{\"to\":\"+15550100001\",\"message\":\"a\"}", says: "list.json", "JSON ends too early"),
    .bulk("list.json", "[{\"to\":\"+15550100001\",\"message\":\"a\"}] x", says: "list.json"),
    .bulk("list.json", "[{\"to\":\"+15550100001\",\"message\":[\"a\"]}]", says: "row 1", "message", "array"),
    .bulk("list.json", "[\"+15550100001\"]", says: "list.json", "no column with the text"),
    .bulk("list.json", "[{\"to\":\"+15550100001\",\"message\":null}]", says: "row 1", "is empty"),
    .bulk("list.json", "[{\"to\":\"+15550100001\",\"message\":\"\\ud83d\"}]", says: "list.json", "row 1"),
    .bulk(
      "list.jsonl", "{\"to\":\"+15550100001\",\"message\":\"a\"}\n{\"to\":}\n", says: "list.jsonl", "row 2", "line 2"),
    .bulk("list.jsonl", "{\"to\":15550100001,\"message\":\"a\"}\n", says: "list.jsonl", "row 1", "no country code"),
    .bulk("list.csv", "to,message\n12345,a\n", says: "list.csv", "row 1", "short code"),
    .bulk("list.txt", "+15550100001\n", says: "list.txt", "no column with the text"),
    .bulk("list.csv", "to,message,\n+15550100001,Hello, Ada\n", says: "row 1", "3 fields, but only 2 columns"),
    .bulk("list.csv", "to,To,message\n+15550100001,+15550100002,Hi\n", says: "list.csv", "to, To"),
    .bulk("list.vcf", "BEGIN:VCARD\nTEL:+15550100001\n", "--message", "Hi", says: "row 1", "missing END:VCARD"),
    .bulk(
      "list.csv", "4.47E+11,Ada\n", "--message", "Hi", says: "line 1", "no header: the first line looks like a row"),
    .bulk("list.txt", "+15550100001\nAda\n", "--message", "Hi", says: "list.txt", "row 2", "line 2", "'Ada'"),
    Case(
      arguments: ["bulk", "list.csv"],
      input: Array("to,message\n+15550100001,a\n+15550100002,".utf8) + [0xC3, 0x28, 0x0A],
      says: ["list.csv", "row 2", "line 3", "not valid UTF-8"]),
    Case(
      arguments: ["bulk", "list.txt", "--message", "Hi"], input: Array("+15550100001\n".utf8) + [0xFF],
      says: ["list.txt", "row 2", "not valid UTF-8"]),
  ]

  @Test("A command line that can't be meant", arguments: commandLines)
  func sending(bad: Case) throws {
    try withSandbox { sandbox in
      let run = try sandbox.tool.run(bad.arguments, input: bad.input)
      try check(run, bad, sandbox)
    }
  }

  @Test("A list with something wrong in it, though its other rows be good", arguments: badLists)
  func lists(bad: Case) throws {
    try withSandbox { sandbox in
      try sandbox.write(bad.arguments[1], bad.input)
      try check(try sandbox.tool.run(bad.arguments), bad, sandbox)
      // A dry run is as strict.
      #expect(try sandbox.tool.run(bad.arguments + ["--dry-run"]).code == 2)
    }
  }

  @Test(
    "The same on standard input",
    arguments: ["to,message\n+15550100001,a\nnobody,b\n", "[{\"to\":\"+15550100001\",\"message\":\"a\"},{\"to\":1}]"])
  func standardInput(text: String) throws {
    try withSandbox { sandbox in
      let run = try sandbox.tool.run(["bulk", "-"], input: Array(text.utf8))
      #expect(run.code == 2 && run.said.hasPrefix("sms: standard input, row 2"), "\(run.stderr)")
      #expect(try sandbox.log().isEmpty)
    }
  }

  @Test("A file that can't be read is input that can't be used", arguments: [["bulk", "nowhere.csv"], ["bulk", "."]])
  func unreadable(arguments: [String]) throws {
    try withSandbox { sandbox in
      let run = try sandbox.tool.run(arguments)
      #expect(run.code == 2)
      #expect(run.complaints.count <= 2 && run.said.contains(arguments[1]), "\(run.stderr)")
    }
  }

  @Test("An argument that is not UTF-8 is named, with the byte")
  func argumentBytes() throws {
    try withSandbox { sandbox in
      let run = try sandbox.tool.shell("sms send +15550100001 \"$(printf 'ab\\377')\"")
      #expect(run.code == 2 && run.stderr.hasPrefix("sms: argument 3: not valid UTF-8 (byte 2)\n"))
      #expect(try sandbox.log().isEmpty)
    }
  }

  @Test("A list of several bad rows names them all, and sends nothing")
  func allBadRows() throws {
    try withSandbox { sandbox in
      try sandbox.write("list.csv", "to,message\nnobody,a\n+15550100001,b\n+15550100002\n")
      let run = try sandbox.run(.smsit, "bulk", "list.csv")
      #expect(run.code == 2 && run.stdout.isEmpty)
      #expect(
        run.said.contains(
          "sms: list.csv: 2 bad rows; nothing was sent\n  row 1 (line 2): not a phone number: 'nobody'"), "\(run.said)")
      #expect(run.said.contains("\n  row 3 (line 4): message is empty\nhint: "), "\(run.said)")
      #expect(try sandbox.log().isEmpty)
    }
  }

  @Test("What spreadsheets put between fields is understood", arguments: [";", "\t", "|"])
  func delimiters(delimiter: String) throws {
    try withSandbox { sandbox in
      try sandbox.write("list.csv", "To,Message\n+15550100001,a\n".replacing(",", with: delimiter))
      #expect(try sandbox.run(.smsit, "bulk", "list.csv").code == 0)
      #expect(try sandbox.log().map(\.text) == ["a"])
    }
  }

  @Test(
    "What was probably meant is suggested",
    arguments: [
      ("sned", "sms send"), ("send --devise 1", "--device"), ("bulk --supress x", "--suppress"),
      ("-p vpixelpr send +15550100001 Hi", "vpixelpro"), ("send --form x", "--from"),
      ("config chek", "sms config check"),
    ])
  func suggestions(command: String, meant: String) throws {
    try withSandbox { sandbox in
      let run = try sandbox.tool.shell("sms \(command)")
      #expect(
        run.said.contains("did you mean '\(meant)'?"), "\(run.stderr)")
    }
  }

  @Test(
    "A text longer than the provider takes is refused with both lengths, never cut",
    arguments: [("voximplant", "false", 765), ("voximplant", "true", 1600)])
  func tooLong(profile: String, a2p: String, limit: Int) throws {
    try withSandbox { sandbox in
      var tool = sandbox.tool
      tool.variables["SMS_A2P"] = a2p
      let fits = String(repeating: "é", count: limit - 2) + "👋"
      let good = try tool.run(["-p", profile, "send", "+15550100001", fits])
      #expect(good.code == 0, "\(good.stderr)")
      let bad = try tool.run(["-p", profile, "send", "+15550100001", fits + "x"])
      #expect(bad.code == 2 && bad.said.contains("\(limit)") && bad.said.contains("\(limit + 1)"), "\(bad.stderr)")
      #expect(try sandbox.log().map(\.text) == [fits])
    }
  }

  @Test(
    "A text without end is refused, and never cut",
    arguments: [["send", "+15550100001"], ["bulk", "list.csv", "--message-file", "-"]])
  func endless(arguments: [String]) throws {
    try withSandbox { sandbox in
      try sandbox.write("list.csv", "to\n+15550100001\n")
      let run = try sandbox.tool.run(arguments, input: Array(repeating: UInt8(ascii: "x"), count: 3_000_000))
      #expect(
        run.code == 2 && run.stderr.hasPrefix("sms: standard input: longer than 1024 KB\n"), "\(run.stderr)"
      )
      #expect(try sandbox.log().isEmpty)
    }
  }

  /// One line for the error, perhaps one for the form of the command and one for the hint; nothing printed, nothing sent.
  private func check(_ run: Run, _ bad: Case, _ sandbox: TestSandbox) throws {
    #expect(run.code == 2, "\(run.stderr)")
    let labels = run.complaints.map { $0.prefix { $0 != ":" } }
    #expect(labels.first == "sms" && [[], ["usage"], ["hint"], ["usage", "hint"]].contains(labels.dropFirst()))
    for words in bad.says { #expect(run.complaints.first?.contains(words) == true, "\(words) in \(run.stderr)") }
    if let advice = bad.advises { #expect(run.complaints.last?.contains(advice) == true, "\(run.stderr)") }
    #expect(run.stdout.isEmpty)
    #expect(try sandbox.log().isEmpty)
  }
}
