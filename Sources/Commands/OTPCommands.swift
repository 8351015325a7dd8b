import Application
import CommandLineKit
import Configuration
import Delivery
import Ledger
import Messaging
import TextFormats

/// The commands for one-time passwords.
enum OTPCommands {
  static let spec = CommandSpec<any Command>(
    "otp", summary: "Generate, send, and verify one-time passwords.", group: "Account",
    subcommands: [OTPGenerateCommand.spec, OTPVerifyCommand.spec, OTPSendCommand.spec])
}

/// Generates a one-time password and sends it.
struct OTPSendCommand: Command {
  static let capability = Capability("otp send") { $0 is any OTPGenerating.Type }
  static let reconciling = Capability("otp send --reconcile") {
    $0 is any OTPGenerating.Type && $0 is any HistoryKeeping.Type
  }
  static let to = Operand("TO", help: "The phone number.")
  static let message = Option(
    "message", value: .codeTemplate, fallback: usualMessage("{{code}}"),
    help: "The text, with {{code}} in place of the code.")
  static let spec = CommandSpec<any Command>(
    "send", summary: "Generate a one-time password and send it.",
    discussion: """
      To check the code that a user enters, run 'sms otp verify'. The exit codes are those of 'sms send'.

      With --key, the command can be run again safely, as with 'sms send': it prints the code that was sent, and \
      doesn't generate a new one.
      """,
    examples: [
      Example("sms -p smsit otp send +15550100001", "Send a code."),
      Example(
        "sms -p smsit otp send +15550100001 --message \"{{code}} opens the door\"", "Send it with your own text."),
    ],
    options: [message, SendOptionSet.from] + KeyOptions.all, operands: [to], columns: OTPRecord.listedColumns,
    exits: .sendingOnce, make: OTPSendCommand.init)

  private static func usualMessage(_ code: String) -> String { "Your code is \(code)" }
  /// As long as codes usually are, to check the message before there is one.
  private static let sampleCode = "000000"

  private let to: String
  private let message: Template?
  private let options: SendOptionSet
  private let keyOptions: KeyOptions

  init(_ parsed: Parsed) throws(UsageError) {
    to = try parsed[Self.to]
    message = parsed[Self.message]
    options = try SendOptionSet(parsed)
    keyOptions = KeyOptions(parsed)
  }

  func run(_ context: Context) throws {
    let inquiry = try PreparedCall(context, for: Self.capability) { $0 as? any OTPGenerating }
    let key = try keyOptions.key(context)
    if keyOptions.reconciles { try Self.reconciling.check(inquiry.settings, context) }
    let sending = try SendingContext(context, inquiry.settings, options)
    let printer = try context.printer(of: OTPRecord.self, isSingle: true)
    let number = try context.phoneNumber(to, of: "TO", inquiry.settings)
    let sample = try checked(code: Self.sampleCode, to: number, sending, inquiry.adapter)
    if let key { return try send(like: sample, under: key, inquiry, sending, printer) }
    let (session, generator) = try inquiry.open()
    var record = try session.ask(generator.generateOTP())
    let message = try checked(code: record.code ?? "", to: number, sending, generator)
    let reporter = DeliveryReporter(silentFor: context)
    let sender = RecordedSending(context, sending.settings, Self.capability)
    let result = try sender.send([message], through: session, report: reporter.report)
    record.to = number.e164
    try printer.finish(with: [record])
    try reporter.finish(result, of: [sending.planned(message)], session)
  }

  private func text(of code: String) -> String {
    message?.rendered { _ in code } ?? Self.usualMessage(code)
  }

  /// The message with the code. Throws if it can't be sent.
  private func checked(
    code: String, to number: PhoneNumber, _ sending: SendingContext, _ provider: any Provider
  ) throws -> OutgoingMessage {
    let message = sending.template.message(to: number, body: text(of: code))
    guard let objection = provider.objection(to: message) else { return message }
    let title = sending.settings.descriptor.title
    throw InputError(.objection(objection, provider: title), at: .argument("--message"))
  }
}

// MARK: - Sending with a key

extension OTPSendCommand {
  /// Generates the code only after it is certain that the key has none: until then, the row has no text.
  private func send(
    like sample: OutgoingMessage, under key: SendKey, _ inquiry: PreparedCall<any OTPGenerating>,
    _ sending: SendingContext, _ printer: RecordPrinter<OTPRecord>
  ) throws {
    let keyed = try KeyedSending(sending.context, sending.settings, key, keyOptions)
    let (session, generator) = try inquiry.open()
    let outcome = try keyed.send(content(to: sample.to, sending), [sending.withoutText(sample)], through: session) {
      job, left in
      var message = sample
      if let body = left[0].body {
        message.body = body
      } else {
        let code = try session.ask(generator.generateOTP()).code ?? ""
        message = try checked(code: code, to: sample.to, sending, generator)
        try job.setBody(message.body, ofRow: 1)
      }
      return .messages([JobMessage(row: 1, message: message)])
    }
    let body = (outcome.settled + outcome.unsent).first?.body ?? ""
    var record = OTPRecord(code: Self.code(in: body, writtenBy: text(of:)))
    record.to = sample.to.e164
    try printer.finish(with: [record])
    let reporter = DeliveryReporter(silentFor: sending.context)
    try reporter.finish(outcome, session)
  }

