import Application
import CommandLineKit
import Messaging

/// The commands about the numbers of the account.
enum NumbersCommands {
  static let number = Operand("NUMBER", help: "One of the account's phone numbers.")

  static let spec = CommandSpec<any Command>(
    "numbers", summary: "Turn text messaging on or off for your numbers.", group: "Account",
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
    let record = try session.ask(controller.setMessaging(enabled: isEnabled, for: number))
    try session.finish(printer, with: [record], "the number was switched \(isEnabled ? "on" : "off")")
  }
}

/// Switches text messages on for a number of the account.
struct NumbersEnableCommand: Command {
  static let capability = Capability("numbers enable") { $0 is any NumberControlling.Type }
  static let spec = CommandSpec<any Command>(
    "enable", summary: "Turn on text messaging for a number.",
    examples: [
      Example("sms -p voximplant numbers enable +15550100105", "Turn on text messaging for one of your numbers.")
    ],
    operands: [NumbersCommands.number], columns: NumberRecord.columnNames, make: NumbersEnableCommand.init)

  private let number: String

  init(_ parsed: Parsed) throws(UsageError) {
    number = try parsed[NumbersCommands.number]
  }

  func run(_ context: Context) throws {
    try NumberSwitch(number: number, isEnabled: true).run(context, for: Self.capability)
  }
}

/// Switches text messages off for a number of the account.
struct NumbersDisableCommand: Command {
  static let capability = Capability("numbers disable") { $0 is any NumberControlling.Type }
  static let spec = CommandSpec<any Command>(
    "disable", summary: "Turn off text messaging for a number.",
    examples: [
      Example(
        "sms -p voximplant numbers disable +15550100102", "Turn off text messaging for one of your numbers.")
    ],
    operands: [NumbersCommands.number], columns: NumberRecord.columnNames, make: NumbersDisableCommand.init)

  private let number: String

  init(_ parsed: Parsed) throws(UsageError) {
    number = try parsed[NumbersCommands.number]
  }

  func run(_ context: Context) throws {
    try NumberSwitch(number: number, isEnabled: false).run(context, for: Self.capability)
  }
}
