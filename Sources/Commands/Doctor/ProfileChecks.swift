import Application
import Configuration
import Messaging
import Platform
import TextFormats

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
