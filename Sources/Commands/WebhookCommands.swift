import Application
import CommandLineKit
import Configuration
import Messaging
import TextFormats

/// The commands for what providers post to the user's web address.
enum WebhookCommands {
  static let spec = CommandSpec<any Command>(
    "webhook", summary: "Verify webhook requests from a provider.", group: "Account",
    subcommands: [WebhookVerifyCommand.spec])
}

/// Verifies the signature of a body that a provider posted, and prints its content. Makes no calls.
struct WebhookVerifyCommand: Command {
  static let capability = Capability("webhook verify") { $0 is any WebhookVerifying.Type }
  static let signature = RequiredOption(
    "signature", value: .line.named("SIGNATURE"), help: "Value of the X-SG-SIGNATURE header.")
  static let file = OptionalOperand(
    "FILE", value: .file, help: "The request body. Read from standard input if it is - or left out.")
  static let spec = CommandSpec<any Command>(
    "verify", summary: "Verify the signature of a webhook request.",
    discussion: """
      FILE is the whole form (messages=... or ussdRequest=...), or the value of that field. Prints the messages or \
      the USSD request it contains. The exit code is 1 if the signature doesn't match the body and the profile's key. \
      Works offline.
      """,
    examples: [
      Example(
        "sms webhook verify --signature \"$HTTP_X_SG_SIGNATURE\" < body", "Verify a request body from standard input."),
      Example("sms webhook verify --signature \"$HTTP_X_SG_SIGNATURE\" body -o json", "Verify a file, and print JSON."),
    ],
    options: [signature], operands: [file], columns: MessageRecord.listedColumns,
    exits: [.refused, .usage, .configuration, .unsupported, .io], make: WebhookVerifyCommand.init)

  private let signature: String
  private let path: String?

  init(_ parsed: Parsed) throws(UsageError) {
    signature = try parsed[Self.signature]
    path = parsed[Self.file]
  }

  func run(_ context: Context) throws {
    let settings = try context.settings()
    guard Self.capability.isProvided(settings.provider) else {
      throw Failure.unsupported(Self.capability, settings, context)
    }
    let body = try MessageInput(context: context).bytes(ofFile: path, argument: "FILE", expected: "the body")
    guard let verifier = try settings.makeProvider(context.inputs) as? any WebhookVerifying,
      let key = try settings.webhookKey(context.inputs)
    else { throw Failure.unsupported(Self.capability, settings, context) }
    guard let content = verifier.webhook(signature: signature, body: body, key: key) else {
      throw Failure.wrongSignature(settings.label)
    }
    try print(content, settings, context)
  }

  private func print(_ content: WebhookContent, _ settings: Settings, _ context: Context) throws {
    switch content {
    case .messages(let records):
      try context.printer(of: MessageRecord.self).finish(with: records.map(settings.completed))
    case .ussd(let records): try context.printer(of: USSDRecord.self).finish(with: records)
    case .unknown: throw Failure.unknownEvent(settings.label)
    }
  }
}

extension Failure {
  /// The posted body may not be from the provider.
  static func wrongSignature(_ provider: ProviderLabel) -> Failure {
    Failure(
      "signature", .refused, "the signature doesn't match this body and the \(provider.title) key",
      hint: "pass the body exactly as it was received, and the X-SG-SIGNATURE header",
      details: ErrorDetails(provider: provider.name))
  }

  /// The posted body can't be understood.
  static func unknownEvent(_ provider: ProviderLabel) -> Failure {
    Failure(
      "untrusted", .refused, "the signature is valid, but the body isn't a known \(provider.title) event",
      hint: "pass the body exactly as it was received", details: ErrorDetails(provider: provider.name))
  }
}
