import Application
import CommandLineKit
import Messaging

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
    let inquiry = try Inquiry(context, for: Self.capability) { $0 as? any OTPGenerating }
    let printer = try context.printer(of: OTPRecord.self, isSingle: true)
    let (session, generator) = try inquiry.open()
    try session.finish(printer, with: [try session.ask(generator.generateOTP())], "the code was generated")
  }
}
