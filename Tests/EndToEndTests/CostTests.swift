import TestSupport
import Testing
import TextFormats

/// What sending takes is said before, and kept within limits.
@Suite(.ownThread) struct CostTests {
  /// 71 characters in UCS-2, which would fit into one segment of GSM-7.
  private static let dear = "“" + String(repeating: "a", count: 69) + "ê"

  // MARK: Dry runs

  @Test("A dry run says what forces UCS-2, and what the text takes without it", arguments: Provider.allCases)
  func dryRun(provider: Provider) throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(
        provider, ["send", "+15550100001,+15550100002", Self.dear, "--dry-run", "--price", "0.0075", "-o", "json"])
      #expect(run.code == 0)
      #expect(
        run.complaints == [
          "2 messages, 4 segments (ucs2 2), cost 0.0300 (0.0075 per segment); nothing was sent",
          "these characters make 2 messages UCS-2 (4 segments instead of 2); --gsm replaces “:",
          "  ê U+00EA LATIN SMALL LETTER E WITH CIRCUMFLEX (2 times)",
          "  “ U+201C LEFT DOUBLE QUOTATION MARK (2 times)",
        ])
      #expect(try run.records().map { $0.names } == [messageFields, messageFields])
      #expect(try run.records().map { $0.values("segments", "price") } == [[2, .null], [2, .null]])
      #expect(try sandbox.log().isEmpty)
    }
  }

  @Test("So does that of a list, over the rows that are to be sent, and names the worst few characters")
  func bulkDryRun() throws {
    try withSandbox { sandbox in
      let texts = ["abcdef жжжжж", "ёёёё", "ъъъ", "ыы", "эю", "Hello", "Hello"]
      try sandbox.write("list.csv", "to,message\n" + texts.map { "+15550100001,\($0)\n" }.joined())
      let run = try sandbox.run(.sendapp, "bulk", "list.csv", "--dry-run", "--price", "2", "-o", "jsonl")
      #expect(
        run.complaints == [
          "6 messages, 6 segments (gsm7 1, ucs2 5), cost 12 (2 per segment); nothing was sent; 1 row skipped",
          "these characters make 5 messages UCS-2 (5 segments instead of 1):",
          "  ж U+0436 CYRILLIC SMALL LETTER ZHE (5 times)", "  ё U+0451 CYRILLIC SMALL LETTER IO (4 times)",
          "  ъ U+044A CYRILLIC SMALL LETTER HARD SIGN (3 times)", "  ы U+044B CYRILLIC SMALL LETTER YERU (2 times)",
          "  э U+044D CYRILLIC SMALL LETTER E (once)", "  and 1 other",
        ])
    }
  }

  @Test("Of a contact list it says what each contact takes")
  func listDryRun() throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(.sendapp, ["list-send", "1", Self.dear, "--dry-run", "--price", "0.1", "--gsm"])
      #expect(run.code == 0)
      #expect(
        run.complaints == [
          "replaced:", "  “ U+201C LEFT DOUBLE QUOTATION MARK with \" (once)",
          "not replaced, so the text stays in ucs2:",
          "  ê U+00EA LATIN SMALL LETTER E WITH CIRCUMFLEX (once)",
          "2 segments (ucs2), cost 0.2 (0.1 per segment) to each contact; nothing was sent",
          "these characters make the text UCS-2 (2 segments instead of 1):",
          "  ê U+00EA LATIN SMALL LETTER E WITH CIRCUMFLEX (once)",
        ])
      #expect(try sandbox.log().isEmpty)
    }
  }

  @Test("What can't be seen is named by its number alone, and nothing reaches the terminal that it would obey")
  func invisible() throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(.voipcomm, "send", "+15550100001", "a\u{202E}\u{9B}\u{301}\u{E000}", "--dry-run")
      #expect(run.stderr.unicodeScalars.allSatisfy { $0.isASCII })
      for name in ["U+202E RIGHT-TO-LEFT OVERRIDE", "U+009B", "U+0301 COMBINING ACUTE ACCENT", "U+E000"] {
        #expect(run.said.contains(name), "\(run.stderr)")
      }
    }
  }

  @Test("Before messages leave the price is said; --quiet says nothing, and standard output is the same")
  func announcement() throws {
    try withSandbox { sandbox in
      try sandbox.writeList(phoneNumbers(2))
      for command in [["send", "+15550100001", "Hi"], ["bulk", "list.csv"], ["list-send", "1", "Hi"]] {
        let arguments = command + ["--price", "0.01", "--gsm", "-o", "csv", "--columns", "status"]
        let run = try sandbox.run(.sendapp, arguments)
        #expect(run.code == 0)
        #expect(run.complaints.first?.hasPrefix("sending ") == true, "\(run.stderr)")
        #expect(run.complaints.first?.contains(", cost 0.0") == true, "\(run.stderr)")
        let quiet = try sandbox.run(.sendapp, arguments + ["-q"] + (command[0] == "bulk" ? ["--new"] : []))
        #expect(quiet.stderr.isEmpty && quiet.stdout == run.stdout)
      }
    }
  }

  @Test("A price is digits and a point", arguments: ["", ".5", "5.", "-1", "+1", "1e3", "1,5", "0x1", "1 ", "NaN"])
  func badPrice(price: String) throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(.sendapp, "send", "+15550100001", "Hi", "--price=\(price)")
      #expect(run.code == 2 && run.said.contains("--price"))
      #expect(try sandbox.log().isEmpty)
    }
  }

  // MARK: Limits

  @Test("A message of too many segments is refused with its place and size, and nothing is sent")
  func maxSegments() throws {
    try withSandbox { sandbox in
      try sandbox.write("list.csv", "to,message\n+15550100001,Hi\n+15550100002,\(Self.dear)\n")
      let places = [
        (["bulk", "list.csv"], "sms: list.csv, row 2 (line 3): "),
        (["send", "+15550100001", Self.dear], "sms: MESSAGE: "),
        (["list-send", "1", Self.dear], "sms: MESSAGE: "),
      ]
      for (command, place) in places {
        for more in [[], ["--dry-run"]] {
          let run = try sandbox.run(.vpixelpro, command + ["--max-segments", "1"] + more)
          #expect(run.code == 2 && run.stdout.isEmpty)
          #expect(
            run.complaints.first == place + "the message takes 2 segments (ucs2), but --max-segments allows 1")
          #expect(
            run.complaints.last?.contains("without ê") == true && run.stderr.contains("it takes 1 segment"),
            "\(run.stderr)")
        }
        #expect(try sandbox.run(.vpixelpro, command + ["--max-segments", "2", "--dry-run"]).code == 0)
      }
      #expect(try sandbox.log().isEmpty)
      #expect(try sandbox.run(.vpixelpro, "jobs", "-o", "csv", "--columns", "job").text == "job\n")
    }
  }

  @Test("With --skip-invalid a row of too many segments is skipped, and says why")
  func skippedForLength() throws {
    try withSandbox { sandbox in
      try sandbox.write("list.csv", "to,message\n+15550100001,Hi\n+15550100002,\(Self.dear)\n")
      let run = try sandbox.run(.vpixelpro, "bulk", "list.csv", "--max-segments", "1", "--skip-invalid", "-o", "json")
      #expect(run.code == 0)
      #expect(try run.records().first { $0["row"] == 2 }?["error"]?["code"] == "invalid")
      #expect(try sandbox.accepted() == ["+15550100001"])
    }
  }

  @Test("More messages than allowed are refused; rows that are skipped and those sent before don't count")
  func maxMessages() throws {
    try withSandbox { sandbox in
      try sandbox.writeList(phoneNumbers(5) + phoneNumbers(1))
      for more in [[], ["--dry-run"], ["--job", "spring"]] {
        let run = try sandbox.run(.voipcomm, ["bulk", "list.csv", "--max-messages", "4"] + more)
        #expect(run.code == 2 && run.stdout.isEmpty)
        #expect(run.complaints.first == "sms: --max-messages: 5 messages to send, but the limit is 4")
      }
      let send = try sandbox.run(.voipcomm, "send", "+15550100001,+15550100002", "Hi", "--max-messages", "1")
      #expect(send.code == 2)
      #expect(try sandbox.log().isEmpty)
      #expect(try sandbox.run(.voipcomm, "bulk", "list.csv", "--max-messages", "5", "--job", "spring").code == 0)
      #expect(try sandbox.run(.voipcomm, "bulk", "list.csv", "--max-messages", "1", "--job", "spring").code == 0)
      #expect(try sandbox.run(.voipcomm, "bulk", "--resume", "spring", "--max-messages", "1").code == 0)
      #expect(try sandbox.accepted().count == 5)
    }
  }

  @Test("What is left of a job counts, unknown messages that are to be sent again included")
  func maxMessagesOfRest() throws {
    try withSandbox(faults: [.init(.dropAfter)]) { sandbox in
      try sandbox.writeList(phoneNumbers(4))
      #expect(try sandbox.run(.voipcomm, "bulk", "list.csv", "--job", "spring", "-q").code == 6)
      let again = ["bulk", "--resume", "spring", "--max-messages", "3", "-q"]
      #expect(try sandbox.run(.voipcomm, again).code == 6)
      #expect(try sandbox.run(.voipcomm, again + ["--retry-unknown"]).code == 2)
      #expect(try sandbox.accepted().count == 4)
      #expect(try Set(sandbox.statuses(ofJob: "spring").values) == ["unknown"])
    }
  }

  @Test("How long a contact list is nobody here knows, so a limit on it is refused")
  func maxMessagesOfList() throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(.smsit, "list-send", "Friends", "Hi", "--max-messages", "100")
      #expect(run.code == 2 && run.complaints.first?.contains("SMS-iT doesn't say how many") == true, "\(run.stderr)")
      #expect(try sandbox.log().isEmpty)
    }
  }

  @Test("Limits are whole numbers from 1 on", arguments: ["0", "-1", "1e3", "3x", ""])
  func badLimit(limit: String) throws {
    try withSandbox { sandbox in
      for option in ["--max-segments", "--max-messages"] {
        let run = try sandbox.run(.sendapp, "send", "+15550100001", "Hi", "\(option)=\(limit)")
        #expect(run.code == 2 && run.said.contains(option))
      }
    }
  }

  // MARK: GSM-7

  @Test("--gsm sends texts in GSM-7, and says what it replaced and what it left", arguments: Provider.allCases)
  func gsm(provider: Provider) throws {
    try withSandbox { sandbox in
      try sandbox.write("list.csv", "to,name\n+15550100001,O’Neill\n+15550100002,Zoé\n+15550100003,ê\n")
      let run = try sandbox.run(
        provider, "bulk", "list.csv", "--message", "“{{name}}”…", "--gsm", "--limit", "2", "-o", "json")
      #expect(run.code == 0)
      #expect(try sandbox.log().map(\.text).sorted() == ["\"O'Neill\"...", "\"Zoé\"..."])
      #expect(try run.records().texts("encoding") == ["gsm7", "gsm7"])
      #expect(
        run.complaints.prefix(5) == [
          "replaced:", "  “ U+201C LEFT DOUBLE QUOTATION MARK with \" (2 times)",
          "  ” U+201D RIGHT DOUBLE QUOTATION MARK with \" (2 times)",
          "  … U+2026 HORIZONTAL ELLIPSIS with ... (2 times)",
          "  ’ U+2019 RIGHT SINGLE QUOTATION MARK with ' (once)",
        ])
      #expect(!run.said.contains("not replaced"), "row 3 is beyond the limit")
    }
  }

  @Test("What --gsm leaves is said, and sent as it is")
  func left() throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(.smsit, "send", "+15550100001", "l’être\u{A0}👋", "--gsm", "-o", "json")
      #expect(run.code == 0)
      #expect(try sandbox.log().map(\.text) == ["l'être 👋"])
      #expect(
        run.complaints == [
          "replaced:", "  U+00A0 NO-BREAK SPACE with a space (once)",
          "  ’ U+2019 RIGHT SINGLE QUOTATION MARK with ' (once)", "not replaced, so the text stays in ucs2:",
          "  ê U+00EA LATIN SMALL LETTER E WITH CIRCUMFLEX (once)", "  👋 U+1F44B WAVING HAND SIGN (once)",
        ])
    }
  }

  @Test("A job made with --gsm is another than one made without")
  func job() throws {
    try withSandbox { sandbox in
      try sandbox.write("list.csv", "to,message\n+15550100001,It’s\n")
      #expect(try sandbox.run(.voipcomm, "bulk", "list.csv", "--job", "spring", "--gsm").code == 0)
      #expect(try sandbox.run(.voipcomm, "bulk", "list.csv", "--job", "spring", "--gsm").code == 0)
      #expect(try sandbox.run(.voipcomm, "bulk", "list.csv", "--job", "spring").code == 2)
      #expect(try sandbox.run(.voipcomm, "bulk", "list.csv", "--resume", "spring").code == 2)
      #expect(try sandbox.run(.voipcomm, "bulk", "--resume", "spring").code == 0)
      #expect(try sandbox.run(.voipcomm, "bulk", "--resume", "spring", "--gsm").code == 2)
      #expect(try sandbox.log().map(\.text) == ["It's"])
    }
  }
}
