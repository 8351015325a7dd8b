import CommandLineKit
import Testing

@Suite struct ValueKindTests {
  @Test(
    arguments: [
      ("500ms", .milliseconds(500)), ("30s", .seconds(30)), ("5m", .seconds(300)), ("2h", .seconds(7200)),
      ("7d", .seconds(604_800)), ("007s", .seconds(7)), ("36500d", .seconds(36_500 * 86_400)),
    ] as [(String, Duration)])
  func durations(_ text: String, _ duration: Duration) throws {
    #expect(try ValueKind.duration.parse(text) == duration)
  }

  @Test(arguments: [
    "", "5", "s", "5 s", " 5s", "5s ", "-5s", "+5s", "1.5h", "1h30m", "5S", "5sec", "5min", "5µs", "٥s", "1e3s", "0x5s",
    "5s\u{301}",
    "5w", "s5",
  ])
  func noDurations(_ text: String) {
    #expect(throws: ValueProblem.notADuration) { try ValueKind.duration.parse(text) }
  }

  @Test(arguments: ["0s", "0ms", "36501d", "99999999999999999999d", "9223372036854775807d", "1000000000001d"])
  func durationsOutOfRange(_ text: String) {
    #expect(throws: ValueProblem.durationOutOfRange(.milliseconds(1)...ValueKind.longest)) {
      try ValueKind.duration.parse(text)
    }
  }

  @Test func zeroIsADurationWhereTheRangeHasIt() throws {
    let kind = ValueKind.duration(.zero ... .seconds(1))
    #expect(try kind.parse("0s") == .zero)
    #expect(throws: ValueProblem.self) { try kind.parse("1001ms") }
  }

  @Test(
    arguments: [
      ("10/s", 10, .seconds(1)), ("300/m", 300, .seconds(60)), ("1000/h", 1000, .seconds(3600)),
      ("1/s", 1, .seconds(1)),
    ] as [(String, Int, Duration)])
  func rates(_ text: String, _ count: Int, _ per: Duration) throws {
    #expect(try ValueKind.rate.parse(text) == Rate(count: count, per: per))
  }

  @Test(arguments: [
    "", "/", "10", "10/", "/s", "10/d", "10/S", "10/ms", "10/s/s", "-1/s", "1.5/s", "10 /s", "10/ s", "1e3/s",
  ])
  func noRates(_ text: String) {
    #expect(throws: ValueProblem.notARate) { try ValueKind.rate.parse(text) }
  }

  @Test(arguments: ["0/s", "1000000001/s", "99999999999999999999/h"])
  func ratesOutOfRange(_ text: String) {
    #expect(throws: ValueProblem.rateOutOfRange(Rate.counts)) { try ValueKind.rate.parse(text) }
  }

  @Test(arguments: [("0", 0), ("007", 7), ("9223372036854775807", Int.max)])
  func numbers(_ text: String, _ number: Int) throws {
    #expect(try ValueKind.int().parse(text) == number)
  }

  @Test(arguments: [
    "", "3x", "1e3", "-1", "+3", " 3", "3 ", "1_000", "1,000", "0x10", "٣", "３", "3.0", "3\u{301}", "\0",
  ])
  func noNumbers(_ text: String) {
    #expect(throws: ValueProblem.notANumber) { try ValueKind.int().parse(text) }
  }

  @Test(arguments: ["0", "7", "9223372036854775808", "99999999999999999999999999"])
  func numbersOutOfRange(_ text: String) {
    #expect(throws: ValueProblem.outOfRange(1...6)) { try ValueKind.int(1...6).parse(text) }
  }

  @Test func choicesAreSpelledExactly() throws {
    let kind = ValueKind.choice(["Kelvin", "café"])
    #expect(try kind.parse("café") == "café")
    for other in ["kelvin", "\u{212a}elvin", "cafe\u{301}", "", "Kelvi"] {
      #expect(throws: ValueProblem.notAmong(["Kelvin", "café"])) { try kind.parse(other) }
    }
  }

  @Test func manyChoicesAreListedBehindTheHelp() {
    let words = (1...9).map { "choice\($0)" }
    let program = Program(
      CommandSpec(
        "do", summary: "Do.",
        subcommands: [
          CommandSpec("it", summary: "It.", options: [Option("how", value: .choice(words), help: "How.")]) { _ in () }
        ]))
    let help = program.outline.help(for: ["do", "it"], width: 100)
    #expect(help.contains("  --how WORD  How. (one of: choice1, choice2, choice3, "))
  }

  @Test func lists() throws {
    let kind = ValueKind.list(of: .int())
    #expect(try kind.parse("1,2, 3") == [1, 2, 3])
    #expect(throws: ValueProblem.empty) { try kind.parse("") }
    for text in [",", "1,", ",1", "1,,2", "1, ,2", " "] {
      #expect(throws: ValueProblem.emptyElement) { try kind.parse(text) }
    }
    #expect(throws: ValueProblem.notANumber) { try kind.parse("1,x") }
    #expect(try ValueKind.list(of: .string).parse("a,\u{301}b").count == 2)
  }

  @Test func pathsAreNeverEmpty() throws {
    #expect(try ValueKind.file.parse("-") == "-")
    #expect(throws: ValueProblem.empty) { try ValueKind.file.parse("") }
    #expect(try ValueKind.string.parse("") == "")
  }

  @Test(arguments: [
    ("--every=x", "--every: not a whole number: 'x'"),
    ("--every=7", "--every: out of range (1 to 6): '7'"),
    ("--timeout=5", "--timeout: not a duration: '5'"),
    ("--timeout=0s", "--timeout: out of range (1ms to 36500d): '0s'"),
    ("-ojosn", "-o: unknown value 'josn'; did you mean 'json'?"),
    ("--columns=a,", "--columns: empty item in the list: 'a,'"),
    ("--attach=", "--attach: can't be empty"),
  ])
  func words(_ argument: String, _ message: String) {
    #expect(ask("send", "bob", argument).error?.message == message)
  }

  @Test func theHintListsTheChoices() {
    #expect(ask("-o", "josn").error?.hint == "use one of: table, json, jsonl, csv")
  }
}
