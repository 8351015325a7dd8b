import CommandLineKit
import Configuration
import Delivery
import HTTPTransport
import Ledger
import Messaging
import Platform

extension CommandError {
  /// What the shell is told.
  package var exitCode: ExitCode {
    switch self {
    case .usage, .input, .unfit, .unanswered, .declined: .usage
    case .configuration(let error): error.exitCode
    case .transport, .signing: .configuration
    case .unsupported: .unsupported
    case .provider(let error, _): error.exitCode
    case .outcomeUnknown: .unknown
    case .waitedTooLong: .waitedTooLong
    case .idMissing, .notFound, .noMessages, .webhook, .codeInvalid: .refused
    case .delivery(let failure): failure.exitCode
    case .job(let error): error.exitCode
    case .checksFailed(_, _, let code): code
    case .io, .ledger, .unrecorded, .outputClosedEarly: .io
    case .interrupted(let signal): .signal(signal)
    case .outputClosed: .success
    }
  }

  /// What the user is told; nil when there is nothing to say.
  package var failure: Failure? {
    switch self {
    case .usage(let error): Failure("usage", error.message, hint: error.hint)
    case .input(let error): Failure("input", error.message, hint: error.hint)
    case .unfit(let call): Failure("input", call.message, hint: call.hint)
    case .configuration(let error): error.failure
    case .transport(let error): Failure("config", error.words)
    case .signing(let error): Failure("config", error.words)
    case .job(let error): error.failure
    case .ledger(let error): Failure("io", error.words, hint: error.hint)
    case .unrecorded(let records, let error): error.failure(unrecorded: records)
    case .unsupported(let error): Failure("unsupported", error.message, hint: error.hint)
    case .provider(let error, let provider): error.failure(of: provider)
    case .outcomeUnknown(let error, let provider): error.failureOfOrder(to: provider)
    case .waitedTooLong(let time, let awaited):
      Failure("wait-timeout", "\(awaited.words) after \(time.words)", hint: "ask again later")
    case .idMissing(let provider):
      Failure(
        "untrusted", "\(provider.title) gave no id to ask for the answer with", provider: provider.name)
    case .notFound(let id, let provider):
      Failure("not-found", "\(provider.title) knows nothing of the id '\(id)'", provider: provider.name)
    case .noMessages(let ids, let refusal, let days, let provider): provider.failure(missing: ids, refusal, days)
    case .webhook(let error, let provider): error.failure(of: provider)
    case .delivery(let failure): failure.failure
    case .io(let error): Failure("io", error.words)
    case .checksFailed(let failures, let checks, let code):
      Failure(code.checkKind, "\(failures) of \(counted(checks, "check")) failed")
    case .unanswered: Failure("input", "no answer; nothing was done")
    case .declined: Failure("canceled", "not confirmed; nothing was sent")
    case .interrupted, .outputClosed, .outputClosedEarly, .codeInvalid: nil
    }
  }
}

extension ExitCode {
  /// What failed checks amount to, in one word.
  fileprivate var checkKind: String {
    switch self {
    case .configuration: "config"
    case .credentials: "credentials"
    case .unavailable: "unreachable"
    case .io: "io"
    default: "refused"
    }
  }
}

extension ProviderError {
  /// What a question that ended like this exits with.
  package var exitCode: ExitCode {
    switch kind {
    case .refused, .untrusted: .refused
    case .credentials: .credentials
    case .noCredit, .busy, .unreachable, .timedOut: .unavailable
    }
  }

  /// In one word, for scripts.
  package var kindWord: String {
    switch kind {
    case .refused: "refused"
    case .credentials: "credentials"
    case .noCredit: "no-credit"
    case .busy: "busy"
    case .unreachable: "unreachable"
    case .timedOut: "timeout"
    case .untrusted: "untrusted"
    }
  }

  package func failure(of provider: ProviderLabel) -> Failure {
    Failure(
      kindWord, "\(provider.title): \(message)\(code.map { " (code \($0))" } ?? "")", hint: hint,
      provider: provider.name,
      code: code, httpStatus: httpStatus)
  }

  /// As the answer to something that was to be done.
  package func failureOfOrder(to provider: ProviderLabel) -> Failure {
    Failure(
      "unknown", "\(provider.title): it may or may not have been done: \(message)",
      hint: "look at the provider before doing it again", provider: provider.name, code: code, httpStatus: httpStatus)
  }

  package var hint: String? {
    switch kind {
    case .credentials: "check the credentials of the profile with 'sms config show'"
    case .noCredit: "add credit to the account, then run the same command again"
    default: nil
    }
  }
}

extension ProviderLabel {
  /// That there are no messages of these ids.
  fileprivate func failure(missing ids: [String], _ refusal: ProviderError?, _ days: Int?) -> Failure {
    let cause = refusal.map { ": \($0.message)" } ?? ""
    return Failure(
      "not-found", "\(title) has no message \(ids.joined(separator: ", "))\(cause)",
      hint: days.map { "it was searched for \($0) days back: go further back with --since" }, provider: name,
      code: refusal?.code, httpStatus: refusal?.httpStatus)
  }
}

