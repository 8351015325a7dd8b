import Platform
import TestSupport
import Testing
import TextFormats

/// What is typed is what arrives, byte for byte.
@Suite(.ownThread) struct TextTests {
  static let texts: [String] = [
    "&=+%;#?", "a=1&key=x&number=+15550100009", "100% + 1 \u{26} more", "%2B%26%3D", "a\r\nb\nc\rd",
    " leading and trailing ",
    "tab\tand bell\u{7}", "quotes \" and ' and `", "back\\slash \\n \\u0041", "<b>&amp;</b>", "{{name}}", "[1|0]",
    "null",
    "Zo\u{EB}", "Zoe\u{308}", "👋🏽 👨‍👩‍👧‍👦 🇩🇪", "𝔘𝔫𝔦", "نص عربي \u{200F}", "\u{FEFF}mark", "\u{202E}drawkcab", "中文，短信",
    "€[]{}~^|\\",
    "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ", "\u{A0}no-break\u{2028}line\u{2029}", "\u{1}\u{1F}\u{7F}\u{9B}",
    "\u{10FFFF}\u{E000}",
    "-", "--", "@file", "$HOME `id` $(id)", String(repeating: "ß", count: 700),
  ]

  @Test("Every text arrives unchanged, through every provider", arguments: Provider.allCases, ["csv", "json"])
  func lists(provider: Provider, format: String) throws {
    try withSandbox { sandbox in
      try sandbox.write("list.\(format)", format == "csv" ? csv() : json())
      let run = try sandbox.run(provider, "bulk", "list.\(format)", "--literal", "-o", "json", "-q")
      #expect(run.code == 0, "\(run.stderr)")
      let expected = Set(Self.texts.map { Array($0.utf8) })
      #expect(Set(try sandbox.log().map(\.body)) == expected)
      #expect(Set(try run.records().compactMap { $0["body"]?.text.map { Array($0.utf8) } }) == expected)
    }
  }

  @Test("Also from the command line")
  func argument() throws {
    try withSandbox { sandbox in
      for text in Self.texts where text != "-" {
        let run = try sandbox.run(.smsit, ["send", "-o", "jsonl", "--columns", "body", "--", "+15550100001", text])
        #expect(run.code == 0, "\(run.stderr)")
        #expect(try run.lines().first?["body"]?.text.map { Array($0.utf8) } == Array(text.utf8))
      }
      #expect(try sandbox.log().map(\.body) == Self.texts.filter { $0 != "-" }.map { Array($0.utf8) })
    }
  }

  @Test("Also from a pipe, with a NUL in it; a byte order mark and the CR of Windows lines are dropped")
  func pipe() throws {
    try withSandbox { sandbox in
      let kept = Self.texts.filter { !$0.hasPrefix("\u{FEFF}") && !$0.unicodeScalars.contains("\r") } + ["a\0b"]
      for text in kept + ["\u{FEFF}one\r\ntwo"] {
        let run = try sandbox.run(.voipcomm, ["send", "+15550100001"], input: Array(text.utf8))
        #expect(run.code == 0, "\(run.stderr)")
      }
      #expect(try sandbox.log().map(\.body) == (kept + ["one\ntwo"]).map { Array($0.utf8) })
    }
  }

  @Test("The output is a list again: sent once more, it is the same", arguments: ["csv", "json", "jsonl"])
  func roundTrip(format: String) throws {
    try withSandbox { sandbox in
      try sandbox.write("list.csv", csv())
      let first = try sandbox.run(
        .vpixelpro, "bulk", "list.csv", "--literal", "--dry-run", "-o", format, "--columns", "to,body")
      try sandbox.write("again.\(format)", first.stdout)
      let second = try sandbox.run(
        .vpixelpro, "bulk", "again.\(format)", "--literal", "--dry-run", "-o", format, "--columns", "to,body")
      #expect(second.code == 0 && first.stdout == second.stdout, "\(second.stderr)")
    }
  }

  @Test(
    "Numbers may be written as people write them",
    arguments: [
      "+15550100001", "0015550100001", "+1 555 010 0001", "+1 (555) 010-0001", "+1.555.010.0001",
      "+1\u{A0}555\u{202F}010\u{2007}0001", " +15550100001 ", "(+1) 555-0100001", "00 1 555 0100001",
    ])
  func numbers(written: String) throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(.voximplant, "send", written, "Hello")
      #expect(run.code == 0, "\(run.stderr)")
      #expect(try sandbox.log().map(\.to) == ["+15550100001"])
    }
  }

  @Test(
    "A national number gets the profile's country code", arguments: ["5550100001", "15550100001", "1 (555) 010-0001"])
  func nationalNumbers(written: String) throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(.sendapp, ["send", written, "Hello"], variables: ["SMS_COUNTRY_CODE": "+1"])
      #expect(run.code == 0, "\(run.stderr)")
      #expect(try sandbox.log().map(\.to) == ["+15550100001"])
    }
  }

  private func csv() -> String {
    "to,message\n" + Self.texts.map { "+15550100001,\"\($0.replacing("\"", with: "\"\""))\"\n" }.joined()
  }

  private func json() -> String {
    var bytes: [UInt8] = []
    JSONValue.array(Self.texts.map { ["to": "+15550100001", "message": .string($0)] }).write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
