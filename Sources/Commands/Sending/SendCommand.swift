import Application
import CommandLineKit
import Configuration
import Delivery
import Ledger
import Messaging
import TextFormats

/// Sends one text to one or several numbers.
struct SendCommand: Command {
  static let capability = Capability("send") { _ in true }
  static let waiting = Capability("send --wait") { $0 is any MessageReading.Type }
  static let waitingForScheduled = Capability("send --wait with --at") { $0.canWaitForScheduled }
  static let reconciling = Capability("send --reconcile") { $0 is any HistoryKeeping.Type }
  static let to = Operand("TO", value: .string, help: "One phone number, or several separated by commas.")
  static let message = OptionalOperand("MESSAGE", help: "The text. Read from standard input if it is - or left out.")
  static let dryRun = Flag("dry-run", short: "n", help: "Show what would be sent; send nothing.")
  static let spec = CommandSpec<any Command>(
    "send", summary: "Send a text message to one or more numbers.",
    discussion: """
      Prints a record for each number. A message whose outcome is unknown (exit code 6) may have arrived, so it is \
      never sent again automatically.

      With --key, the command can be run again safely, whatever happened the first time: what was sent under the key \
      is not sent again, and the records and the exit code are the same as before. Only what certainly wasn't sent \
      is sent. A different text, number, or option under the same key is an error (exit code 2).

      With --wait, the records are printed once every status is final. The exit code is 1 if a message failed, and 8 \
      if time ran out first.
      """,
    examples: [
      Example("sms send +15550100001 \"Hello\"", "Send a text."),
      Example("sms send +15550100001 \"Hello\" --dry-run", "Show encoding and segments; send nothing."),
      Example(
        "sms send +15550100001 \"The backup is done\" --key \"backup-$(date +%F)\"",
        "Send it once a day, no matter how often this runs."),
      Example("sms send +15550100001,+15550100002 \"Dinner is ready\"", "Send it to two numbers."),
      Example("df -h / | sms send +15550100001", "Send the output of a program."),
      Example(
        "sms send +15550100001 \"“Dinner” is ready…\" --gsm --dry-run --price 0.0075",
        "Show the cost with plain quotes and dots."),
      Example("df -h / | sms send +15550100001 --max-segments 5", "Send it only if it fits in five segments."),
      Example("sms send +15550100001 \"See you\" --at +2h", "Have the provider send it in two hours."),
      Example("sms send +15550100001 \"Hello\" --wait", "Send it, and wait until it is delivered."),
      Example(
        "sms send +15550100001 \"Hello\" --device 2:0 --priority",
        "Send it from SIM slot 0 of phone 2, ahead of its queue."),
      Example("sms send +15550100001,+15550100002 \"Hello\" --use-all-sims", "Spread the messages over all SIMs."),
      Example("sms send +15550100001 \"Look\" --attach https://example.com/cat.jpg", "Send a picture as MMS."),
      Example(
        "sms -p voipcomm send +15550100001 \"Hello\" --from +15550100101",
        "Send from your own number, so that people can reply."),
      Example(
        "SMS_A2P=true sms -p voximplant send +15550100001,+15550100002 \"Hello\"",
        "Send both in one request, with Voximplant's A2P."),
      Example("sms -p smsit send +15550100001 \"Hello\" --sender-id Shop", "Send under a sender ID (SMS-iT)."),
      Example(
        "sms -p smsit send +15550100001 \"Pay\" --at +1d --repeat monthly --until +365d",
        "Send it every month for a year (SMS-iT)."),
    ],
    group: "Sending", options: [dryRun] + KeyOptions.all + WaitOptions.all + CostOptions.all + SendOptionSet.all,
    operands: [to, message], columns: MessageRecord.listedColumns, commonMistakes: commonMistakes, exits: .sendingOnce,
    make: SendCommand.init)

