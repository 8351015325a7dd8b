import Application
import CommandLineKit
import Configuration
import Delivery
import Messaging
import TextFormats

/// Makes a one-time password and sends it.
struct OTPSendCommand: Command {
  static let capability = Capability("otp send") { $0 is any OTPGenerating.Type }
  static let to = Operand("TO", help: "The number to send it to.")
  static let message = Option(
    "message", value: .codeTemplate, fallback: usualMessage("{{code}}"),
    help: "The text, with {{code}} where the code goes.")
  static let spec = CommandSpec<any Command>(
    "send", summary: "Make a one-time password and send it.",
    discussion: "'sms otp verify' tells whether what somebody enters is the code. Exit codes are those of 'sms send'.",
    examples: [
      Example("sms -p smsit otp send +15550100001", "Send a code."),
      Example(
        "sms -p smsit otp send +15550100001 --message \"{{code}} opens the door\"", "Send it in words of your own."),
    ],
    options: [message, SendOptionSet.from], operands: [to], make: OTPSendCommand.init)

  private static func usualMessage(_ code: String) -> String { "Your code is \(code)" }
  /// As long as codes usually are, to look the message over before there is one.
  private static let sampleCode = "000000"

  private let to: String
  private let message: Template?
  private let options: SendOptionSet

  init(_ parsed: Parsed) throws(UsageError) {
    to = try parsed[Self.to]
    message = parsed[Self.message]
    options = try SendOptionSet(parsed)
  }

  func run(_ context: Context) throws {
    let inquiry = try Inquiry(context, for: Self.capability) { $0 as? any OTPGenerating }
    let sending = try SendingContext(context, inquiry.settings, options)
    let printer = try context.printer(of: OTPRecord.self, isSingle: true)
    let number = try context.phoneNumber(to, of: "TO", inquiry.settings)
    _ = try checked(code: Self.sampleCode, to: number, sending, inquiry.adapter)
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

  /// The message with that code in it, unless it can't be sent.
  private func checked(
    code: String, to number: PhoneNumber, _ sending: SendingContext, _ provider: any Provider
  ) throws -> OutgoingMessage {
    let body = message?.rendered { _ in code } ?? Self.usualMessage(code)
    let message = sending.template.message(to: number, body: body)
    guard let objection = provider.objection(to: message) else { return message }
    let title = sending.settings.descriptor.title
    throw InputError(.objection(objection, provider: title), at: .argument("--message"))
  }
}
