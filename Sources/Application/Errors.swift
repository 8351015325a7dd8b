import Configuration
import Messaging
import Output
import Platform
import Providers
import TextFormats

/// An error that nobody has to tell from others: its words are all there is to it.
package struct Failure: UserError, Hashable {
  package var kind: String
  package var exitCode: ExitCode
  package var message: String
  package var hint: String?
  package var details: ErrorDetails

  package init(
    _ kind: String, _ exitCode: ExitCode, _ message: String, hint: String? = nil,
    details: ErrorDetails = ErrorDetails()
  ) {
    self.kind = kind
    self.exitCode = exitCode
    self.message = message
    self.hint = hint
    self.details = details
  }
}

/// A question or an order to a provider that ended badly.
package struct ProviderFailure: UserError, Hashable {
  package var error: ProviderError
  package var provider: ProviderLabel
  /// Whether something was to be done that may have been done.
  package var leavesOutcomeUnknown: Bool
  /// How to find out whether it was done.
  package var check: String?

  package init(_ error: ProviderError, of provider: ProviderLabel, leavesOutcomeUnknown: Bool = false) {
    self.error = error
    self.provider = provider
    self.leavesOutcomeUnknown = leavesOutcomeUnknown
  }

  package var message: String {
    leavesOutcomeUnknown
      ? "\(provider.title): it may or may not have been done: \(error.message)"
      : "\(provider.title): \(error.message)\(error.code.map { " (code \($0))" } ?? "")"
  }

  package var hint: String? {
    leavesOutcomeUnknown ? check ?? "check with the provider before you do it again" : provider.hint(for: error)
  }

  package var kind: String { leavesOutcomeUnknown ? "unknown" : error.kindWord }
  package var exitCode: ExitCode { leavesOutcomeUnknown ? .unknown : error.exitCode }

  package var details: ErrorDetails {
    ErrorDetails(provider: provider.name, code: error.code, httpStatus: error.httpStatus)
  }
}

/// What ends a command early without a word: the user has asked for it, or sees why.
package enum Ending: UserError, Hashable {
  /// A signal ended what runs until one comes.
  case stopped(signal: Int32)
  /// Standard output has no reader any more.
  case outputClosed
  /// The same, before all that was asked for was done.
  case outputClosedEarly
  /// A one-time password that is not, or no longer, valid; the record says so already.
  case codeInvalid

  package var message: String { "" }
  package var kind: String { "" }

  package var exitCode: ExitCode {
    switch self {
    case .stopped(let signal): .signal(signal)
    case .outputClosed: .success
    case .outputClosedEarly: .io
    case .codeInvalid: .refused
    }
  }
}

// MARK: - What a provider can't do

extension Failure {
  /// The profile's provider can't do `what`, as it is typed: `--at`, `ussd send`. Nothing else is known about it.
  package static func unsupported(_ what: String, _ settings: Settings, hint: String? = nil) -> Failure {
    Failure("unsupported", .unsupported, "\(settings.descriptor.title) can't do \(what)", hint: hint)
  }

  /// The same with the user's profiles, or else the providers, that can.
  package static func unsupported(
    _ what: String, _ settings: Settings, _ context: Context, can: (any Provider.Type) -> Bool
  ) -> Failure {
    let providers = ProviderRegistry.all.filter(can).map { $0.descriptor.name }
    let file = (try? context.configuration.file()) ?? nil
    let profiles = (file?.profiles ?? []).filter { $0.provider.map(providers.contains) ?? false }.map(\.name)
    let hint =
      !profiles.isEmpty
      ? "these profiles can: \(profiles.joined(separator: ", "))"
      : providers.isEmpty
        ? "no provider can" : "none of your profiles can; these providers can: \(providers.joined(separator: ", "))"
    var failure = unsupported(what, settings, hint: hint)
    failure.details.provider = settings.descriptor.name
    failure.details.profiles = profiles
    return failure
  }

  package static func unsupported(_ capability: Capability, _ settings: Settings, _ context: Context) -> Failure {
    unsupported(capability.command, settings, context, can: capability.isProvided)
  }
}

extension Capability {
  /// The error for a call that can't be made that way; `operands` are what the command takes as operands.
  package func error(
    for objection: CallObjection, _ settings: Settings, operands: Set<CallParameter>
  ) -> any UserError {
    let provider = settings.descriptor.title
    switch objection {
    case .unsupported(let parameter):
      return Failure.unsupported("\(command) \(parameter.typedName(operands: operands))", settings)
    case .message(let objection):
      return InputError(.objection(objection, provider: provider), at: .argument(objection.argument))
    default:
      return Failure(
        "input", .usage, objection.message(provider: provider, operands: operands), hint: objection.hint)
    }
  }
}

// MARK: - Catching

/// Runs something; the error that it ends with, nil for none.
package func caught(_ body: () throws -> Void) -> (any UserError)? {
  do {
    try body()
    return nil
  } catch {
    return userError(error)
  }
}

/// The error as the user sees it.
package func userError(_ error: any Error) -> any UserError {
  error as? any UserError ?? Failure("io", .io, "\(error)")
}

/// The one to report when several apply; the first of those that are alike.
package func worst(of errors: [(any UserError)?]) -> (any UserError)? {
  let errors = errors.compactMap(\.self)
  let code = ExitCode.worst(of: errors.map(\.exitCode))
  return errors.first { $0.exitCode == code }
}

extension SystemError {
  /// The error that writing to standard output ends with.
  package var writingOutput: any UserError { isBrokenPipe ? Ending.outputClosed : at("standard output") }
}
