import Application
import CommandLineKit
import Configuration
import Delivery
import HTTPTransport
import Ledger
import Messaging
import Platform
import Providers
import TextFormats

/// All messages that users can see, with sample values, for proofreading.
struct MessageCatalog {
  let context: Context

  /// A heading and its messages.
  typealias Section = (title: String, messages: [ExampleMessage])

  var text: String {
    sections.map { section in
      (["== \(section.title) ==\n"] + section.messages.map { $0.lines.map { "\($0)\n" }.joined() }).joined(
        separator: "\n")
    }.joined(separator: "\n")
  }

  var sections: [Section] {
    [
      ("Command line", commandLine), ("Numbers and texts", numbersAndTexts), ("Lists", lists),
      ("Providers", providers), ("Provider's own words", SMSITCall.examples), ("Messages", MessageError.examples),
      ("Configuration", configuration), ("State files", LedgerError.examples + RowDamage.examples),
      ("Jobs", Failure.jobExamples(context).map { ExampleMessage($0) }), ("Sending", sending),
      ("Mail and programs", Failure.mailExamples + RunReport.examples.map { .result($0) }),
      ("Checks", CheckFinding.examples + CheckWords.examples + ConnectionChecks.examples), ("Results", results),
      ("Notes", notes), ("Questions", questions), ("Help", help),
    ]
  }

  private var now: Timestamp { Timestamp(unixSeconds: 2_087_976_600) }
  private var label: ProviderLabel { ProviderLabel(name: "sendapp", title: "Sendapp") }

  private var job: JobReference { context.reference(toJob: "spring") }
  private var key: SendKey { SendKey("backup-monday", lifetime: .seconds(86_400)) }

  // MARK: - Errors

  private var commandLine: [ExampleMessage] {
    UsageError.examples + (InvalidCommandLines.errors + [.needsKey("--key-ttl")]).map { ExampleMessage($0) }
      + InputError.examples + Failure.jqExamples
      + InputError.examples(InputError.Problem.columnExamples, at: .argument("--columns"))
      + [
        ExampleMessage(UsageError.noColumns(["sms", "sandbox"])), ExampleMessage(Failure.notUTF8(argument: 3, byte: 7)),
      ]
  }

  private var numbersAndTexts: [ExampleMessage] {
    let texts: [InputError.Problem] =
      ["", " "].compactMap(MessageText.objection).map(InputError.Problem.messageText) + [
        .messageNotUTF8(at: 7), .textMissing,
        .messageIsNumber("+1 555 010 0001"), .messageIsNumber("+15550100001;+15550100002"), .tooLarge(limit: 65_536),
      ] + InputError.Problem.segmentExamples
    let times: [InputError.Problem] = [
      .timeInPast(now), .ambiguousTime(isSkipped: true, zone: "local"),
      .ambiguousTime(isSkipped: false, zone: "Europe/London"),
    ]
    return InputError.examples(
      InputError.Problem.numberExamples + [
        .emptyNumber(in: "+15550100001,"),
        .init("not a phone number: '+15550100001 +15550100002' contains '+'", hint: InputError.Problem.separation),
      ], at: .argument("TO"))
      + InputError.examples(shortCodes, at: .row(file: "list.csv", row: 3, line: 4))
      + InputError.examples(texts, at: .argument("MESSAGE")) + InputError.examples(times, at: .argument("--at"))
      + InputError.examples([.endsTooEarly(now)], at: .argument("--until"))
      + [
        ExampleMessage(Failure.shortCode("12345", of: "NUMBER")),
        ExampleMessage(Failure.unknownTimeZone("Europe/Paris", hint: "run: sudo apt install tzdata")),
        ExampleMessage(Failure.unknownTimeZone("Mars", hint: "set TZ to a name such as Europe/London")),
      ]
  }

  private var shortCodes: [InputError.Problem] {
    guard let code = try? PhoneNumber(parsing: "12345", by: NumberRules(countryCode: nil)) else { return [] }
    return [true, false].map { .shortCode(code, isSupported: $0) }
  }

  private var lists: [ExampleMessage] {
    let files: [InputError.Problem] =
      InputError.Problem.fileExamples + InputError.Problem.encodingExamples
      + InputError.Problem.spreadsheetPlaceExamples + InputError.Problem.workbookExamples
      + [.tooFewRows(3, least: 100), .missingFile(SystemError(code: 2, operation: "open"))]
    return RowError.examples + InputError.Problem.planExamples + InputError.examples(files, at: .file("list.xlsx"))
      + InputError.examples(InputError.Problem.sheetExamples, at: .argument("--sheet"))
      + InputError.examples([.invalidTime("25:00")], at: .row(file: "list.csv", row: 2, line: 3))
      + InputError.examples(InputError.Problem.stopListExamples, at: .file("stop.csv"))
  }

