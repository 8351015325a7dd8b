import Application
import CommandLineKit

/// The commands for one-time passwords.
enum OTPCommands {
  static let spec = CommandSpec<any Command>(
    "otp", summary: "Generate, send, and verify one-time passwords.", group: "Account",
    subcommands: [OTPGenerateCommand.spec, OTPVerifyCommand.spec, OTPSendCommand.spec])
}