  private static let form = "sms send NUMBER \"TEXT\""
  private static let commonMistakes =
    CommonMistake.options(["--to", "-t"], "write the number first: \(form)")
    + CommonMistake.options(["--message", "--text", "--body", "-m"], "write the text after the number: \(form)")
    + CommonMistake.options(["--file", "--message-file", "-f"], "to send a file: sms send NUMBER - < FILE")
    + CommonMistake.operand(
      "quote the text: sms send NUMBER \"TEXT\"; for several numbers: sms send NUMBER,NUMBER \"TEXT\"")

  private let to: String
  private let text: String?
  /// Whether the text follows `--`.
  private let isLiteral: Bool
  private let isDryRun: Bool
  private let keyOptions: KeyOptions
  private let patience: Duration?
  private let costOptions: CostOptions
  private let options: SendOptionSet

  init(_ parsed: Parsed) throws(UsageError) {
    to = try parsed[Self.to]
    text = parsed[Self.message]
    isLiteral = parsed.isLiteral(operand: 1)
    isDryRun = parsed[Self.dryRun]
    keyOptions = KeyOptions(parsed)
    patience = try WaitOptions.patience(parsed)
    costOptions = CostOptions(parsed)
    options = try SendOptionSet(parsed)
    try parsed.allowOneStandardInput(("MESSAGE", text ?? "-"), ("--config", parsed[GlobalOptions.config]))
  }

  func run(_ context: Context) throws {
    let settings = try context.settings()
    if patience != nil { try (options.at == nil ? Self.waiting : Self.waitingForScheduled).check(settings, context) }
    let key = try keyOptions.key(context)
    if keyOptions.reconciles { try Self.reconciling.check(settings, context) }
    let sending = try SendingContext(context, settings, options, isPerhapsSent: key != nil)
    let numbers = try numbers(context, settings)
    let control = CostControl(context: context, settings: settings, options: costOptions)
    let written = try MessageInput(context: context).text(operand: text, isLiteral: isLiteral, settings)
    let body = try control.prepared(written, at: .argument("MESSAGE"))
    let messages = numbers.map { sending.template.message(to: $0, body: body) }
    try sending.check(messages)
    try control.require(messages: messages.count)
    guard let key else { return try isDryRun ? show(messages, sending) : send(messages, sending) }
    let content = content(of: messages, sending.template)
    if isDryRun { try KeyedSending.preview(content, key, sending) }
    try isDryRun ? show(messages, sending) : send(messages, content, under: key, sending)
  }

  /// Returns the numbers without duplicates, and notes how many were left out.
  private func numbers(_ context: Context, _ settings: Settings) throws -> [PhoneNumber] {
    var numbers: [PhoneNumber] = []
    for part in to.split(separator: ",", omittingEmptySubsequences: false) {
      let number = try number(String(part), context, settings)
      if !numbers.contains(number) { numbers.append(number) }
    }
    if numbers.contains(where: \.isShortCode) {
      try settings.require(.shortCodes, called: "short codes", context)
    }
    let repeated = to.split(separator: ",").count - numbers.count
    if repeated > 0 { context.note(Notes.repeatedNumbers(repeated)) }
    return numbers
  }

  private func number(_ text: String, _ context: Context, _ settings: Settings) throws -> PhoneNumber {
    do {
      return try context.number(text, of: "TO", settings)
    } catch var error as InputError {
      if text.allSatisfy(\.isWhitespace), to.contains(",") {
        throw InputError(.emptyNumber(in: to), at: .argument("TO"))
      }
      if NumberMistake.isAmountOfMoney(to) { throw InputError(.phoneNumber(to, .slip(.amount)), at: .argument("TO")) }
      if isSwapped(context, settings) { error.problem.hint = "write the number first: \(Self.form)" }
      if text.joinsNumbers { error.problem.hint = InputError.Problem.separation }
      throw error
    }
  }

  /// Whether the number and the text seem to be swapped.
  private func isSwapped(_ context: Context, _ settings: Settings) -> Bool {
    guard let text, !to.contains(where: \.isNumber) else { return false }
    return (try? context.number(text, of: "MESSAGE", settings)) != nil
  }