extension WebhookError {
  package func failure(of provider: ProviderLabel) -> Failure {
    switch self {
    case .wrongSignature:
      Failure(
        "signature", "the signature is not that of this body and the key of \(provider.title)",
        hint: "give the body byte by byte as it was posted, and X-SG-SIGNATURE as the signature",
        provider: provider.name)
    case .unexpectedForm:
      Failure(
        "untrusted", "the signature is right, but the body is not of a known form", provider: provider.name)
    }
  }
}

extension Awaited {
  /// What is still so when it is not waited for any longer.
  package var words: String {
    switch self {
    case .messages(let count): "\(counted(count, "message")) not final"
    case .ussdResponse: "the phone has not answered"
    }
  }
}

extension DeliveryFailure {
  package var failure: Failure {
    Failure(
      kindWord, message, hint: hint, provider: provider.name, code: cause?.code, httpStatus: cause?.httpStatus)
  }

  private var message: String {
    // It is not the provider that fell short.
    if case .signal(let number) = exitCode {
      let reason = cause.map { "; \(provider.title): \($0.message)" } ?? ""
      return "\(Notes.signalWord(number)): \(summary)\(reason)"
    }
    return "\(provider.title): \(summary)\(cause.map { ": \($0.message)" } ?? "")"
  }

  private var kindWord: String {
    switch exitCode {
    case .unknown: "unknown"
    case .signal: "interrupted"
    default: cause?.kindWord ?? "refused"
    }
  }

  private var summary: String {
    let counts = [(failed, "failed"), (unknown, "unknown"), (pending, "not sent")].filter { $0.0 > 0 }
    guard messages == 1 else {
      return "of \(messages) messages " + counts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
    if unknown > 0 { return "the message may or may not have been sent" }
    return failed > 0 ? "the message failed" : "the message was not sent"
  }

  private var hint: String? {
    let hints = [unknownHint, cause?.hint, pendingHint].compactMap(\.self)
    return hints.isEmpty ? nil : hints.joined(separator: "; ")
  }

  private var unknownHint: String? {
    guard unknown > 0 else { return nil }
    guard let job else { return "look at the provider before sending again: it may have taken what is unknown" }
    guard job.canReconcile else {
      return "look at the provider; \(job.reference.resuming("--retry-unknown")) sends what is unknown again"
    }
    let question = job.reference.resuming("--reconcile")
    return "\(question) asks the provider about what is unknown, --retry-unknown sends it again"
  }

  private var pendingHint: String? {
    guard pending > 0, let job else { return nil }
    return "\(job.reference.resuming()) goes on"
  }
}

extension Failure {
  /// That a second signal ended a run of messages with some under way. The command is in the message: as JSON, there is
  /// no hint.
  package static func endedAtOnce(_ job: JobLabel?) -> Failure {
    let state = "ended at once: what was under way may or may not have been sent"
    guard let job else { return Failure("interrupted", "\(state); look at the provider before sending again") }
    let next = job.reference.resuming(job.canReconcile ? "--reconcile" : nil)
    let consequence = job.canReconcile ? "asks the provider about it and goes on" : "goes on without it"
    return Failure("interrupted", "\(state); \(next) \(consequence)")
  }
}

extension Unsupported {
  package var message: String { "\(provider) can't do \(what)" }

  package var hint: String? {
    guard let capableProviders else { return nil }
    if !capableProfiles.isEmpty { return "these profiles can: \(capableProfiles.joined(separator: ", "))" }
    if capableProviders.isEmpty { return "no provider can" }
    return "none of your profiles can; these providers can: \(capableProviders.joined(separator: ", "))"
  }
}

extension SigningError {
  package var words: String {
    switch self {
    case .program(let error): "openssl is needed to sign for the service account: \(error.words)"
    case .key(let words): "openssl does not take the service account's private key: \(words)"
    }
  }
}

extension LedgerError {
  package var words: String { path.map { "\($0): \(message)" } ?? "the plan can't be kept: \(message)" }

  package var hint: String? {
    action == .open ? "set SMS_STATE_DIR to a folder that can be written" : nil
  }

  /// For commands that go on without the ledger.
  package var warning: String { "warning: this run is not recorded: \(words)" }

  /// Names what would else be known to nobody but the provider.
  package func failure(unrecorded records: [MessageRecord]) -> Failure {
    let list = records.map { record in
      let row = record.row.map { "row \($0) " } ?? ""
      return "\(row)to \(record.to ?? "?") \(record.status.rawValue)\(record.id.map { ", id \($0)" } ?? "")"
    }
    return Failure(
      "io", "\(words); not recorded: \(list.joined(separator: "; "))",
      hint: "these rows will count as unknown: keep this line")
  }
}

extension TransportSetupError {
  package var words: String {
    switch self {
    case .caFile(let error): "ca_file: \(error.words)"
    case .library(let reason): "libcurl: \(reason)"
    }
  }
}

extension ConfigurationError {
  /// What the shell is told.
  package var exitCode: ExitCode { isInput ? .usage : .configuration }

  package var failure: Failure { Failure(isInput ? "input" : "config", message, hint: hint) }

  /// Whether it is the command line's fault, and no configuration's.
  private var isInput: Bool {
    if case .inputIsTerminal = problem { true } else { false }
  }
}
