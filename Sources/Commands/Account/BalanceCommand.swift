import Application
import CommandLineKit
import Configuration
import Messaging
import TextFormats

/// Shows what is left on the account.
struct BalanceCommand: Command {
  static let capability = Capability("balance") { $0 is any BalanceReading.Type }
  static let voiceCapability = Capability("balance --voice") { provider in
    (provider as? any BalanceReading.Type)?.balances.contains(.voice) ?? false
  }
  static let voice = Flag("voice", help: "What is left for calls, instead of messages.")
  static let least = Option(
    "min", value: .amount, help: "Exit with code 1 if less than N is left; an account without a limit always passes.")
  static let spec = CommandSpec<any Command>(
    "balance", summary: "Show what is left on the account.",
    discussion: "The amount counts credits for messages or calls, or money, as kind says. Without a limit it is empty.",
    examples: [
      Example("sms balance", "Show what is left."),
      Example("sms -p smsit balance --voice", "Show what is left for calls, with SMS-iT."),
      Example("sms balance --min 100 -q || echo \"Add credit\"", "Do something when there is little left."),
      Example("sms -p voximplant balance -o csv --columns amount --no-header", "Print the amount alone."),
    ],
    group: "Account", options: [voice, least], make: BalanceCommand.init)

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
    try check(record, session.settings.label)
  }

  private func check(_ record: BalanceRecord, _ provider: ProviderLabel) throws {
    guard let least, let amount = record.amount, let left = DecimalAmount(amount), let bound = DecimalAmount(least),
      left < bound
    else { return }
    let unit = record.currency.map { " \($0)" } ?? ""
    throw Failure(
      "low-balance", .refused, "\(provider.title): \(amount)\(unit) left, less than \(least)",
      details: ErrorDetails(provider: provider.name))
  }
}

extension ValueKind where Value == String {
  /// Digits with or without a decimal point, such as `100` or `17.50`.
  fileprivate static var amount: Self {
    ValueKind("N") { (text) throws(ValueProblem) in
      guard DecimalAmount(text) != nil, !text.hasPrefix("-") else {
        throw .other("it is not an amount", hint: "write it as 100 or 17.50: digits, with or without a point")
      }
      return text
    }
  }
}