  private func content(to number: PhoneNumber, _ sending: SendingContext) -> SendContent {
    options.content(of: Self.capability, to: [number.e164], body: text(of: "{{code}}"), sending.template)
  }

  /// The code in a text; nil if it can't be determined.
  static func code(in text: String, writtenBy write: (_ code: String) -> String) -> String? {
    let bytes = Array(text.utf8)
    let pattern = Array(write("\0").utf8)
    let places = pattern.count { $0 == 0 }
    guard let start = pattern.firstIndex(of: 0), bytes.count >= pattern.count else { return nil }
    let length = (bytes.count - pattern.count) / places + 1
    let code = String(decoding: bytes[start..<min(start + length, bytes.count)], as: UTF8.self)
    return write(code) == text ? code : nil
  }
}

extension SendingContext {
  /// The record of a message whose text is not known yet.
  fileprivate func withoutText(_ message: OutgoingMessage) -> MessageRecord {
    var record = planned(message)
    (record.body, record.encoding, record.segments) = (nil, nil, nil)
    return record
  }
}

/// Generates a one-time password.
struct OTPGenerateCommand: Command {
  static let capability = Capability("otp generate") { $0 is any OTPGenerating.Type }
  static let spec = CommandSpec<any Command>(
    "generate", summary: "Generate a one-time password.",
    discussion: """
      The code is printed but not sent. To send one, use 'sms otp send'.
      """,
    examples: [
      Example("sms -p smsit otp generate", "Generate a code."),
      Example("sms -p smsit otp generate -o csv --columns code --no-header", "Print only the code."),
    ],
    columns: OTPRecord.listedColumns, exits: .asking, make: { _ in OTPGenerateCommand() })

  func run(_ context: Context) throws {
    let inquiry = try PreparedCall(context, for: Self.capability) { $0 as? any OTPGenerating }
    let printer = try context.printer(of: OTPRecord.self, isSingle: true)
    let (session, generator) = try inquiry.open()
    try session.finish(printer, with: [try session.ask(generator.generateOTP())], "the code was generated")
  }
}

/// Checks whether a one-time password is valid.
struct OTPVerifyCommand: Command {
  static let capability = Capability("otp verify") { $0 is any OTPVerifying.Type }
  static let code = Operand("CODE", value: .line, help: "The code, as entered by the user.")
  static let spec = CommandSpec<any Command>(
    "verify", summary: "Check a one-time password.",
    discussion: """
      The exit code is 0 if the code is valid, and 1 if not. A code is valid only once.
      """,
    examples: [
      Example("sms -p smsit otp verify \"$code\"", "Check a code."),
      Example(
        "sms -p smsit otp verify \"$code\" > /dev/null && echo welcome", "Continue a script only with a valid code."),
    ],
    operands: [code], columns: OTPRecord.listedColumns, exits: .asking, make: OTPVerifyCommand.init)

  private let code: String

  init(_ parsed: Parsed) throws(UsageError) {
    code = try parsed[Self.code]
  }

  func run(_ context: Context) throws {
    let inquiry = try PreparedCall(context, for: Self.capability) { $0 as? any OTPVerifying }
    let printer = try context.printer(of: OTPRecord.self, isSingle: true)
    let (session, verifier) = try inquiry.open()
    let record = try session.ask(verifier.verifyOTP(code))
    try session.finish(printer, with: [record])
    guard record.isValid == true else { throw Ending.codeInvalid }
  }
}

extension Template {
  /// The only placeholder in the message of a one-time password.
  private static let codeColumn = "code"
  private static let codeHint = "put {{code}} where the code goes, such as \"Your code: {{code}}\""

  /// A text with a placeholder for the code, and no others.
  init(code text: String) throws(ValueProblem) {
    do {
      try self.init(parsing: text)
    } catch {
      throw .other(error.problem.message, hint: error.problem.hint)
    }
    guard columns.contains(Self.codeColumn) else { throw .other("no {{code}} in the text", hint: Self.codeHint) }
    for column in columns where column != Self.codeColumn {
      throw .other("unknown placeholder {{\(column)}}", hint: Self.codeHint)
    }
  }
}

extension ValueKind where Value == Template {
  /// The text of a message with `{{code}}` in it.
  static var codeTemplate: Self {
    ValueKind("TEXT") { (text) throws(ValueProblem) in try Template(code: text) }
  }
}
