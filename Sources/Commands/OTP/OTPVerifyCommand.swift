import Application
import CommandLineKit
import Messaging

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
    let inquiry = try Inquiry(context, for: Self.capability) { $0 as? any OTPVerifying }
    let printer = try context.printer(of: OTPRecord.self, isSingle: true)
    let (session, verifier) = try inquiry.open()
    let record = try session.ask(verifier.verifyOTP(code))
    try session.finish(printer, with: [record])
    guard record.isValid == true else { throw Ending.codeInvalid }
  }
}
