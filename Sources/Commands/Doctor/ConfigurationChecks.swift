import Application
import CommandLineKit
import Configuration
import Messaging
import Platform
import Providers
import TextFormats

/// Checks the configuration as a whole, and finds the profiles to check.
struct ConfigurationChecks {
  private let context: Context
  private let file: Result<ConfigurationFile?, ConfigurationError>

  init(_ context: Context) {
    self.context = context
    file = Result { () throws(ConfigurationError) in try context.configuration.file() }
  }

  var records: [CheckRecord] {
    switch file {
    case .failure(let error): error.all.map(failure) + unknownVariables
    case .success(nil): [noFile] + unknownVariables
    case .success(let file?):
      [found(file), permissions(file)].compactMap(\.self) + unknownNames(file) + unfilled(file) + unknownVariables
        + [choice]
    }
  }

  /// The profiles to check: the one given with `--profile`, or all, or the one that variables define.
  var profiles: [ProfileChecks] {
    let file = (try? self.file.get()) ?? nil
    if let named = context.globals[GlobalOptions.profile] {
      // A missing profile was already reported.
      let isThere = file?.profiles.contains { $0.name == named } ?? false
      return isThere ? [ProfileChecks(context, profile: named)] : []
    }
    if isFromVariables { return [ProfileChecks(context, profile: nil)] }
    return (file?.profiles ?? []).map { ProfileChecks(context, profile: $0.name) }
  }

  /// Whether variables alone select the provider.
  private var isFromVariables: Bool {
    let inputs = context.inputs
    return inputs.variable(CommonSettings.provider.variableName) != nil && inputs.variable("SMS_PROFILE") == nil
  }

  private func failure(_ error: ConfigurationError) -> CheckRecord {
    switch error.problem {
    case .readableByOthers(let path), .untrustedFile(let path, _, _):
      return CheckRecord("permissions", subject: path, ok: "").failed(error)
    default: break
    }
    if case .unreadable(let path, let cause) = error.problem, cause.isNotFound {
      return CheckRecord("config", ok: "").failed(.fileMissing(path), .configuration)
    }
    return CheckRecord("config", ok: "").failed(error)
  }

  private var noFile: CheckRecord {
    let record = CheckRecord("config", ok: CheckWords.noFileNeeded)
    if isFromVariables { return record }
    do {
      let path = try ConfigurationPath(context.inputs, context.globals).preferred()
      return record.failed(.noConfiguration(path), .configuration)
    } catch {
      return record.failed(error)
    }
  }

  private func found(_ file: ConfigurationFile) -> CheckRecord {
    let record = CheckRecord("config", subject: file.path, ok: counted(file.profiles.count, "profile"))
    guard file.profiles.isEmpty, !isFromVariables else { return record }
    return record.failed(.noProfile, .configuration)
  }

  /// A file with secrets, or with ways to get them, is rejected earlier; this warns about any file that others can
  /// change.
  private func permissions(_ file: ConfigurationFile) -> CheckRecord? {
    guard file.path != "-", let status = context.environment.files.status(file.path), status.kind == .file else {
      return nil
    }
    let record = CheckRecord("permissions", subject: file.path, ok: "mode \(status.modeText)")
    guard status.mode & 0o022 != 0 else { return record }
    return record.warning(.changeable(mode: status.modeText, path: file.path))
  }

  private func unknownNames(_ file: ConfigurationFile) -> [CheckRecord] {
    file.unknownNames.map {
      CheckRecord("setting", subject: $0.name, ok: "").warning(.unknownName($0.placeText, nearest: $0.nearest))
    }
  }

  private func unfilled(_ file: ConfigurationFile) -> [CheckRecord] {
    file.unfilled.map { setting in
      CheckRecord("setting", profile: setting.profile, subject: setting.name, ok: "")
        .warning(.unfilled(setting.message))
    }
  }

  private var unknownVariables: [CheckRecord] {
    context.configuration.unknownVariables.map { unknown in
      CheckRecord("variable", subject: unknown.name, ok: "")
        .warning(.unknownVariable(nearest: unknown.nearest))
    }
  }

  /// Which profile is used by commands without `--profile`.
  private var choice: CheckRecord {
    let record = CheckRecord("profile", ok: CheckWords.noProfileNeeded)
    do throws(ConfigurationError) {
      let layers = try context.configuration.layers(try file.get())
      guard let profile = layers.profile else { return record }
      return CheckRecord("profile", ok: CheckWords.used(profile.name, layers.profileOrigin.text))
    } catch {
      if case .noProfileChosen = error.problem { return record.warning(error.placedMessage, hint: error.hint) }
      return record.failed(error.all[0])
    }
  }
}

