import Application
import CommandLineKit
import Configuration
import Delivery
import Ledger
import Messaging
import Platform
import TextFormats

/// Every message that a person can see, with made-up values, so that all can be read in one sitting.
struct MessageCatalog {
  let context: Context

  /// A heading and the messages below it.
  typealias Section = (title: String, messages: [ExampleMessage])

  var text: String {
    sections.map { section in
      (["== \(section.title) ==\n"] + section.messages.map { $0.lines.map { "\($0)\n" }.joined() }).joined(
        separator: "\n")
    }.joined(separator: "\n")
  }

  var sections: [Section] {
    [
      (
        "Command line",
        UsageError.examples + commandLines.map { ExampleMessage($0) } + InputError.examples + JQFailure.examples
      ),
      ("Numbers and texts", numbersAndTexts),
      ("Lists", RowError.examples + InputError.Problem.planExamples), ("Providers", providers),
      ("Configuration", ConfigurationError.examples + Failure.profileExamples.map { ExampleMessage($0) }),
      ("State files", LedgerError.examples),
      ("Jobs", Failure.jobExamples(context).map { ExampleMessage($0) }), ("Sending", sending),
      ("Results", results), ("Notes", notes), ("Questions", questions),
    ]
  }

  private var now: Timestamp { Timestamp(unixSeconds: 2_087_976_600) }
  private var label: ProviderLabel { ProviderLabel(name: "sendapp", title: "Sendapp") }

  // MARK: - Errors

  /// What each of these lines leads to.
  private var commandLines: [UsageError] {
    let lines = [
      "sms -v", "sms send 1 a b", "sms send --to 1", "sms send --text x", "sms send --file x",
      "sms send 1 x --at 25:00",
      "sms send 1 x --price free", "sms send 1 x --device x", "sms send 1 x --attach cat.jpg",
      "sms send 1 x --sender-id 123456789012", "sms send 1 x --key \u{7}", "sms send 1 x --from a\nb", "sms bulk a b",
      "sms bulk a --text x", "sms bulk --file a", "sms bulk --to 1", "sms bulk a --shard 3",
      "sms bulk a --delimiter ab",
      "sms bulk a --job \u{7}", "sms bulk --resume a --limit 1", "sms jobs --before 1d", "sms jobs --before -1d",
      "sms jobs a b", "sms status --limit x", "sms contacts list --number a", "sms balance --min x",
      "sms otp send 1 --message x", "sms otp send 1 --message {{x}}{{code}}", "sms sandbox --fault drop",
      "sms sandbox --fault hang=2", "sms sandbox --fault slo", "sms config add \u{7} --provider sendapp",
      "sms config add a --provider sendapp --account-id 1", "sms config add a --provider sendapp --key K",
    ]
    return lines.compactMap { line in
      let words = line.split(separator: " ").dropFirst().map(String.init)
      guard case .failure(let error) = SMSProgram.program.parse(words).request else { return nil }
      return error
    } + [SMSProgram.versionAsked]
  }

  private var numbersAndTexts: [ExampleMessage] {
    InputError.examples(InputError.Problem.numberExamples, at: .argument("TO"))
      + InputError.examples(shortCodes, at: .row(file: "list.csv", row: 3, line: 4))
      + InputError.examples(
        MessageTextError.examples.map { .init($0.reason) } + [
          .messageIsNumber("+1 555 010 0001"), .tooLarge(limit: 65_536),
        ], at: .argument("MESSAGE"))
      + InputError.examples([.timeInPast(now), .endsTooEarly(now)], at: .argument("--at"))
      + [
        ExampleMessage(Failure.shortCode("12345", of: "NUMBER")),
        ExampleMessage(Failure.unknownTimeZone("Europe/Paris", hint: "run: sudo apt install tzdata")),
      ]
  }

  private var shortCodes: [InputError.Problem] {
    guard let code = try? PhoneNumber(parsing: "12345", by: NumberRules(countryCode: nil)) else { return [] }
    return [true, false].map { .shortCode(code, isSupported: $0) }
  }

  private var providers: [ExampleMessage] {
    ProviderFailure.examples + Failure.unsupportedExamples.map { ExampleMessage($0) } + SendObjection.examples
      + CallObjection.examples.map { ExampleMessage(Failure("input", .usage, $0.message, hint: $0.hint)) }
      + ([
        Failure(.wrongSignature, of: label), Failure(.unexpectedForm, of: label), .idMissing(of: label),
        .noUSSDRequest("7", label), .noMessage(["4", "5"], days: 1, label),
        .noMessage(["4"], ": not found", days: nil, label),
        .lowBalance("5", nil, least: "100", label), .notLogged(["4"]),
        .foreign(.id("4"), of: origin("office"), "status", context),
        .foreign(.group("7"), of: origin(nil), "status", context),
      ] as [Failure]).map { ExampleMessage($0) }
      + InputError.examples([.unknownStatus("failled", known: ["undelivered"])], at: .argument("--status"))
  }

  private func origin(_ profile: String?) -> MessageOrigin {
    MessageOrigin(provider: "sendapp", profile: profile, isOfAccount: false)
  }

  private var sending: [ExampleMessage] {
    let key = SendKey("backup-monday", lifetime: .seconds(86_400))
    let problems: [(String, [InputError.Problem])] = [
      ("--max-messages", [.tooManyMessages(7, limit: 5), .listUncounted(by: "Sendapp")]),
      ("--key", [.usedForOther(key, at: now, until: now)]), ("--key-ttl", [.needsKey]),
    ]
    return problems.flatMap { InputError.examples($1, at: .argument($0)) }
      + ([
        .notConfirmed, .noAnswer, .busy(key), .endedAtOnce(nil),
        .endedAtOnce(JobLabel(reference: context.reference(toJob: "spring"), canReconcile: true)),
        .waitedTooLong(.seconds(30), "2 of 3 messages not final", command: "'sms status 4 --wait'"),
        .notOurs("sms.toml"),
        .checksFailed(2, of: 9, .configuration),
      ] as [Failure]).map { ExampleMessage($0) }
  }

  private var results: [ExampleMessage] {
    var counts = JobCounts()
    (counts.accepted, counts.failed, counts.unknown, counts.planned) = (4, 2, 1, 3)
    return [
      ExampleMessage(
        Failure("refused", .refused, "\(label.title): \(counts.outcome(namesSent: false)): invalid number"))
    ]
  }

  // MARK: - Notes and questions

  private var notes: [ExampleMessage] {
    [
      Notes.waiting(for: 2), Notes.awaitingAnswer(2, of: label), Notes.windingUp(15, underWay: 3),
      Notes.retrying(ProviderError(.busy(retryAfter: nil), message: "", httpStatus: 429), after: .seconds(2)),
      Notes.abandoned(2, by: label), Notes.reportable("7"), Notes.toBeResent(3), Notes.repeatedNumber,
      Notes.textNamesFile("notes.txt"), Notes.waiting(forKey: "backup"), Notes.keyUsed("backup", at: now),
      Notes.sendAgain("this list was sent 2 hours ago as job spring (5 accepted)", asks: false),
      ResultLimit.usual.moreWords,
    ].map(ExampleMessage.note)
  }

  private var questions: [ExampleMessage] {
    [Notes.sendAgain("this list was sent 2 hours ago as job spring (5 accepted)", asks: true)].map(
      ExampleMessage.question)
  }
}
