import Ledger
import Messaging

extension ProviderSession {
  /// Takes over into the ledger what the provider says of messages that were sent from here, so that `sms log` knows it.
  ///
  /// The answer is the user's in any case, so a ledger that can't be written is only a warning.
  package func keepStatuses(_ records: [MessageRecord]) {
    guard !records.isEmpty else { return }
    do throws(LedgerError) {
      try context.existingLedger()?.update(records, of: account)
    } catch {
      context.note("warning: the log doesn't have these statuses: \(error.message)")
    }
  }
}