  private var providers: [ExampleMessage] {
    ProviderFailure.examples + TransportSetupError.examples + Failure.signingExamples
      + Failure.unsupportedExamples.map { ExampleMessage($0) } + SendObjection.examples
      + CallObjection.examples.map { ExampleMessage(Failure("input", .usage, $0.message, hint: $0.hint)) }
      + ([
        .wrongSignature(label), .unknownEvent(label), .idMissing(of: label),
        .noUSSDRequest("7", label), .noMessage(["4", "5"], days: 30, label),
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

  private var configuration: [ExampleMessage] {
    ConfigurationError.examples + Failure.profileExamples.map { ExampleMessage($0) }
  }

  private var sending: [ExampleMessage] {
    let problems: [(String, [InputError.Problem])] = [
      ("--max-messages", [.tooManyMessages(7, limit: 5), .listUncounted(by: "Sendapp")]),
      ("--key", [.usedForOther(key, at: now, until: now)]),
    ]
    return problems.flatMap { InputError.examples($1, at: .argument($0)) }
      + ([
        .notConfirmed, .busy(key), .endedAtOnce(nil), .endedAtOnce(JobLabel(reference: job, canReconcile: true)),
        .endedAtOnce(JobLabel(reference: job, canReconcile: false)), .endedAtOnce(label),
        .waitedTooLong(.seconds(30), "2 of 3 messages still pending", hint: "'sms status 4 --wait' keeps waiting"),
        .notOurs("sms.toml"), .checksFailed(2, of: 9, .configuration),
      ] as [Failure]).map { ExampleMessage($0) } + [
        ExampleMessage(Interruption(2, USSDSendCommand.sent, hint: USSDSendCommand.showing("'sms ussd status 5'"))),
        ExampleMessage(
          Failure.waitedTooLong(
            .seconds(30), USSDSendCommand.noAnswer, hint: USSDSendCommand.showing("'sms ussd status 5'"))),
      ] + Interruption.examples + DeliveryReport.examples(label, job)
  }

  // MARK: - Results, notes, and questions

  private var results: [ExampleMessage] {
    let texts =
      MessageSentence.examples(context) + ProgressBar.examples
      + [SandboxCommand.address(8080), MessageError.suppressed.message]
    return texts.map { .result($0) } + SystemDependency.examples
  }

  private var notes: [ExampleMessage] {
    let sending = [
      Notes.repeatedNumbers(1), Notes.textNamesFile("notes.txt"), Notes.waiting(forKey: key.text),
      Notes.keyUsed(key.text, at: now), Notes.sendAgain(recent, asks: false), ResultLimit.usual.moreWords,
      Notes.unrecorded(.noFolder), Notes.repaired(2), Notes.notRepaired(.noFolder),
      Notes.notStarted("make", SystemError(code: 2, operation: "exec")),
      Notes.tryIt("sms -c sandbox.toml send +15550100001 \"Hello\""),
    ]
    let notes =
      Notes.examples(label) + sending + Notes.bulkExamples(job) + Notes.jobsExamples + Notes.configExamples
      + SendingCost.examples + GSMChanges.examples + ExchangeTrace.examples(context)
    return notes.map(ExampleMessage.note)
  }

  private let recent = "this list was sent 2 hours ago as job 'spring' (5 accepted)"

  private var questions: [ExampleMessage] {
    ([Notes.sendAgain(recent, asks: true)] + SendingCost.questionExamples + ConfigurationQuestions.examples)
      .map(ExampleMessage.question)
  }

  private var help: [ExampleMessage] {
    ExitCode.documented.map { .quoted("\($0.number)  \($0.words)") }
  }
}

/// Invalid command lines, and the error for each.
enum InvalidCommandLines {
  private static let lines = [
    "sms -v", "sms send 1 a b", "sms send --to 1", "sms send --text x", "sms send --file x", "sms send 1 x --at 25:00",
    "sms send 1 x --price free", "sms send 1 x --device x", "sms send 1 x --attach cat.jpg",
    "sms send 1 x --sender-id 123456789012", "sms send 1 x --key \u{7}", "sms send 1 x --from a\nb", "sms bulk a b",
    "sms bulk a --text x", "sms bulk --file a", "sms bulk --to 1", "sms bulk a --shard 3", "sms bulk a --delimiter ab",
    "sms bulk a --job \u{7}", "sms bulk --resume a --limit 1", "sms list-send --list a", "sms list-send a --text x",
    "sms list-send a --file x", "sms jobs --before 1d", "sms jobs prnue --before -1d", "sms jobs a b",
    "sms jobs cancle b",
    "sms status --limit x", "sms contacts list --number a", "sms balance --min x", "sms otp send 1 --message x",
    "sms otp send 1 --message {{x}}{{code}}", "sms run 1 make", "sms run 1 a b", "sms sendmail -bs",
    "sms sandbox --fault drop", "sms sandbox --fault hang=2", "sms sandbox --fault slo", "sms sandbox --fault xyz",
    "sms config add \u{7} --provider sendapp", "sms config add a --provider sendapp --account-id 1",
    "sms config add a --provider sendapp --key K",
  ]

  static var errors: [UsageError] {
    lines.compactMap { line in
      let words = line.split(separator: " ").dropFirst().map(String.init)
      guard case .failure(let error) = SMSProgram.program.parse(words).request else { return nil }
      return error
    } + [SMSProgram.versionAsked]
  }
}
