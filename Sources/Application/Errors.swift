import Configuration
import Messaging
import Output
import Platform
import Providers
import TextFormats

/// A failed provider call.
package struct ProviderFailure: UserError, Hashable {
  package var error: ProviderError
  package var provider: ProviderLabel
  /// Whether the call may have changed something even though it failed.
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
      ? "\(provider.title) may or may not have done this: \(error.message)"
      : "\(provider.title): \(error.message)\(error.code.map { " (code \($0))" } ?? "")"
  }

  /// The command that shows whether it was done.
  static func check(_ command: String) -> String { "\(command) shows whether it was done" }

  package var hint: String? {
    leavesOutcomeUnknown ? check ?? "check with \(provider.title) before trying again" : provider.hint(for: error)
  }

  package var kind: String { leavesOutcomeUnknown ? "unknown" : error.kindWord }
  package var exitCode: ExitCode { leavesOutcomeUnknown ? .unknown : error.exitCode }

  package var details: ErrorDetails {
    ErrorDetails(provider: provider.name, code: error.code, httpStatus: error.httpStatus)
  }
}

/// Ends a command early, without an error message, because the user asked for it or can see why.
package enum Ending: UserError, Hashable {
  /// A signal ended a command that runs until it is stopped.
  case stopped(signal: Int32)
  /// Standard output was closed by its reader.
  case outputClosed
  /// Standard output was closed before the command had done all its work.
  case outputClosedEarly
  /// A one-time password is invalid or expired; the record already says so.
  case codeInvalid
  /// A program that was run for the user exited with this code.
  case program(ExitCode)

  package var message: String { "" }
  package var kind: String { "" }

  package var exitCode: ExitCode {
    switch self {
    case .stopped(let signal): .signal(signal)
    case .program(let code): code
    case .outputClosed: .success
    case .outputClosedEarly: .io
    case .codeInvalid: .refused
    }
  }
}

// MARK: - What a provider can't do

extension Failure {
  /// The profile's provider doesn't support `what` (`--at`, `ussd send`). Without a hint, nothing more is known.
  package static func unsupported(_ what: String, _ settings: Settings, hint: String? = nil) -> Failure {
    unsupported(what, provider: settings.descriptor.title, hint: hint)
  }

  static func unsupported(_ what: String, provider: String, hint: String?) -> Failure {
    Failure(
      "unsupported", .unsupported, "\(provider) doesn't support \(what)",
      hint: hint ?? "'sms providers' shows what each one supports")
  }

  /// The profile's provider doesn't support `what`; the hint lists the profiles, or else the providers, that do.
  package static func unsupported(
    _ what: String, _ settings: Settings, _ context: Context, can: (any Provider.Type) -> Bool
  ) -> Failure {
    let providers = ProviderRegistry.all.filter(can).map { $0.descriptor.name }
    let file = (try? context.configuration.file()) ?? nil
    let profiles = (file?.profiles ?? []).filter { $0.provider.map(providers.contains) ?? false }.map(\.name)
    var failure = unsupported(what, settings, hint: supporters(profiles: profiles, providers: providers))
    failure.details.provider = settings.descriptor.name
    failure.details.profiles = profiles
    return failure
  }

  /// Names the profiles or providers that support it.
  static func supporters(profiles: [String], providers: [String]) -> String {
    guard profiles.isEmpty else { return "profiles that support it: \(profiles.joined(separator: ", "))" }
    guard !providers.isEmpty else { return "no provider supports it; 'sms providers' shows what each one does" }
    return "none of your profiles supports it; providers that do: \(providers.joined(separator: ", "))"
  }

  package static func unsupported(_ capability: Capability, _ settings: Settings, _ context: Context) -> Failure {
    unsupported(capability.command, settings, context, can: capability.isProvided)
  }
}

extension Capability {
  /// The error for a call that the provider can't make as requested; `operands` are the parameters given as operands.
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

/// Returns the error that `body` throws; nil if it succeeds.
package func caught(_ body: () throws -> Void) -> (any UserError)? {
  do {
    try body()
    return nil
  } catch {
    return userError(error)
  }
}

/// The error in the form that is printed.
package func userError(_ error: any Error) -> any UserError {
  error as? any UserError ?? Failure("io", .io, "\(error)")
}

/// The error to report if there are several; among equals, the first.
package func worst(of errors: [(any UserError)?]) -> (any UserError)? {
  let errors = errors.compactMap(\.self)
  let code = ExitCode.worst(of: errors.map(\.exitCode))
  return errors.first { $0.exitCode == code }
}

extension SystemError {
  /// The error to report if writing to standard output fails.
  package var writingOutput: any UserError { isBrokenPipe ? Ending.outputClosed : at("standard output") }
}

// MARK: - Examples

extension Failure {
  /// One for each reason why a provider can't do something.
  package static var unsupportedExamples: [Failure] {
    [(["office"], ["sendapp"]), ([], ["sendapp", "smsit"]), ([], [])].map {
      unsupported("ussd send", provider: "SMS-iT", hint: supporters(profiles: $0, providers: $1))
    }
  }
}

extension ProviderFailure {
  /// One for each kind of error, and for each hint.
  package static var examples: [ExampleMessage] {
    var label = ProviderLabel(name: "sendapp", title: "Sendapp")
    label.baseURL = "https://sms.sendapp.live"
    label.secretOrigins = ["key (~/.smsrc:9)"]
    label.lists.devices = "'sms devices'"
    var sandbox = label
    sandbox.baseURL = "http://127.0.0.1:8080"
    var lister = label
    lister.lists.groups = "'sms contacts list'"
    let unreachable = [
      "could not resolve host", "certificate has expired", "hostname mismatch in the certificate",
      "self-signed certificate",
    ]
    let refusals = ["invalid API key", "unknown device", "unknown group", "unknown sender"]
    var errors = refusals.map { ProviderError(.refused, code: "500", message: $0) }
    errors += unreachable.map { ProviderError(.unreachable, message: $0) }
    errors.append(ProviderError(.noCredit, message: "no credits left"))
    errors.append(ProviderError(.timedOut, message: "no reply within 30s"))
    errors += [301, 401, 404, 429].map { HTTPResponse(status: $0, body: []).error }
    errors.append(HTTPResponse(status: 503, retryAfter: 60, body: []).error)
    errors += ProviderError.replyExamples
    let lost = ProviderError(.untrusted, message: "the reply is empty")
    var order = ProviderFailure(lost, of: label, leavesOutcomeUnknown: true)
    let unchecked = order
    order.check = check("'sms contacts list'")
    return errors.map { ExampleMessage(ProviderFailure($0, of: label)) } + [
      ExampleMessage(ProviderFailure(ProviderError(.refused, message: "unknown group"), of: lister)),
      ExampleMessage(ProviderFailure(ProviderError(.unreachable, message: "Connection refused"), of: sandbox)),
      ExampleMessage(unchecked), ExampleMessage(order),
    ]
  }
}
