import Ledger
import Messaging
import TextFormats

extension ProviderSession {
  /// Updates the ledger with the provider's statuses of messages sent from here, so that `sms log` shows them.
  ///
  /// The user gets the provider's answer anyway, so if the ledger can't be written, that is only a warning.
  package func keepStatuses(_ records: [MessageRecord]) {
    guard !records.isEmpty else { return }
    let failure = caught { _ = try context.existingLedger()?.update(records, of: account) }
    if let failure { context.note(Notes.unnoted(failure)) }
  }
}
