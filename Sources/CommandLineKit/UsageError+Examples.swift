import TextFormats

extension UsageError {
  /// One for each case, and for each kind of value.
  package static var examples: [ExampleMessage] {
    problems.map { ExampleMessage(UsageError($0, at: ["sms", "send"])) }
      + [
        ExampleMessage(UsageError(.missingCommand, at: ["sms", "contacts"])),
        ExampleMessage(
          UsageError(.unknownOption("--number", suggestion: .commands([["sms", "contacts", "list"]])), at: ["sms"])),
        ExampleMessage(UsageError(.unknownCommand("version", suggestion: nil), at: ["sms"])),
      ]
      + valueProblems.map { ExampleMessage(UsageError(.invalidValue($1, argument: $0, $2), at: ["sms", "send"])) }
  }

  private static var problems: [Problem] {
    [
      .unknownCommand("sned", suggestion: ["sms", "send"]), .unknownCommand("xyz", suggestion: nil),
      .unknownOption("--form", suggestion: .option("--from")), .unknownOption("--xyz", suggestion: nil),
      .unknownOption("--voice", suggestion: .commands([["sms", "balance"]])),
      .unknownOption(
        "--list",
        suggestion: .commands([
          ["sms", "contacts", "add"], ["sms", "contacts", "list"], ["sms", "bulk"], ["sms", "log"],
        ])),
      .unknownOption("-5", suggestion: .operand),
      .unknownOption("--to", suggestion: .form("write the number first: sms send NUMBER \"TEXT\"")),
      .missingValue("--from", placeholder: "SENDER"), .unexpectedValue("--wait", value: "5m"),
      .missingOperand("TO"), .missingOption("--list"), .unexpectedOperand("you"), .unnamedOption("--=x"),
      .other("unexpected argument '-q'", hint: Self.afterTerminator),
      .conflict("--job", "--resume"), .needs("--every", oneOf: ["--repeat"]),
      .other(Parsed.twoInputs("MESSAGE", "--config")),
    ]
  }

  private static var valueProblems: [(argument: String, text: String, ValueProblem)] {
    [
      ("--from", "", .empty), ("--every", "3x", .notANumber), ("--every", "0", .outOfRange(1...30)),
      ("--limit", "0", .outOfRange(1...Int.max)), ("--limit", "99999999999999999999", .tooLarge),
      ("--timeout", "5", .notADuration),
      ("--timeout", "0s", .durationOutOfRange(.milliseconds(1)...(.seconds(86_400)))),
      ("--rate", "5", .notARate), ("--rate", "0/s", .rateOutOfRange(Rate.counts)),
      ("--color", "alway", .notAmong(["auto", "always", "never"])), ("--columns", "to,,id", .emptyElement),
    ]
  }
}
