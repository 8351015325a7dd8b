import Ledger
import Messaging
import TextFormats

extension ProviderSession {
  /// Takes over into the ledger what the provider says of messages that were sent from here, so that `sms log` knows it.
  ///
  /// The answer is the user's in any case, so a ledger that can't be written is only a warning.
  package func keepStatuses(_ records: [MessageRecord]) {
    guard !records.isEmpty else { return }
    let failure = caught { _ = try context.existingLedger()?.update(records, of: account) }
    if let failure { context.note(Notes.unnoted(failure)) }
  }
}
