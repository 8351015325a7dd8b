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
    let inquiry = try Inquiry(context, for: capability) { $0 as? any BalanceReading }
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
