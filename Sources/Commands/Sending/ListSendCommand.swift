import Application
import CommandLineKit
import Configuration
import Delivery
import Ledger
import Messaging

/// Sends one text to everyone on a list at the provider.
struct ListSendCommand: Command {
  static let capability = Capability("list-send") { $0 is any ListSending.Type }
  static let rotating = Capability("list-send --rotate") { $0.canSendToLists(with: .rotate) }
  static let throttling = Capability("list-send --throttle") { $0.canSendToLists(with: .throttle) }
  static let waiting = Capability("list-send --wait") { $0.namesListMessages && $0 is any MessageReading.Type }

  static let list = Operand("LIST", help: "ID of the contact list; with SMS-iT, the name of the group.")
  static let message = OptionalOperand("MESSAGE", help: "The text. Read from standard input if it is - or left out.")
  static let rotate = Flag("rotate", help: "Alternate between the account's sender numbers.")
  static let throttle = Option(
    "throttle", value: .int(1...6).named("SECONDS"), help: "Seconds between messages from the same number.")
  static let dryRun = Flag("dry-run", short: "n", help: "Show what would be sent; send nothing.")
  static let spec = CommandSpec<any Command>(
    "list-send", summary: "Send a text message to a contact list.",
    discussion: """
      Sends to a contact list of V Pixel Pro or Sendapp, or to a group of SMS-iT. The list is kept by the provider. \
      Prints a record for each message if the provider names them, or one for all. If the outcome is unknown (exit \
      code 6), nothing is sent again automatically.

      Only the provider knows how many contacts there are. At a terminal, it therefore asks before sending, unless \
      --yes or --no-input is given. Elsewhere it never asks.

      With --key, the command can be run again safely, as with 'sms send'.

      With --wait, the records are printed once every status is final, as with 'sms send'. SMS-iT doesn't support \
      this.
      """,
    examples: [
      Example("sms list-send 1 \"We open at nine.\"", "Send a text to contact list 1."),
      Example(
        "sms list-send 1 \"We open at nine.\" --dry-run --price 0.0075", "Show what it costs per contact; send nothing."
      ),
      Example(
        "sms list-send 1 \"We open at nine.\" --yes --max-segments 1", "Send without asking, if it fits in one segment."
      ),
      Example("sms list-send 1 - < news.txt", "Send the contents of a file."),
      Example(
        "sms list-send 1 - --key \"news-$(date +%G-%V)\" < news.txt",
        "Send it once a week, no matter how often this runs."),
      Example("sms list-send 1 \"We open at nine.\" --wait", "Send it, and wait until it is delivered to everyone."),
      Example(
        "sms list-send 1 \"We open at nine.\" --use-all-devices --at +2h", "Send it from all phones, in two hours."),
      Example(
        "sms -p smsit list-send Friends \"Dinner is ready\" --rotate",
        "Alternate between all sender numbers (SMS-iT)."),
      Example(
        "sms -p smsit list-send Friends \"We open at nine.\" --throttle 3",
        "Send one every three seconds (SMS-iT)."),
    ],
    group: "Sending",
    options: [dryRun, rotate, throttle] + KeyOptions.ofList + WaitOptions.all + CostOptions.ofList + SendOptionSet.all,
    operands: [list, message], columns: MessageRecord.listedColumns, commonMistakes: commonMistakes,
    exits: .sendingOnce,
    make: ListSendCommand.init)

  private static let form = "sms list-send LIST \"TEXT\""
  private static let commonMistakes =
    CommonMistake.options(["--to", "--list", "-l"], "write the list first: \(form)")
    + CommonMistake.options(["--message", "--text", "--body", "-m"], "write the text after the list: \(form)")
    + CommonMistake.options(["--file", "--message-file", "-f"], "send what a file holds: sms list-send LIST - < FILE")

  private let list: String
  private let text: String?
  /// Whether the text follows `--`.
  private let isLiteral: Bool
  private let rotates: Bool
  private let throttle: Int?
  private let isDryRun: Bool
  private let keyOptions: KeyOptions
  private let patience: Duration?
  private let costOptions: CostOptions
  private let options: SendOptionSet

  init(_ parsed: Parsed) throws(UsageError) {
    list = try parsed[Self.list]
    text = parsed[Self.message]
    isLiteral = parsed.isLiteral(operand: 1)
    rotates = parsed[Self.rotate]
    throttle = parsed[Self.throttle]
    isDryRun = parsed[Self.dryRun]
    keyOptions = KeyOptions(parsed)
    patience = try WaitOptions.patience(parsed)
    costOptions = CostOptions(parsed)
    options = try SendOptionSet(parsed)
    try parsed.allowOneStandardInput(("MESSAGE", text ?? "-"), ("--config", parsed[GlobalOptions.config]))
  }

