import Messaging
import Platform

extension Settings {
  /// The address of the provider's API, as it was written.
  package var baseURL: String { string(CommonSettings.baseURL.name) ?? descriptor.defaultBaseURL }

  /// The provider's adapter, without secrets.
  package func makeProvider(_ inputs: ConfigurationInputs) throws(ConfigurationError) -> any Provider {
    try tellingAll(inputs) { () throws(ConfigurationError) in try adapter(inputs) }
  }

  private func adapter(_ inputs: ConfigurationInputs) throws(ConfigurationError) -> any Provider {
    let values = try values(inputs)
    return try wrap(inputs) { () throws(SettingError) in try provider.init(values) }
  }

  /// Reads the secrets, and returns the credentials for requests.
  package func credentials(_ inputs: ConfigurationInputs) throws(ConfigurationError) -> Credentials {
    try tellingAll(inputs) { () throws(ConfigurationError) in
      let values = try valuesWithSecrets(inputs)
      return try wrap(inputs) { () throws(SettingError) in try provider.credentials(values) }
    }
  }

  /// The path of the CA certificates, if set.
  package func caFile(_ inputs: ConfigurationInputs) throws(ConfigurationError) -> String? {
    try tellingAll(inputs) { () throws(ConfigurationError) in
      try existingFile(CommonSettings.caFile.name, inputs)?.path
    }
  }

  /// If `body` throws, adds all other errors of files and secrets.
  private func tellingAll<Value>(
    _ inputs: ConfigurationInputs, _ body: () throws(ConfigurationError) -> Value
  ) throws(ConfigurationError) -> Value {
    do throws(ConfigurationError) {
      return try body()
    } catch {
      var mistakes = ConfigurationMistakes()
      mistakes.add(error)
      checkFiles(inputs, noting: &mistakes)
      try mistakes.check()
      throw error
    }
  }

  /// The credentials for output: secrets are masked, and not read.
  package func maskedCredentials(_ inputs: ConfigurationInputs) throws(ConfigurationError) -> Credentials {
    var values = try valuesWithFiles(inputs)
    for spec in descriptor.settings where spec.kind == .secret && secrets[spec.name] != nil {
      values.strings[spec.name] = SecretMask.mask
    }
    return try wrap(inputs) { () throws(SettingError) in try provider.credentials(values) }
  }

  /// The account that these credentials belong to, under which the ledger records messages.
  package func account(_ credentials: Credentials) -> Account {
    let address = baseURL
    return Account(provider: descriptor.name, baseURL: address, credentials: credentials)
  }

  /// The key that signs webhook requests; nil if the provider has none. Reads the secrets.
  package func webhookKey(_ inputs: ConfigurationInputs) throws(ConfigurationError) -> String? {
    guard let verifier = provider as? any WebhookVerifying.Type else { return nil }
    let values = try valuesWithSecrets(inputs)
    return try wrap(inputs) { () throws(SettingError) in try verifier.webhookKey(values) }
  }

  /// The values of all settings, including secrets.
  private func valuesWithSecrets(_ inputs: ConfigurationInputs) throws(ConfigurationError) -> SettingValues {
    let fetcher = secretFetcher(inputs)
    var values = try valuesWithFiles(inputs)
    var mistakes = ConfigurationMistakes()
    for spec in descriptor.settings where spec.kind == .secret {
      guard let entry = secrets[spec.name] else { continue }
      values.strings[spec.name] = mistakes.attempt { () throws(ConfigurationError) in
        try fetcher.secret(entry, of: spec.name)
      }
    }
    try mistakes.check()
    return values
  }

  /// A mask for the secrets that are known without running a command or opening a file: those that are inline or in
  /// variables.
  package func maskOfKnownSecrets(_ inputs: ConfigurationInputs) -> SecretMask {
    SecretMask(
      secrets.values.compactMap { entry in
        switch entry.source {
        case .inline(let text): text
        case .variable(let name): inputs.variables[name]
        case .file, .command: nil
        }
      })
  }

  /// Reads the secrets of this profile.
  package func secretFetcher(_ inputs: ConfigurationInputs) -> SecretFetcher {
    SecretFetcher(inputs: inputs, file: file, variables: secrets.values.compactMap(\.source.variable))
  }

  private func valuesWithFiles(_ inputs: ConfigurationInputs) throws(ConfigurationError) -> SettingValues {
    var values = try values(inputs)
    for spec in descriptor.settings where spec.kind == .file {
      values.files[spec.name] = try trustedFile(spec.name, inputs)
    }
    return values
  }

