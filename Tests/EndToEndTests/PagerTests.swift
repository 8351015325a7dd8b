import Platform
import TestSupport
import Testing

/// Long tables on a terminal go through the user's pager.
@Suite(.ownThread) struct PagerTests {
  /// Runs a script with standard output on a terminal of no known size; the result, and what the terminal shows.
  private func onTerminal(_ script: String, _ variables: [String: String]) throws -> (run: Run, shown: String) {
    try withTemporaryFolder { folder in
      let terminal = try PseudoTerminal()
      let page = "#!/bin/sh\necho \"paged LESS=$LESS\"\nwc -l <&0 | tr -d ' '\n"
      try Files.createExclusive("\(folder)/page", Array(page.utf8), mode: 0o700)
      let run = try Tool(folder: folder, variables: variables).shell("(\(script)) >\(terminal.path)")
      return (run, try terminal.shown().replacing("\r\n", with: "\n"))
    }
  }

  private static let long = "sms providers --columns capability --color never"

  static let pagers: [(variables: [String: String], isPaged: Bool)] = [
    (["SMS_PAGER": "./page"], true), (["PAGER": "./page"], true), (["PAGER": "./page -x 'a b'"], true),
    (["PAGER": "false", "SMS_PAGER": "./page"], true), (["PAGER": "./page", "SMS_PAGER": ""], false),
    (["PAGER": "./page", "SMS_PAGER": "cat"], false), (["PAGER": ""], false), ([:], false),
    (["PAGER": "no-such-pager -x"], false), (["PAGER": "./nowhere"], false), (["PAGER": "  "], false),
    (["PAGER": "no-such-pager 2>/dev/null"], false),
  ]

  @Test("SMS_PAGER beats PAGER; none, cat, or one that is missing shows the table as it is", arguments: pagers)
  func choice(variables: [String: String], isPaged: Bool) throws {
    let (run, shown) = try onTerminal(Self.long, variables)
    #expect(run.code == 0 && run.stderr.isEmpty, "\(run.stderr)")
    let lines = shown.split(separator: "\n")
    #expect(isPaged == (lines.first == "paged LESS=FRX"), "\(shown)")
    #expect(isPaged ? lines.count == 2 : lines.count > 30 && lines.first == "CAPABILITY", "\(shown)")
  }

  @Test("Short tables, other formats, and what goes to no terminal are not paged")
  func unpaged() throws {
    let variables = ["PAGER": "./page"]
    for options in ["-o json", "-o csv", "-o jsonl"] {
      #expect(try !onTerminal("sms providers --columns capability \(options)", variables).shown.contains("paged"))
    }
    #expect(try !onTerminal("sms jobs", variables).shown.contains("paged"))
    let (run, _) = try onTerminal("\(Self.long) >file; cat file >&2", variables)
    #expect(run.said.hasPrefix("CAPABILITY"))
  }

  @Test("LESS of the user's own is left alone")
  func less() throws {
    #expect(try onTerminal(Self.long, ["PAGER": "./page", "LESS": "i"]).shown.hasPrefix("paged LESS=i"))
  }

  @Test("A pager that quits early or fails does no harm", arguments: ["true", "head -n 1", "exit 3;", "kill -9 $$"])
  func early(pager: String) throws {
    let (run, _) = try onTerminal(Self.long, ["PAGER": pager])
    #expect(run.code == 0 && run.stderr.isEmpty, "\(run.stderr)")
  }
}
