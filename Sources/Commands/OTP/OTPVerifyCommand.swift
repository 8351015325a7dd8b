import Application
import CommandLineKit
import Messaging

/// Tells whether a one-time password is valid.
struct OTPVerifyCommand: Command {
  static let capability = Capability("otp verify") { $0 is any OTPVerifying.Type }
  static let code = Operand("CODE", value: .line, help: "The code as somebody entered it.")
  static let spec = CommandSpec<any Command>(
    "verify", summary: "Tell whether a one-time password is valid.",
    discussion: "The exit code is 0 when it is and 1 when it is not. A code is valid once.",
    examples: [
      Example("sms -p smsit otp verify \"$code\"", "Check a code."),
      Example("sms -p smsit otp verify \"$code\" > /dev/null && echo welcome", "Let a script go on with a valid code."),
    ],
    operands: [code], make: OTPVerifyCommand.init)

  private let code: String

  init(_ parsed: Parsed) throws(UsageError) {
    code = try parsed[Self.code]
  }

  func run(_ context: Context) throws {
    let inquiry = try Inquiry(context, for: Self.capability) { $0 as? any OTPVerifying }
    let printer = try context.printer(of: OTPRecord.self, isSingle: true)
    let (session, verifier) = try inquiry.open()
    let record = try session.ask(verifier.verifyOTP(code))
    try session.finish(printer, with: [record])
    guard record.isValid == true else { throw Ending.codeInvalid }
  }
}
