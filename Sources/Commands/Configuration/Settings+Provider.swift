import Messaging
import TextFormats

extension Settings {
  /// The provider's adapter; fetches the secrets.
  func makeProvider(_ environment: Environment) throws(ConfigurationError) -> any Provider {
    let fetcher = SecretFetcher(environment: environment, folder: folder)
    var settings = try providerSettings(environment)
    for spec in descriptor.settings where spec.kind == .secret {
      guard let entry = secrets[spec.name] else { continue }
      settings.strings[spec.name] = try fetcher.secret(entry, of: spec.name)
    }
    settings.serviceAccount = try serviceAccount(environment)
    return provider.init(settings)
  }

  /// An adapter to look messages over with: without secrets, so it must not be used to send.
  func makeProviderWithoutSecrets(_ environment: Environment) throws(ConfigurationError) -> any Provider {
    provider.init(try providerSettings(environment))
  }

  /// Path of the certificates to trust, if set.
  func caFile(_ environment: Environment) throws(ConfigurationError) -> String? {
    try existingFile(CommonSettings.caFile.name, environment)
  }

  /// Makes sure that every file that a setting names can be used.
  func checkFiles(_ environment: Environment) throws(ConfigurationError) {
    try checkNamedFiles(environment)
    let fetcher = SecretFetcher(environment: environment, folder: folder)
    for (name, entry) in secrets {
      if case .file = entry.source { _ = try fetcher.secret(entry, of: name) }
    }
  }

  /// Makes sure of those that hold no secret in one of its forms.
  func checkNamedFiles(_ environment: Environment) throws(ConfigurationError) {
    _ = try caFile(environment)
    _ = try serviceAccount(environment)
  }

  private func providerSettings(_ environment: Environment) throws(ConfigurationError) -> ProviderSettings {
    var address = string(CommonSettings.baseURL.name) ?? descriptor.defaultBaseURL
    while address.hasSuffix("/") { address.removeLast() }
    var settings = ProviderSettings(baseURL: address, devices: devices, timeZone: try zone(environment))
    for spec in descriptor.settings + [CommonSettings.from] {
      settings.strings[spec.name] = string(spec.name)
      settings.booleans[spec.name] = boolean(spec.name)
    }
    return settings
  }

  private func zone(_ environment: Environment) throws(ConfigurationError) -> TimeZoneRules {
    let name = string(CommonSettings.timeZone.name)
    guard let zone = environment.timeZone(name) else {
      throw ConfigurationError(
        .invalidValue(setting: CommonSettings.timeZone.name, reason: "this machine knows no time zone \(name ?? "")"))
    }
    return zone
  }

  /// The path of a file that a setting names, once it is sure that it can be read.
  private func existingFile(_ setting: String, _ environment: Environment) throws(ConfigurationError) -> String? {
    guard let entry = entries[setting], case .string(let written) = entry.value else { return nil }
    let path = ConfigurationFolder(environment, folder).path(written, from: entry.origin)
    do {
      _ = try environment.files.read(path, 16_777_216)
    } catch {
      throw ConfigurationError(.fileUnusable(setting: setting, path: path, reason: error.reason))
    }
    return path
  }

  private func serviceAccount(_ environment: Environment) throws(ConfigurationError) -> ServiceAccount? {
    guard let spec = descriptor.settings.first(where: { $0.kind == .file }),
      let path = try existingFile(spec.name, environment)
    else { return nil }
    guard let bytes = try? environment.files.read(path, 1_048_576), let json = try? JSONValue(parsing: bytes),
      let account = ServiceAccount(keyFile: json)
    else {
      throw ConfigurationError(
        .fileUnusable(setting: spec.name, path: path, reason: "it is no key file of a service account"))
    }
    return account
  }
}

extension ServiceAccount {
  /// Reads a key file as Voximplant hands it out, sometimes wrapped in `result`.
  init?(keyFile json: JSONValue) {
    let key = json["result"] ?? json
    guard let accountID = key["account_id"]?.text, let keyID = key["key_id"]?.text,
      let privateKey = key["private_key"]?.text
    else { return nil }
    self.init(accountID: accountID, keyID: keyID, privateKey: privateKey)
  }
}
