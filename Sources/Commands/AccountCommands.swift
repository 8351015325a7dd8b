import Application
import CommandLineKit
import Configuration
import Messaging
import TextFormats

/// Shows the account's balance.
struct BalanceCommand: Command {
  static let capability = Capability("balance") { $0 is any BalanceReading.Type }
  static let voiceCapability = Capability("balance --voice") { provider in
    (provider as? any BalanceReading.Type)?.balances.contains(.voice) ?? false
  }
  static let voice = Flag("voice", help: "Show the balance for calls instead.")
  static let least = Option(
    "min", value: .amount, help: "Exit with code 1 if the balance is below N. An unlimited account always passes.")
  static let spec = CommandSpec<any Command>(
    "balance", summary: "Show the account balance.",
    discussion: """
      The amount is a number of messages or calls, or money, depending on 'kind'. It is empty for an account without \
      a limit.
      """,
    examples: [
      Example("sms balance", "Show the balance."),
      Example("sms -p smsit balance --voice", "Show the balance for calls (SMS-iT)."),
      Example("sms balance --min 100 -q || echo \"Add credit\"", "Do something when the balance is low."),
      Example("sms -p voximplant balance -o csv --columns amount --no-header", "Print only the amount."),
    ],
    group: "Account", options: [voice, least], columns: BalanceRecord.listedColumns, exits: .asking,
    make: BalanceCommand.init)

  private let isVoice: Bool
  private let least: String?

  init(_ parsed: Parsed) throws(UsageError) {
    isVoice = parsed[Self.voice]
    least = parsed[Self.least]
  }

  func run(_ context: Context) throws {
    let capability = isVoice ? Self.voiceCapability : Self.capability
    let inquiry = try PreparedCall(context, for: capability) { $0 as? any BalanceReading }
    let printer = try context.printer(of: BalanceRecord.self, isSingle: true)
    let (session, reader) = try inquiry.open()
    var record = try session.ask(reader.balance(isVoice ? .voice : .messages))
    record.provider = session.settings.descriptor.name
    record.profile = session.settings.profile?.name
    try session.finish(printer, with: [record])
    try check(record, session.settings)
  }

  private func check(_ record: BalanceRecord, _ settings: Settings) throws {
    guard let least, let amount = record.amount, let left = DecimalAmount(amount), let bound = DecimalAmount(least),
      left < bound
    else { return }
    throw Failure.lowBalance(amount, record.currency, least: least, settings.label)
  }
}

extension Failure {
  static func lowBalance(_ amount: String, _ currency: String?, least: String, _ provider: ProviderLabel) -> Failure {
    let unit = currency.map { " \($0)" } ?? ""
    return Failure(
      "low-balance", .refused, "\(provider.title): \(amount)\(unit) left, less than --min \(least)",
      hint: "add credit to the account",
      details: ErrorDetails(provider: provider.name))
  }
}

extension ValueKind where Value == String {
  /// Digits with an optional decimal point, such as `100` or `17.50`.
  fileprivate static var amount: Self {
    ValueKind("N") { (text) throws(ValueProblem) in
      guard DecimalAmount(text) != nil, !text.hasPrefix("-") else {
        throw .other("not an amount", hint: "use a number such as 100 or 17.50")
      }
      return text
    }
  }
}

/// Lists the phones that the provider sends through.
struct DevicesCommand: Command {
  static let capability = Capability("devices") { $0 is any DeviceListing.Type }
  static let spec = CommandSpec<any Command>(
    "devices", summary: "List the devices that send your messages.",
    examples: [
      Example("sms devices", "List the account's phones and their SIM slots."),
      Example("sms devices -o csv --columns id,name", "Print only IDs and names."),
    ],
    group: "Account", columns: DeviceRecord.listedColumns, exits: .asking, make: { _ in DevicesCommand() })

  func run(_ context: Context) throws {
    let inquiry = try PreparedCall(context, for: Self.capability) { $0 as? any DeviceListing }
    let printer = try context.printer(of: DeviceRecord.self, isPaged: true)
    let (session, lister) = try inquiry.open()
    try session.finish(printer, with: try session.ask(lister.devices()))
  }
}

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
    let inquiry = try PreparedCall(context, for: capability) { $0 as? any NumberControlling }
    let printer = try context.printer(of: NumberRecord.self, isSingle: true)
    let number = try context.phoneNumber(number, of: "NUMBER", inquiry.settings)
    let (session, controller) = try inquiry.open()
    let record = try session.ask(controller.setMessaging(enabled: isEnabled, for: number))
    try session.finish(printer, with: [record], "text messaging was turned \(isEnabled ? "on" : "off")")
  }
}