  private func show(_ messages: [OutgoingMessage], _ sending: SendingContext) throws {
    var rest = messages.enumerated().map { JobMessage(row: $0 + 1, message: $1) }[...]
    try sending.showRequests(sending.settings.dispatchOptions) { rest.popFirst() }
    let printer = try sending.context.printer(of: MessageRecord.self)
    let records = messages.map(sending.planned)
    if records.count == 1, let sentence = MessageSentence(sending.context) {
      try sending.context.print(sentence.line(records[0], isDryRun: true))
    } else {
      try printer.finish(with: records)
    }
    for line in cost(of: records).lines() { sending.context.note(line) }
  }

  private func cost(of records: [MessageRecord]) -> SendingCost {
    var cost = SendingCost(price: costOptions.price)
    for record in records { cost.add(record) }
    return cost
  }

  private func send(_ messages: [OutgoingMessage], _ sending: SendingContext) throws {
    let reporter = try DeliveryReporter(sending.context, patience: patience, isSingle: messages.count == 1)
    let sender = RecordedSending(sending.context, sending.settings, Self.capability)
    let session = try ProviderSession(sending.context, sending.settings, for: Self.capability)
    let planned = messages.map(sending.planned)
    if costOptions.price != nil { sending.context.note(cost(of: planned).announcement) }
    let result = try sender.send(messages, through: session, report: reporter.report)
    try reporter.finish(result, of: planned, session)
  }
}

// MARK: - Sending with a key

extension SendCommand {
  private func content(of messages: [OutgoingMessage], _ template: MessageTemplate) -> SendContent {
    options.content(of: Self.capability, to: messages.map(\.to.e164), body: messages.first?.body ?? "", template)
  }

  private func send(
    _ messages: [OutgoingMessage], _ content: SendContent, under key: SendKey, _ sending: SendingContext
  ) throws {
    let reporter = try DeliveryReporter(sending.context, patience: patience, isSingle: messages.count == 1)
    let keyed = try KeyedSending(sending.context, sending.settings, key, keyOptions)
    let session = try ProviderSession(sending.context, sending.settings, for: Self.capability)
    if try !keyed.isRepeated(content, session) { try sending.requireFuture() }
    let outcome = try keyed.send(content, messages.map(sending.planned), through: session) { _, left in
      try sending.requireFuture()
      if costOptions.price != nil { sending.context.note(cost(of: left).announcement) }
      return .messages(try left.map { try $0.message(among: messages) })
    }
    try reporter.finish(outcome, session)
  }
}

extension String {
  /// Whether it looks like several numbers that are separated by something other than commas.
  fileprivate var joinsNumbers: Bool {
    if contains(";") { return true }
    let words = split { $0.isWhitespace || "|/&".contains($0) }.filter {
      $0.utf8.count { (0x30...0x39).contains($0) } >= 7
    }
    return words.count > 1 || count { $0 == "+" } > 1
  }
}

extension MessageRecord {
  /// The message that the record is about, with its row.
  func message(among messages: [OutgoingMessage]) throws(LedgerError) -> JobMessage {
    let row = self.row ?? 0
    guard let message = messages.first(where: { $0.to.e164 == self.to }) else { throw .damagedRow(row) }
    return JobMessage(row: row, message: message)
  }
}

extension Provider {
  fileprivate static var canWaitForScheduled: Bool {
    guard descriptor.features.contains(.schedule) else { return false }
    return (Self.self as? any MessageReading.Type)?.reportsScheduled ?? false
  }
}

extension Notes {
  static func repeatedNumbers(_ count: Int) -> String { "\(counted(count, "duplicate number")) skipped" }
}

extension InputError.Problem {
  static let separation = "separate several numbers with commas: NUMBER,NUMBER"

  static func emptyNumber(in list: String) -> Self {
    Self("empty number between commas: '\(list)'", hint: "write TO as NUMBER,NUMBER")
  }
}