  private func wrap<Value>(
    _ inputs: ConfigurationInputs, _ body: () throws(SettingError) -> Value
  ) throws(ConfigurationError) -> Value {
    do {
      return try body()
    } catch {
      switch error {
      case .missing(let setting):
        throw ConfigurationError(.secretUnavailable(setting: setting, reason: "missing"), at: place(of: setting))
      case .unusableFile(let setting, let reason):
        let path = try existingFile(setting, inputs)?.path ?? setting
        throw ConfigurationError(.fileUnusable(setting: setting, path: path, reason: reason), at: place(of: setting))
      }
    }
  }

  /// Checks files, the time zone, and secrets that can be read without running a command. A missing variable isn't
  /// an error here, because it may be set later.
  func checkFiles(_ inputs: ConfigurationInputs, noting mistakes: inout ConfigurationMistakes) {
    checkNamedFiles(inputs, noting: &mistakes)
    let fetcher = secretFetcher(inputs)
    for (name, entry) in secrets where entry.source.isThere(inputs) {
      _ = mistakes.attempt { () throws(ConfigurationError) in try fetcher.secret(entry, of: name) }
    }
  }

  /// Checks the time zone, and the files that aren't sources of secrets.
  package func checkNamedFiles(_ inputs: ConfigurationInputs) throws(ConfigurationError) {
    var mistakes = ConfigurationMistakes()
    checkNamedFiles(inputs, noting: &mistakes)
    try mistakes.check()
  }

  private func checkNamedFiles(_ inputs: ConfigurationInputs, noting mistakes: inout ConfigurationMistakes) {
    _ = mistakes.attempt { () throws(ConfigurationError) in try existingFile(CommonSettings.caFile.name, inputs) }
    _ = mistakes.attempt { () throws(ConfigurationError) in _ = try adapter(inputs) }
    _ = mistakes.attempt { () throws(ConfigurationError) in
      let values = try valuesWithFiles(inputs)
      guard !values.files.isEmpty else { return }
      _ = try wrap(inputs) { () throws(SettingError) in try provider.credentials(values) }
    }
  }

  private func values(_ inputs: ConfigurationInputs) throws(ConfigurationError) -> SettingValues {
    var address = baseURL
    while address.hasSuffix("/") { address.removeLast() }
    var values = SettingValues(baseURL: address, devices: devices, timeZone: try zone(inputs))
    for spec in descriptor.settings + [CommonSettings.from] {
      values.strings[spec.name] = string(spec.name)
      values.booleans[spec.name] = boolean(spec.name)
    }
    return values
  }

  private func zone(_ inputs: ConfigurationInputs) throws(ConfigurationError) -> TimeZoneRules {
    // If the local zone is unknown, times that depend on it are rejected when they are parsed.
    guard let name = string(CommonSettings.timeZone.name) else { return inputs.timeZone(nil) ?? .utc }
    guard let zone = inputs.timeZone(name) else {
      // UTC is always known, so only another zone shows whether the time zone tables are installed.
      let hasTables = inputs.timeZone("Europe/London") != nil
      var error = ConfigurationError(
        .invalidValue(
          setting: CommonSettings.timeZone.name, reason: "unknown time zone '\(name)'",
          hint: "use a name such as Europe/London; 'timedatectl list-timezones' lists them"),
        at: place(of: CommonSettings.timeZone.name))
      error.missingPart = hasTables ? nil : .timeZones
      throw error
    }
    return zone
  }

  /// The bytes of a file that contains a private key. Throws if another user may have written it.
  private func trustedFile(_ setting: String, _ inputs: ConfigurationInputs) throws(ConfigurationError) -> [UInt8]? {
    guard let (path, file) = try existingFile(setting, inputs) else { return nil }
    if let distrust = file.distrust {
      throw ConfigurationError(.untrustedFile(path: path, distrust, isSecret: true), at: place(of: setting))
    }
    return file.bytes
  }

  /// Reads a file that a setting names; nil if the setting isn't set. Throws if the file can't be read.
  private func existingFile(
    _ setting: String, _ inputs: ConfigurationInputs
  ) throws(ConfigurationError) -> (path: String, file: LoadedFile)? {
    guard let entry = entries[setting], case .string(let written) = entry.value else { return nil }
    let path = ConfigurationFolder(inputs, folder).path(written, from: entry.origin)
    do {
      return (path, try inputs.files.readJudged(path, 16_777_216))
    } catch {
      throw ConfigurationError(
        .fileUnusable(setting: setting, path: path, reason: error.reason), at: place(of: setting))
    }
  }
}

extension SecretSource {
  /// Whether it can be read without running a command.
  fileprivate func isThere(_ inputs: ConfigurationInputs) -> Bool {
    switch self {
    case .inline, .file: true
    case .variable(let name): inputs.variables[name] != nil
    case .command: false
    }
  }
}
