import CommandLineKit
import Messaging
import Platform
import Providers
import TextFormats

/// An error in the configuration, and its place. Nothing has been sent.
package struct ConfigurationError: UserError {
  /// Where a value is written.
  package enum Place: Hashable, Sendable {
    case file(path: String, position: TextPosition, line: ShownLine)
    case variable(String)
    case option(String)
  }

  /// What is wrong. Problems that code distinguishes are cases; the others are static functions.
  package enum Problem: Sendable {
    case unreadable(path: String, SystemError)
    case invalidValue(setting: String, reason: String, hint: String? = nil)
    case baseURL(setting: String, BaseURLProblem)
    case fileUnusable(setting: String, path: String, reason: String)
    case secretUnavailable(setting: String, reason: String)
    case readableByOthers(path: String)
    /// Another user may have written the file. `isSecret`: no other user should be able to read it either.
    case untrustedFile(path: String, TrustProblem, isSecret: Bool)
    /// An unknown name. On its own, it is only a warning.
    case unknownName(String, nearest: String?)
    case unknownProfile(String, known: [String])
    case noProfileChosen(known: [String])
    case providerMissing(profile: String)
    case settingsMissing(sets: [[String]], provider: String, profile: String?)
    /// Standard input is a terminal, where reading would wait for input that the user doesn't expect.
    case inputIsTerminal
    case inWords(String, hint: String?)
  }

  package var problem: Problem
  package var place: Place?
  /// An unknown name in the file that is probably a misspelling of what is missing.
  package var slip: ConfigurationFile.UnknownName?
  /// Where the configuration specifies the source of the secret that couldn't be read.
  package var origin: Origin?
  /// Other errors.
  package var others: [ConfigurationError] = []
  package var missingPart: SystemDependency?

  package init(_ problem: Problem, at place: Place? = nil) {
    self.problem = problem
    self.place = place
  }
}

extension ConfigurationError {
  /// The problem and its place; for an error in a file, also the line. If there are several errors, this is the first.
  package var message: String {
    let rest = others.isEmpty ? "" : " (and \(counted(others.count, "more mistake")))"
    guard case .file(_, _, let line) = place, !line.text.isEmpty else { return placedMessage + rest }
    return "\(placedMessage): \(line.text.shortened)\(rest)"
  }

  /// This error alone, without the line.
  package var placedMessage: String {
    guard case .file(let path, let position, _) = place else { return words }
    return "\(path):\(position.line):\(position.column): \(words)"
  }

  /// The problem, without its place in a file.
  private var words: String {
    let origin = origin.map { " (\($0.text))" } ?? ""
    return switch place {
    case .variable(let name):
      if case .invalidValue(_, let reason, _) = problem { "\(name): \(reason)" } else { "\(name): \(problem.message)" }
    case .option(let name): "\(name): \(problem.message)"
    case .file, nil: problem.message + origin
    }
  }

  package var details: ErrorDetails {
    var details = ErrorDetails()
    // An error without a place is already covered by the message.
    if case .file = place { details.mistakes = all.map(\.mistake) }
    if !others.isEmpty { details.mistakes = all.map(\.mistake) }
    return details
  }

  private var mistake: ErrorDetails.Mistake {
    var mistake = ErrorDetails.Mistake(words, hint: hint)
    guard case .file(let path, let position, let line) = place else { return mistake }
    (mistake.file, mistake.line, mistake.column) = (path, position.line, position.column)
    (mistake.text, mistake.offset) = (line.text.isEmpty ? nil : line.text, line.offset)
    return mistake
  }

  /// How to fix it.
  package var hint: String? { slip?.message ?? problem.hint }
  package var kind: String { isInput ? "input" : "config" }
  package var exitCode: ExitCode { isInput ? .usage : .configuration }

  /// Whether it is an error of the command line, not of the configuration.
  private var isInput: Bool {
    if case .inputIsTerminal = problem { true } else { false }
  }
}

