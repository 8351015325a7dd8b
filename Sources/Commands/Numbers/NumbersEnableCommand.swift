import Application
import CommandLineKit
import Messaging

/// Switches text messages on for a number of the account.
struct NumbersEnableCommand: Command {
  static let capability = Capability("numbers enable") { $0 is any NumberControlling.Type }
  static let spec = CommandSpec<any Command>(
    "enable", summary: "Switch text messages on for a number.",
    examples: [
      Example("sms -p voximplant numbers enable +15550100105", "Switch text messages on for a number of the account.")
    ],
    operands: [NumbersCommands.number], make: NumbersEnableCommand.init)

  private let number: String

  init(_ parsed: Parsed) throws(UsageError) {
    number = try parsed[NumbersCommands.number]
  }

  func run(_ context: Context) throws {
    try NumberSwitch(number: number, isEnabled: true).run(context, for: Self.capability)
  }
}
