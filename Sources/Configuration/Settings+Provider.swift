import Messaging
import Providers

extension Settings {
  /// The provider's adapter; fetches the secrets.
  package func makeProvider(_ inputs: ConfigurationInputs) throws(ConfigurationError) -> any Provider {
    let fetcher = SecretFetcher(inputs: inputs, folder: folder)
    var settings = try providerSettings(inputs)
    for spec in descriptor.settings where spec.kind == .secret {
      guard let entry = secrets[spec.name] else { continue }
      settings.strings[spec.name] = try fetcher.secret(entry, of: spec.name)
    }
    if let keyFile = try keyFile(inputs) { settings.files[keyFile.setting] = keyFile.bytes }
    return provider.init(settings)
  }

  /// An adapter that checks messages: without secrets, so it must not send.
  package func makeProviderWithoutSecrets(_ inputs: ConfigurationInputs) throws(ConfigurationError) -> any Provider {
    provider.init(try providerSettings(inputs))
  }

  /// Path of the certificates to trust, if set.
  package func caFile(_ inputs: ConfigurationInputs) throws(ConfigurationError) -> String? {
    try existingFile(CommonSettings.caFile.name, inputs)
  }

  /// Checks that every file named by a setting can be used.
  package func checkFiles(_ inputs: ConfigurationInputs) throws(ConfigurationError) {
    try checkNamedFiles(inputs)
    let fetcher = SecretFetcher(inputs: inputs, folder: folder)
    for (name, entry) in secrets {
      if case .file = entry.source { _ = try fetcher.secret(entry, of: name) }
    }
  }

  /// Checks the files that are not one of the forms of a secret.
  package func checkNamedFiles(_ inputs: ConfigurationInputs) throws(ConfigurationError) {
    _ = try caFile(inputs)
    _ = try keyFile(inputs)
  }

  private func providerSettings(_ inputs: ConfigurationInputs) throws(ConfigurationError) -> ProviderSettings {
    var address = string(CommonSettings.baseURL.name) ?? descriptor.defaultBaseURL
    while address.hasSuffix("/") { address.removeLast() }
    var settings = ProviderSettings(baseURL: address, devices: devices, timeZone: try zone(inputs))
    for spec in descriptor.settings + [CommonSettings.from] {
      settings.strings[spec.name] = string(spec.name)
      settings.booleans[spec.name] = boolean(spec.name)
    }
    return settings
  }

  private func zone(_ inputs: ConfigurationInputs) throws(ConfigurationError) -> TimeZoneRules {
    let name = string(CommonSettings.timeZone.name)
    guard let zone = inputs.timeZone(name) else {
      throw ConfigurationError(
        .invalidValue(setting: CommonSettings.timeZone.name, reason: "this machine knows no time zone \(name ?? "")"))
    }
    return zone
  }

  /// The path of a file that a setting names; throws if it can't be read.
  private func existingFile(_ setting: String, _ inputs: ConfigurationInputs) throws(ConfigurationError) -> String? {
    guard let entry = entries[setting], case .string(let written) = entry.value else { return nil }
    let path = ConfigurationFolder(inputs, folder).path(written, from: entry.origin)
    do {
      _ = try inputs.files.read(path, 16_777_216)
    } catch {
      throw ConfigurationError(.fileUnusable(setting: setting, path: path, reason: error.reason))
    }
    return path
  }

  /// The service account's key file, if the profile has one.
  private func keyFile(_ inputs: ConfigurationInputs) throws(ConfigurationError) -> (setting: String, bytes: [UInt8])? {
    guard let spec = descriptor.settings.first(where: { $0.kind == .file }),
      let path = try existingFile(spec.name, inputs)
    else { return nil }
    guard let bytes = try? inputs.files.read(path, 1_048_576), ServiceAccount(keyFile: bytes) != nil else {
      throw ConfigurationError(
        .fileUnusable(setting: spec.name, path: path, reason: "it is no key file of a service account"))
    }
    return (spec.name, bytes)
  }
}
