import Application
import CommandLineKit
import Configuration
import Messaging
import TextFormats

/// Checks a whole configuration file, with all its profiles.
struct ConfigCheckCommand: Command {
  static let file = OptionalOperand(
    "FILE", value: .file, help: "The file to check, or - for standard input. The file in use if not given.")
  static let online = Flag("online", help: "Also test the credentials. Asks each provider for the balance.")
  static let spec = CommandSpec<any Command>(
    "check", summary: "Check a configuration file.",
    discussion: """
      Checks every profile: types, addresses, secrets, and files named in settings. Nothing is sent, and no command \
      is run to get a secret. The exit code is 3 if anything is wrong. The profile in use is checked together with \
      the SMS_ variables; they don't apply to other profiles, or to FILE.

      With --online, each profile's provider is asked for the balance, which costs nothing and changes nothing. \
      Secrets are fetched for this. Each provider is asked once, unless --retries is given. voip-communications.net \
      has no call for this, so its credentials aren't tested. With --profile, only that profile is tried. The exit \
      code is 4 if credentials are refused, and 5 if a provider can't be reached. All profiles are tried, even if one \
      fails.
      """,
    examples: [
      Example("sms config check", "Check the configuration in use."),
      Example("sms config check new.toml", "Check another file."),
      Example("sms config check --online", "Check it, and test the credentials."),
    ],
    options: [online], operands: [file], columns: CheckRecord.listedColumns,
    exits: [.refused, .usage, .configuration, .credentials, .unavailable, .io] + .signals, make: ConfigCheckCommand.init
  )

  private let path: String?
  private let isOnline: Bool

  init(_ parsed: Parsed) throws(UsageError) {
    path = parsed[Self.file]
    isOnline = parsed[Self.online]
  }

  func run(_ context: Context) throws {
    let file = try checkedFile(context)
    let profiles = try checkedProfiles(of: file, context)
    let error = ConfigurationError.joined(profiles.compactMap(\.error))
    warn(of: file, context)
    var report = try CheckReport(context)
    if report.isForPeople, !isOnline, let error { throw error }
    if report.isForPeople, error == nil {
      let what = file.map { "\($0.path): ok, \(counted($0.profiles.count, "profile"))" } ?? "variables: ok"
      try context.print("\(what.escapingControls)\n")
    }
    for profile in profiles { try check(profile, context, &report) }
    try report.finish(mistakes: report.isForPeople ? [] : error?.details.mistakes ?? [])
  }

  /// Warns about unknown names, and settings that still need a value.
  private func warn(of file: ConfigurationFile?, _ context: Context) {
    for unknown in file?.unknownNames ?? [] { context.note("warning: \(unknown.message)") }
    for setting in file?.unfilled ?? [] { context.note("warning: \(setting.message)") }
  }

  private func check(
    _ profile: CheckedProfile, _ context: Context, _ report: inout CheckReport
  ) throws {
    switch profile.settings {
    case .failure(let error):
      for record in CheckRecord("settings", profile: profile.name, ok: "").failures(error) { try report.add(record) }
    case .success(let settings):
      if !report.isForPeople { try report.add(CheckRecord("settings", of: settings, ok: "valid")) }
      let wanted = context.globals[GlobalOptions.profile]
      guard isOnline, wanted == nil || profile.name == wanted else { return }
      do {
        try report.add(try CredentialCheck(context, settings).record)
      } catch {
        try report.finishIfStarted()
        throw error
      }
    }
  }

  /// The file to check; nil if there is none and variables select the provider.
  private func checkedFile(_ context: Context) throws(ConfigurationError) -> ConfigurationFile? {
    if let path { return try ConfigurationFile(reading: path, context.inputs) }
    if let file = try context.configuration.file() { return file }
    guard context.inputs.variable(CommonSettings.provider.variableName) == nil else { return nil }
    let path = try ConfigurationPath(context.inputs, context.globals).preferred()
    return try ConfigurationFile(reading: path, context.inputs)
  }
}

/// The result of checking a profile.
private struct CheckedProfile {
  /// Nil for settings from variables, and for the file as a whole.
  var name: String?
  var settings: Result<Settings, ConfigurationError>

  var error: ConfigurationError? {
    if case .failure(let error) = settings { error } else { nil }
  }
}

extension ConfigCheckCommand {
  /// Checks each profile, regardless of errors in the others.
  private func checkedProfiles(
    of file: ConfigurationFile?, _ context: Context
  ) throws(ConfigurationError) -> [CheckedProfile] {
    let used = try usedLayers(of: file, context)
    let profiles = allLayers(of: file, used).map { layers in
      let settings = Result { () throws(ConfigurationError) in try checked(layers, context) }
      return CheckedProfile(name: layers.profile?.name, settings: settings)
    }
    let whole = file.flatMap(error).map { CheckedProfile(name: nil, settings: .failure($0)) }
    return [whole].compactMap(\.self) + profiles
  }

  /// Errors that aren't in a profile.
  private func error(in file: ConfigurationFile) -> ConfigurationError? {
    var errors: [ConfigurationError] = []
    let written = SettingLayers(globals: nil, variables: [:], file: file)
    do throws(ConfigurationError) { try written.checkWritten() } catch { errors.append(error) }
    do throws(ConfigurationError) { try checkDefaultProfile(of: file) } catch { errors.append(error) }
    return .joined(errors)
  }

