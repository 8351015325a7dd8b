import Application
import CommandLineKit
import Messaging

/// The commands about the numbers of the account.
enum NumbersCommands {
  static let number = Operand("NUMBER", help: "The account's phone number.")

  static let spec = CommandSpec<any Command>(
    "numbers", summary: "Switch text messages on and off for numbers.", group: "Account",
    subcommands: [NumbersEnableCommand.spec, NumbersDisableCommand.spec])
}

/// Switches text messages on or off for a number of the account.
struct NumberSwitch: Sendable {
  var number: String
  var isEnabled: Bool

  func run(_ context: Context, for capability: Capability) throws {
    let inquiry = try Inquiry(context, for: capability) { $0 as? any NumberControlling }
    let printer = try context.printer(of: NumberRecord.self, isSingle: true)
    let number = try context.phoneNumber(number, of: "NUMBER", inquiry.settings)
    let (session, controller) = try inquiry.open()
    try printer.finish(with: [try session.ask(controller.setMessaging(enabled: isEnabled, for: number))])
  }
}
