import Application
import CommandLineKit
import Messaging

/// Enables or disables text messages for one of the account's numbers: two commands.
struct NumberSwitchCommand: Command {
  static let enabling = Capability("numbers enable") { $0 is any NumberControlling.Type }
  static let disabling = Capability("numbers disable") { $0 is any NumberControlling.Type }
  private static let operand = Operand("NUMBER", help: "One of the account's phone numbers.")

  static let spec = CommandSpec<any Command>(
    "numbers", summary: "Turn text messaging on or off for your numbers.", group: "Account",
    subcommands: [
      CommandSpec(
        "enable", summary: "Turn on text messaging for a number.",
        examples: [
          Example(
            "sms -p voximplant numbers enable +15550100105", "Turn on text messaging for one of your numbers.")
        ],
        operands: [operand], columns: NumberRecord.listedColumns,
        exits: .ordering,
        make: { parsed throws(UsageError) in try Self(parsed, isEnabled: true) }),
      CommandSpec(
        "disable", summary: "Turn off text messaging for a number.",
        examples: [
          Example(
            "sms -p voximplant numbers disable +15550100102", "Turn off text messaging for one of your numbers.")
        ],
        operands: [operand], columns: NumberRecord.listedColumns,
        exits: .ordering,
        make: { parsed throws(UsageError) in try Self(parsed, isEnabled: false) }),
    ])

  private let number: String
  private let isEnabled: Bool

  init(_ parsed: Parsed, isEnabled: Bool) throws(UsageError) {
    number = try parsed[Self.operand]
    self.isEnabled = isEnabled
  }

  func run(_ context: Context) throws {
    let capability = isEnabled ? Self.enabling : Self.disabling
    let inquiry = try Inquiry(context, for: capability) { $0 as? any NumberControlling }
    let printer = try context.printer(of: NumberRecord.self, isSingle: true)
    let number = try context.phoneNumber(number, of: "NUMBER", inquiry.settings)
    let (session, controller) = try inquiry.open()
    let record = try session.ask(controller.setMessaging(enabled: isEnabled, for: number))
    try session.finish(printer, with: [record], "text messaging was turned \(isEnabled ? "on" : "off")")
  }
}
