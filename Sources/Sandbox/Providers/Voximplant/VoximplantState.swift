import Messaging

/// What Voximplant knows about a customer.
struct VoximplantState: Sendable {
  /// The credentials, and the money left.
  var account: VoximplantAccount
  /// Own numbers, and whether SMS is enabled for them.
  var numbers = [SandboxAccount.voximplantSender: true, SandboxAccount.voximplantSilentNumber: false]
  /// The message id of each is its place, counted from 1.
  var messages: [VoximplantMessage]
  private let startedAt: Timestamp

  init(_ account: VoximplantAccount, startedAt start: Timestamp) {
    self.account = account
    messages = VoximplantMessage.earlier(than: start)
    startedAt = start
  }

  /// Takes a message, has it paid for, and returns its id.
  mutating func take(_ message: VoximplantMessage) throws(VoximplantError) -> Int {
    guard message.cost <= account.balance else { throw .billingFailed }
    account.balance -= message.cost
    messages.append(message)
    return messages.count
  }

  /// When the account was opened: a year before the sandbox started.
  var openedAt: Timestamp { startedAt.adding(seconds: -365 * 86_400) }
}

/// A customer and their money.
struct VoximplantAccount: Hashable, Sendable {
  /// `account_id`.
  var id: String
  var key: String
  /// In tenths of a cent, US dollars.
  var balance: Int

  static let main = VoximplantAccount(
    id: SandboxAccount.voximplantID, key: SandboxAccount.voximplantKey, balance: 10_000_000)
  static let empty = VoximplantAccount(
    id: SandboxAccount.voximplantEmptyID, key: SandboxAccount.voximplantEmptyKey, balance: 0)
}
