import Application
import CommandLineKit
import Configuration
import Messaging
import TextFormats

/// Checks the signature of a body that a provider posted, and prints what it reports. Nothing is asked.
struct WebhookVerifyCommand: Command {
  static let capability = Capability("webhook verify") { $0 is any WebhookVerifying.Type }
  static let signature = RequiredOption(
    "signature", value: .line.named("SIGNATURE"), help: "The value of the header X-SG-SIGNATURE.")
  static let file = OptionalOperand(
    "FILE", value: .file, help: "The body as it was posted; - or nothing reads it from standard input.")
  static let spec = CommandSpec<any Command>(
    "verify", summary: "Check the signature of what a provider posted.",
    discussion: """
      The body may be the whole form (messages=... or ussdRequest=...), or the value of that field. It prints the messages, \
      or the USSD request, that it reports. The exit code is 1 when the signature is not that of the body and the \
      profile's key. No connection is opened.
      """,
    examples: [
      Example("sms webhook verify --signature \"$HTTP_X_SG_SIGNATURE\" < body", "Check a body from standard input."),
      Example("sms webhook verify --signature \"$HTTP_X_SG_SIGNATURE\" body -o json", "Check a file, for a program."),
    ],
    options: [signature], operands: [file], make: WebhookVerifyCommand.init)

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
    let body = try MessageInput(context).bytes(ofFile: path, argument: "FILE", expected: "the body")
    try print(try content(of: body, settings, context.environment), settings, context)
  }

  private func content(
    of body: [UInt8], _ settings: Settings, _ environment: Environment
  ) throws -> WebhookContent? {
    let inputs = environment.configurationInputs
    let provider = try settings.makeProvider(inputs)
    guard let verifier = provider as? any WebhookVerifying, let key = try settings.webhookKey(inputs) else {
      return nil
    }
    do {
      return try verifier.webhook(signature: signature, body: body, key: key)
    } catch {
      throw Failure(error, of: settings.label)
    }
  }

  private func print(_ content: WebhookContent?, _ settings: Settings, _ context: Context) throws {
    switch content {
    case .messages(let records):
      try context.printer(of: MessageRecord.self).finish(with: records.map(settings.completed))
    case .ussd(let records): try context.printer(of: USSDRecord.self).finish(with: records)
    case nil: throw Failure.unsupported(Self.capability, settings, context)
    }
  }
}

extension Failure {
  /// What was posted is not to be believed, or not understood.
  fileprivate init(_ error: WebhookError, of provider: ProviderLabel) {
    let details = ErrorDetails(provider: provider.name)
    switch error {
    case .wrongSignature:
      self.init(
        "signature", .refused, "the signature is not that of this body and the key of \(provider.title)",
        hint: "give the body byte by byte as it was posted, and X-SG-SIGNATURE as the signature", details: details)
    case .unexpectedForm:
      self.init(
        "untrusted", .refused, "the signature is right, but the body is not of a known form", details: details)
    }
  }
}
