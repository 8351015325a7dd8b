import Application
import CommandLineKit
import Messaging

/// Switches text messages off for a number of the account.
struct NumbersDisableCommand: Command {
  static let capability = Capability("numbers disable") { $0 is any NumberControlling.Type }
  static let spec = CommandSpec<any Command>(
    "disable", summary: "Switch text messages off for a number.",
    examples: [
      Example(
        "sms -p voximplant numbers disable +15550100102", "Switch text messages off for a number of the account.")
    ],
    operands: [NumbersCommands.number], make: NumbersDisableCommand.init)

  private let number: String

  init(_ parsed: Parsed) throws(UsageError) {
    number = try parsed[NumbersCommands.number]
  }

  func run(_ context: Context) throws {
    try NumberSwitch(number: number, isEnabled: false).run(context, for: Self.capability)
  }
}