/// Checks of one profile's settings and secrets.
struct ProfileChecks {
  /// Nil for settings from variables, without a profile.
  let name: String?
  /// If they are invalid, nothing else about the profile can be checked.
  let settings: Result<Settings, ConfigurationError>
  private let context: Context

  init(_ context: Context, profile: String?) {
    self.context = context
    name = profile
    var source = context.configuration
    source.profile = profile
    settings = Result { () throws(ConfigurationError) in
      let settings = try source.settings()
      try settings.checkNamedFiles(context.inputs)
      return settings
    }
  }

  /// A passed check of this profile.
  func record(_ check: String, subject: String? = nil, ok message: String) -> CheckRecord {
    let provider = try? settings.get().descriptor.name
    return CheckRecord(check, profile: name, provider: provider, subject: subject, ok: message)
  }

  var settingsRecords: [CheckRecord] {
    do {
      let settings = try settings.get()
      return [record("settings", ok: CheckWords.valid(settings.descriptor.title))] + secretRecords(settings)
        + keyFileRecords(settings)
    } catch {
      return record("settings", ok: "").failures(error)
    }
  }

  private func secretRecords(_ settings: Settings) -> [CheckRecord] {
    let fetcher = settings.secretFetcher(context.inputs)
    return settings.descriptor.settings.compactMap { spec in
      guard let entry = settings.secrets[spec.name] else { return nil }
      let record = record("secret", subject: spec.name, ok: entry.place)
      do throws(ConfigurationError) {
        _ = try fetcher.secret(entry, of: spec.name)
        return secretFile(entry, of: settings).flatMap { exposure(of: $0, record) } ?? record
      } catch {
        let hint = error.isMissingSecret ? entry.source.hint(context, settings, entry) ?? error.hint : error.hint
        return record.failed(error.placedMessage, hint: hint, .configuration)
      }
    }
  }

  /// Files with a private key, which were already read.
  private func keyFileRecords(_ settings: Settings) -> [CheckRecord] {
    settings.descriptor.settings.filter { $0.kind == .file }.compactMap { spec in
      guard let entry = settings.entries[spec.name], case .string(let written) = entry.value else { return nil }
      let path = ConfigurationFolder(context.inputs, settings.folder).path(written, from: entry.origin)
      let record = record("secret", subject: spec.name, ok: CheckWords.inFile(written))
      return exposure(of: path, record) ?? record
    }
  }

  private func secretFile(_ entry: Settings.SecretEntry, of settings: Settings) -> String? {
    guard case .file(let path) = entry.source else { return nil }
    return ConfigurationFolder(context.inputs, settings.folder).path(path, from: entry.origin)
  }

  private func exposure(of path: String, _ record: CheckRecord) -> CheckRecord? {
    guard let status = context.environment.files.status(path), status.kind == .file, status.isReadableByOthers else {
      return nil
    }
    return record.warning(.secretExposed(path: path))
  }
}

extension Settings.SecretEntry {
  /// Where the secret was found.
  fileprivate var place: String {
    switch (source, origin) {
    case (.inline, .variable(let name)), (.variable(let name), _): CheckWords.inVariable(name)
    case (.inline, _): CheckWords.inline
    case (.file(let path), _): CheckWords.inFile(path)
    case (.command, _): CheckWords.byCommand
    }
  }
}

extension SecretSource {
  /// How to provide a missing secret.
  fileprivate func hint(_ context: Context, _ settings: Settings, _ entry: Settings.SecretEntry) -> String? {
    switch self {
    case .inline: return nil
    case .variable(let name):
      return name.looksLikeVariable ? CheckWords.exporting(name) : CheckWords.namingAVariable
    case .file(let path):
      let full = ConfigurationFolder(context.inputs, settings.folder).path(path, from: entry.origin)
      return CheckWords.creating(full)
    case .command(let command): return CheckWords.trying(command)
    }
  }
}

extension ConfigurationError {
  /// Whether the source of the secret is the problem; the checks here can say more about that.
  fileprivate var isMissingSecret: Bool {
    switch problem {
    case .secretUnavailable, .fileUnusable: true
    default: false
    }
  }
}