  /// The settings that other commands would use; nil if they would require a profile, or if another file is checked.
  private func usedLayers(
    of file: ConfigurationFile?, _ context: Context
  ) throws(ConfigurationError) -> SettingLayers? {
    guard path == nil else {
      if isOnline, let file, let wanted = context.globals[GlobalOptions.profile] {
        try requireProfile(wanted, in: file, nil)
      }
      return nil
    }
    do {
      return try context.configuration.layers(file)
    } catch {
      // A missing default profile is reported with the other errors.
      if case .file = error.place { return nil }
      guard case .noProfileChosen = error.problem else { throw error }
      return nil
    }
  }

  /// Variables apply to one run, the file to all runs: only the profile in use is checked with variables.
  private func allLayers(of file: ConfigurationFile?, _ used: SettingLayers?) -> [SettingLayers] {
    let profiles = (file?.profiles ?? []).map { profile in
      if let used, used.profile?.name == profile.name { return used }
      return SettingLayers(globals: nil, variables: [:], file: file, profile: profile)
    }
    return profiles + [used].compactMap(\.self).filter { $0.profile == nil }
  }

  private func checked(_ layers: SettingLayers, _ context: Context) throws(ConfigurationError) -> Settings {
    var errors: [ConfigurationError] = []
    do throws(ConfigurationError) { try layers.checkWritten() } catch { errors.append(error) }
    do throws(ConfigurationError) {
      _ = try layers.checkedSettings(context.inputs, checksFiles: true)
      if errors.isEmpty { return try online(layers, context) }
    } catch {
      errors.append(error)
    }
    throw .joined(errors)?.withoutWarnings ?? errors[0]
  }

  /// Options such as `--timeout` apply to the online check, but aren't checked themselves.
  private func online(_ layers: SettingLayers, _ context: Context) throws(ConfigurationError) -> Settings {
    var layers = layers
    layers.globals = context.globals
    return try layers.checkedSettings(context.inputs)
  }

  private func checkDefaultProfile(of file: ConfigurationFile) throws(ConfigurationError) {
    guard let written = file.defaultProfile, let name = written.value.string else { return }
    try requireProfile(name, in: file, file.place(at: written.value.position))
  }

  private func requireProfile(
    _ name: String, in file: ConfigurationFile, _ place: ConfigurationError.Place?
  ) throws(ConfigurationError) {
    guard !file.profiles.contains(where: { $0.name == name }) else { return }
    throw ConfigurationError(.unknownProfile(name, known: file.profiles.map(\.name)), at: place ?? .option("--profile"))
  }
}

/// Why a profile can't be added or removed.
extension Failure {
  static let inputUnchangeable = Failure(
    "usage", .usage, "can't change the configuration on standard input", hint: "name a file with --config")

  static func notPlain(_ path: String) -> Failure {
    Failure("usage", .usage, "\(path) is not a regular file", hint: "name another file with --config")
  }

  static func profileExists(_ name: String, in path: String, option: String) -> Failure {
    Failure(
      "usage", .usage, "profile '\(name)' already exists in \(path)",
      hint: "choose another name, or remove it first: sms\(option) config remove \(name.shellQuoted)")
  }

  /// Another program changed the file after it was read.
  static func changedMeanwhile(_ path: String) -> Failure {
    Failure(
      "io", .io, "another program changed \(path) at the same time; nothing was written",
      hint: "run the same command again")
  }

  /// A symbolic link to a missing file: only the user knows where the file belongs.
  static func danglingLink(_ path: String) -> Failure {
    Failure(
      "config", .configuration, "\(path) is a link to a file that doesn't exist",
      hint: "create that file, or remove the link: rm \(path.shellQuoted)")
  }

  /// The file can't be changed automatically.
  static func unchangeable(_ path: String, _ reason: String) -> Failure {
    Failure(
      "config", .configuration, "\(path) was not changed: \(reason)", hint: "edit the file by hand: \(path.shellQuoted)"
    )
  }

  /// The profile is written as an inline table or with dotted keys.
  static func noLines(ofProfile name: String, in path: String) -> Failure {
    unchangeable(path, "profile '\(name)' isn't a [profiles.\(name)] table")
  }

  static func noPlaceForProfile(in path: String) -> Failure {
    unchangeable(path, "a profile can't be added after its last line")
  }

  /// A secret is neither given by an option nor on standard input.
  static func noSecret(_ reason: String) -> Failure {
    Failure("usage", .usage, reason, hint: "pipe in one per line, or use --key-env, --key-file, or --key-command")
  }

  /// One of each.
  static var profileExamples: [Failure] {
    let path = "/home/ada/.config/sms/config.toml"
    return [
      inputUnchangeable, notPlain(path), profileExists("office", in: path, option: " -c work.toml"),
      changedMeanwhile(path), danglingLink(path),
      noLines(ofProfile: "office", in: path), noPlaceForProfile(in: path),
      noSecret("can't ask for key and password with --no-input"),
      noSecret("can't ask for key and password: standard error isn't a terminal"),
      noSecret("expected 2 lines on standard input: key, then password"),
      noSecret("key on standard input is empty, or has control characters"),
      noAnswer,
    ]
  }
}
