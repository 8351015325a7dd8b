import Application
import CommandLineKit
import Configuration
import Messaging

/// Shows what is left on the account.
struct BalanceCommand: Command {
  static let capability = Capability("balance") { $0 is any BalanceReading.Type }
  static let voiceCapability = Capability("balance --voice") { provider in
    (provider as? any BalanceReading.Type)?.balances.contains(.voice) ?? false
  }
  static let voice = Flag("voice", help: "What is left for calls, instead of messages.")
  static let spec = CommandSpec<any Command>(
    "balance", summary: "Show what is left on the account.",
    discussion: "The amount counts credits for messages or calls, or money, as kind says. Without a limit it is empty.",
    examples: [
      Example("sms balance", "Show what is left."),
      Example("sms -p smsit balance --voice", "Show what is left for calls, with SMS-iT."),
      Example("sms -p voximplant balance -o csv --columns amount --no-header", "Print the amount alone."),
    ],
    group: "Account", options: [voice], make: BalanceCommand.init)

  private let isVoice: Bool

  init(_ parsed: Parsed) throws(UsageError) {
    isVoice = parsed[Self.voice]
  }

  func run(_ context: Context) throws {
    let capability = isVoice ? Self.voiceCapability : Self.capability
    let inquiry = try Inquiry(context, for: capability) { $0 as? any BalanceReading }
    let printer = try context.printer(of: BalanceRecord.self, isSingle: true)
    let (session, reader) = try inquiry.open()
    var record = try session.ask(reader.balance(isVoice ? .voice : .messages))
    record.provider = session.settings.descriptor.name
    record.profile = session.settings.profile?.name
    try printer.finish(with: [record])
  }
}