  func run(_ context: Context) throws {
    let settings = try context.settings()
    try Self.capability.check(settings, context)
    if rotates { try Self.rotating.check(settings, context) }
    if throttle != nil { try Self.throttling.check(settings, context) }
    if patience != nil { try Self.waiting.check(settings, context) }
    let key = try keyOptions.key(context)
    let sending = try SendingContext(context, settings, options, isPerhapsSent: key != nil)
    let control = CostControl(context: context, settings: settings, options: costOptions)
    try control.requireNoLimitOnMessages()
    let written = try MessageInput(context: context).text(operand: text, isLiteral: isLiteral, settings)
    let message = message(try control.prepared(written, at: .argument("MESSAGE")), sending.template)
    try check(message, sending)
    guard let key else { return try isDryRun ? show(message, sending) : send(message, sending, control) }
    let content = content(of: message, sending.template)
    if isDryRun { try KeyedSending.preview(content, key, sending) }
    try isDryRun ? show(message, sending) : send(message, content, under: key, sending, control)
  }

  private func message(_ body: String, _ template: MessageTemplate) -> ListMessage {
    var message = ListMessage(
      list: list, body: body, from: template.from, scheduledAt: template.time?.moment, options: template.options)
    message.rotates = rotates
    message.throttle = throttle
    return message
  }

  private func check(_ message: ListMessage, _ sending: SendingContext) throws {
    guard let provider = try sending.settings.makeProvider(sending.context.inputs) as? any ListSending,
      let objection = provider.objection(to: message)
    else { return }
    throw Self.capability.error(for: objection, sending.settings, operands: [.list])
  }

  private func show(_ message: ListMessage, _ sending: SendingContext) throws {
    if let provider = try sending.settings.makeProvider(sending.context.inputs) as? any ListSending {
      try sending.showRequest(provider.send(message))
    }
    let printer = try sending.context.printer(of: MessageRecord.self)
    try printer.finish(with: [sending.settings.completed(MessageRecord(message))])
    for line in cost(of: message).listLines { sending.context.note(line) }
  }

  /// The cost per contact.
  private func cost(of message: ListMessage) -> SendingCost {
    var cost = SendingCost(price: costOptions.price)
    cost.add(MessageRecord(message))
    return cost
  }

  private func send(_ message: ListMessage, _ sending: SendingContext, _ control: CostControl) throws {
    let reporter = try DeliveryReporter(sending.context, patience: patience)
    let session = try ProviderSession(sending.context, sending.settings, for: Self.capability)
    let provider = try session.role { $0 as? any ListSending }
    try control.admit(list: list, cost(of: message), stop: session.calls.stop)
    let placeholder = sending.settings.completed(MessageRecord(message))
    let sender = RecordedSending(sending.context, sending.settings, Self.capability)
    let result = try sender.send([(provider.send(message), placeholder)], through: session, report: reporter.report)
    try reporter.finish(result, of: [placeholder], session)
    noteGroup(reporter, provider, sending.context)
  }

  private func noteGroup(_ reporter: DeliveryReporter, _ provider: any ListSending, _ context: Context) {
    if provider is any GroupReporting, let group = reporter.groupID { context.note(Notes.reportable(group)) }
  }
}

// MARK: - Sending with a key

extension ListSendCommand {
  private func content(of message: ListMessage, _ template: MessageTemplate) -> SendContent {
    options.content(
      of: Self.capability, to: [list], body: message.body, template,
      typed: [rotates ? Self.rotate.spec.name : nil, throttle.map(String.init)])
  }

  private func send(
    _ message: ListMessage, _ content: SendContent, under key: SendKey, _ sending: SendingContext,
    _ control: CostControl
  ) throws {
    let reporter = try DeliveryReporter(sending.context, patience: patience)
    let keyed = try KeyedSending(sending.context, sending.settings, key, keyOptions)
    let session = try ProviderSession(sending.context, sending.settings, for: Self.capability)
    let provider = try session.role { $0 as? any ListSending }
    if try !keyed.isRepeated(content, session) {
      try sending.requireFuture()
      try control.admit(list: list, cost(of: message), stop: session.calls.stop)
    }
    let placeholder = sending.settings.completed(MessageRecord(message))
    let outcome = try keyed.send(content, [placeholder], through: session) { _, left in
      try sending.requireFuture()
      return .order(SendOrder(provider.send(message), placeholder: left[0]))
    }
    try reporter.finish(outcome, session, canReconcile: false)
    noteGroup(reporter, provider, sending.context)
  }
}

extension Provider {
  fileprivate static func canSendToLists(with feature: ListFeature) -> Bool {
    (Self.self as? any ListSending.Type)?.listFeatures.contains(feature) ?? false
  }

  fileprivate static var namesListMessages: Bool {
    (Self.self as? any ListSending.Type)?.namesMessages ?? false
  }
}
