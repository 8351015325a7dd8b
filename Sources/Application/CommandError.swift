import CommandLineKit
import Configuration
import Delivery
import HTTPTransport
import Ledger
import Messaging
import Platform

/// Everything that ends a command early, as data; `Words` says it to the user.
package enum CommandError: Error {
  case usage(UsageError)
  case input(InputError)
  case configuration(ConfigurationError)
  case unsupported(Unsupported)
  case unfit(UnfitCall)
  /// A question to a provider, or a whole run of messages, that ended badly.
  case provider(ProviderError, of: ProviderLabel)
  /// An order, such as to dial a code, whose answer can't be trusted: it may have been carried out.
  case outcomeUnknown(ProviderError, of: ProviderLabel)
  /// What was waited for did not come in that time.
  case waitedTooLong(Duration, for: Awaited)
  /// What is to be waited for has no id to ask for it with.
  case idMissing(of: ProviderLabel)
  /// The provider knows nothing of that id.
  case notFound(id: String, of: ProviderLabel)
  /// The provider has no messages of these ids; the first of its own words about it, where it gave some, and how many
  /// days back it was searched, where not further.
  case noMessages(ids: [String], ProviderError?, days: Int?, of: ProviderLabel)
  /// What was posted is not to be believed, or not understood.
  case webhook(WebhookError, of: ProviderLabel)
  /// A one-time password that is not, or no longer, valid; the record says so already.
  case codeInvalid
  /// Messages of which some were not taken.
  case delivery(DeliveryFailure)
  case transport(TransportSetupError)
  /// A request could not be signed, and did not leave.
  case signing(SigningError)
  /// A job can't be begun, or gone on with.
  case job(JobError)
  /// The plan or the ledger could not be read or written.
  case ledger(LedgerError)
  /// Outcomes that could not be written to the ledger.
  case unrecorded([MessageRecord], LedgerError)
  case io(SystemError)
  case interrupted(signal: Int32)
  /// The input ended where an answer was wanted; nothing was done.
  case unanswered
  /// So many of these checks failed, each of which said so; the worst code among them.
  case checksFailed(Int, of: Int, ExitCode)
  /// The user was asked whether to send, and did not say yes.
  case declined
  /// Standard output has no reader any more.
  case outputClosed
  /// The same, before all that was asked for was done.
  case outputClosedEarly
}

/// What a command waits for.
package enum Awaited: Hashable, Sendable {
  /// So many messages to become final.
  case messages(Int)
  /// A phone's answer to a USSD code.
  case ussdResponse
}

/// How a run of messages fell short.
package struct DeliveryFailure: Error, Hashable, Sendable {
  package var exitCode: ExitCode
  package var messages: Int
  package var failed: Int
  package var unknown: Int
  /// Not sent.
  package var pending: Int
  /// The first error that a provider gave.
  package var cause: ProviderError?
  /// The job, of which there may be more than what this run did.
  package var job: JobLabel?
  package var provider: ProviderLabel

  package init(
    exitCode: ExitCode, messages: Int, failed: Int, unknown: Int, pending: Int, cause: ProviderError?, job: JobLabel?,
    provider: ProviderLabel
  ) {
    self.exitCode = exitCode
    self.messages = messages
    self.failed = failed
    self.unknown = unknown
    self.pending = pending
    self.cause = cause
    self.job = job
    self.provider = provider
  }
}

/// A job as its hints name it.
package struct JobLabel: Hashable, Sendable {
  package var reference: JobReference
  /// Whether its provider can be asked about messages of unknown outcome.
  package var canReconcile: Bool

  package init(reference: JobReference, canReconcile: Bool) {
    self.reference = reference
    self.canReconcile = canReconcile
  }
}

/// A provider as scripts and as people call it.
package struct ProviderLabel: Hashable, Sendable {
  package var name: String
  package var title: String
}

extension ProviderDescriptor {
  package var label: ProviderLabel { ProviderLabel(name: name, title: title) }
}
