import Application
import Output
import Testing

@testable import Commands

/// What is said on a terminal is broken at words, and what is to be copied is not broken.
@Suite struct TerminalTextTests {
  static let texts: [(text: String, width: Int, shown: String)] = [
    ("short", 10, "short"), ("exactly te", 10, "exactly te"), ("", 10, ""),
    ("one two three four\n", 10, "one two\nthree four\n"),
    ("  indented text", 10, "  indented\ntext"), ("incomprehensibilities are", 10, "incomprehensibilities\nare"),
    ("Send it now? [y/N] ", 12, "Send it now?\n[y/N] "),
    ("短信 短信 短信", 9, "短信 短信\n短信"),
    ("run 'sms help x' (see 'sms help y z'), please", 12, "run\n'sms help x'\n(see\n'sms help y z'),\nplease"),
    ("it can't be 'so' or not", 12, "it can't be\n'so' or not"), ("a 'b c d e f g h", 8, "a 'b c d\ne f g h"),
    ("written; next: sms config check --online", 16, "written; next:\nsms config check --online"),
    ("by sms bulk --resume 'a b', or again", 12, "by\nsms bulk --resume 'a b',\nor again"),
  ]

  @Test(arguments: texts)
  func breaking(text: String, width: Int, shown: String) {
    #expect(text.brokenAtWords(width: width) == shown)
  }

  @Test("Only where standard error is a terminal, and never in what programs read")
  func onlyForPeople() {
    for (format, columns, isBroken) in [("table", 44, true), ("json", 44, false), ("table", nil, false)] {
      let world = World()
      var environment = world.environment()
      environment.errorWidth = { columns }
      _ = SMSProgram(environment: environment).run(["send", "+15550100001", "Hello", "-p", "nobody", "-o", format])
      let lines = world.complained.split(separator: "\n")
      #expect(lines.contains { $0.count > 44 } != isBroken, "\(world.complained)")
    }
  }
}