extension ConfigurationFile.UnknownName {
  /// Only a warning: the name may be from a later version.
  package var message: String { placeText + (nearest.map { "; did you mean '\($0)'?" } ?? "") }

  /// The message without a suggestion.
  package var placeText: String {
    guard case .file(let path, let position, _) = place else { return "unknown setting '\(name)'" }
    return "\(path):\(position.line):\(position.column): unknown setting '\(name)'"
  }
}

extension ConfigurationFile.Unfilled {
  /// Only a warning: the setting may not be needed.
  package var message: String {
    guard case .file(let path, let position, _) = place else { return "\(name) is not filled in yet" }
    return "\(path):\(position.line):\(position.column): \(name) is not filled in yet"
  }
}

extension UnknownVariable {
  package var message: String { "unknown variable \(name); did you mean '\(nearest)'?" }
}

extension ConfigurationError.Problem {
  package var message: String {
    switch self {
    case .unreadable(let path, let error): "\(path): \(error.reason)"
    case .invalidValue(let setting, let reason, _): "\(setting): \(reason)"
    case .baseURL(let setting, let problem): "\(setting): \(problem.reason)"
    case .fileUnusable(let setting, let path, let reason): "\(setting): \(path): \(reason)"
    case .secretUnavailable(let setting, let reason): "\(setting): \(reason)"
    case .readableByOthers(let path): "other users can read \(path), which holds a secret"
    case .untrustedFile(let path, let distrust, _): distrust.message(path)
    case .unknownName(let name, let nearest):
      "warning: unknown setting '\(name)'\(nearest.map { "; did you mean '\($0)'?" } ?? "")"
    case .unknownProfile(let name, let known):
      known.isEmpty
        ? "no profile '\(name)'; the configuration has no profiles"
        : "no profile '\(name)'; profiles: \(known.joined(separator: ", "))"
    case .noProfileChosen(let known):
      known.isEmpty
        ? "the configuration has no profiles" : "no profile chosen; profiles: \(known.joined(separator: ", "))"
    case .providerMissing(let profile): "profile '\(profile)' has no provider"
    case .settingsMissing(let sets, let provider, let profile):
      profile.map { "profile '\($0)' is missing \(sets.words) (required by \(provider))" }
        ?? "not set: \(sets.variables.words) (required by \(provider))"
    case .inputIsTerminal: InputError.Problem.inputIsTerminal(expected: "the configuration").message
    case .inWords(let message, _): message
    }
  }

  package var hint: String? {
    switch self {
    case .readableByOthers(let path): "run: chmod 600 \(path.shellQuoted)"
    case .untrustedFile(let path, let distrust, let isSecret): distrust.hint(path, isSecret: isSecret)
    case .unknownProfile(let name, let known):
      nearest(to: name, among: known).map { "did you mean '\($0)'?" }
        ?? (known.isEmpty
          ? "add one: sms config add \(name.shellQuoted) --provider PROVIDER"
          : "'sms profiles' shows where each one leads")
    case .invalidValue(_, _, let hint): hint ?? Self.explanation
    case .secretUnavailable: "'sms doctor' shows where each secret comes from"
    case .settingsMissing(_, _, let profile):
      profile == nil ? "set them, or choose a profile with --profile" : Self.explanation
    case .fileUnusable: "correct the path, or remove the setting"
    case .unreadable(let path, let error) where error.isNotFound:
      "check the path, or create it: sms -c \(path.shellQuoted) config init"
    case .noProfileChosen(let known):
      known.isEmpty
        ? "add one: sms config add NAME --provider PROVIDER"
        : "choose one with --profile, SMS_PROFILE, or default_profile"
    case .providerMissing:
      "add provider = \"NAME\"; names: \(ProviderRegistry.all.map { $0.descriptor.name }.joined(separator: ", "))"
    case .unreadable(let path, let error) where error.isPermissionDenied: "run: chmod u+r \(path.shellQuoted)"
    case .inputIsTerminal: InputError.Problem.inputIsTerminal(expected: "the configuration").hint
    case .baseURL(_, let problem): problem.hint
    case .inWords(_, let hint): hint
    case .unreadable, .unknownName: nil
    }
  }

  private static let explanation = "'sms help config' explains all settings"
}

extension ConfigurationError.Problem {
  static func syntax(reason: String) -> Self { .inWords(reason, hint: "'sms help config' shows an example") }

  static func wrongType(setting: String, expected: String, found: String) -> Self {
    .inWords("\(setting) must be \(expected), not \(found)", hint: explanation)
  }

  static func notUTF8(offset: Int) -> Self {
    .inWords("not valid UTF-8 (byte \(offset))", hint: "save the file as UTF-8")
  }

  package static func unwritable(path: String, _ error: SystemError) -> Self {
    .inWords("\(path): \(error.reason)", hint: "name another file with --config")
  }

  package static func fileExists(path: String) -> Self {
    .inWords(
      "\(path) already exists",
      hint: "edit it, add a profile with 'sms config add', or name another file with --config")
  }

  /// There is no file, and no variable that names a provider.
  static func nothingConfigured(path: String) -> Self {
    .inWords(
      "no configuration: \(path) doesn't exist", hint: "create one: sms config init, or try it out: sms sandbox")
  }

  static let noHome = Self.inWords(
    "can't find the configuration: HOME is not set", hint: "name the file with --config or SMS_CONFIG")

  static func unknownProvider(_ name: String, known: [String]) -> Self {
    let suggestion = nearest(to: name, among: known).map { "did you mean '\($0)'?" }
    return .inWords(
      "unknown provider '\(name)'; providers: \(known.joined(separator: ", "))",
      hint: suggestion ?? "'sms providers' shows what each one supports")
  }

  /// A variable names another provider than the profile.
  static func providerContradicted(profile: String, named: String, provider: String) -> Self {
    .inWords(
      "'\(named)', but profile '\(profile)' uses \(provider)", hint: "unset the variable, or choose another profile")
  }

  static func credentialsTogether(sets: [[String]], provider: String) -> Self {
    .inWords("\(provider) requires either \(sets.words), but not both", hint: "remove one of them")
  }

  static func secretFormsTogether(_ names: [String]) -> Self {
    .inWords("\(names.joined(separator: " and ")) can't be used together", hint: "keep only one of them")
  }

  static func secretUnsafe(setting: String) -> Self {
    .inWords("\(setting): must be a single line", hint: "store only the secret in it, on one line")
  }

  /// There is something around the secret that can't be part of it; `wrapping` is a verb and what it is: `are quotes`.
  package static func secretWrapped(setting: String, in wrapping: String) -> Self {
    .inWords("\(setting): there \(wrapping) around the secret", hint: "remove them")
  }
}

extension TrustProblem {
  fileprivate func message(_ path: String) -> String {
    switch self {
    case .writableByOthers: "other users can change \(path), so its secrets aren't safe"
    case .anotherUsers(let owner): "\(path) belongs to another user (ID \(owner)), so its secrets aren't safe"
    case .inOpenFolder(let folder): "anyone can replace \(path): \(folder) is world-writable"
    }
  }

  fileprivate func hint(_ path: String, isSecret: Bool) -> String {
    switch self {
    case .writableByOthers: "run: chmod \(isSecret ? "600" : "go-w") \(path.shellQuoted)"
    case .anotherUsers: "run: sudo chown \"$(id -un)\" \(path.shellQuoted)"
    case .inOpenFolder(let folder): "run: chmod o-w \(folder.shellQuoted)"
    }
  }
}

extension [[String]] {
  /// The variables for these settings.
  fileprivate var variables: [[String]] { map { $0.map { "SMS_\($0.uppercased())" } } }

  /// For example, `account_id and api_key, or service_account`.
  fileprivate var words: String {
    map { $0.joined(separator: " and ") }.joined(separator: ", or ")
  }
}

extension String {
  /// Cut to at most 100 characters.
  fileprivate var shortened: String { count > 100 ? prefix(100) + "…" : self }
}
