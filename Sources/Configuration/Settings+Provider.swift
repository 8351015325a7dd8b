import Messaging
import Platform

extension Settings {
  /// The address of the provider's API, as it was written.
  package var baseURL: String { string(CommonSettings.baseURL.name) ?? descriptor.defaultBaseURL }

  /// The provider's adapter, which has no secrets.
  package func makeProvider(_ inputs: ConfigurationInputs) throws(ConfigurationError) -> any Provider {
    try tellingAll(inputs) { () throws(ConfigurationError) in try adapter(inputs) }
  }

  private func adapter(_ inputs: ConfigurationInputs) throws(ConfigurationError) -> any Provider {
    let values = try values(inputs)
    return try wrap(inputs) { () throws(SettingError) in try provider.init(values) }
  }

  /// What requests prove themselves with; fetches the secrets.
  package func credentials(_ inputs: ConfigurationInputs) throws(ConfigurationError) -> Credentials {
    try tellingAll(inputs) { () throws(ConfigurationError) in
      let values = try valuesWithSecrets(inputs)
      return try wrap(inputs) { () throws(SettingError) in try provider.credentials(values) }
    }
  }

  /// Path of the certificates to trust, if set.
  package func caFile(_ inputs: ConfigurationInputs) throws(ConfigurationError) -> String? {
    try tellingAll(inputs) { () throws(ConfigurationError) in
      try existingFile(CommonSettings.caFile.name, inputs)?.path
    }
  }

  /// Where it fails, whatever else is wrong with files and secrets is told as well.
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

  /// The credentials as they may be shown: with a mask for each secret, none of which is fetched.
  package func maskedCredentials(_ inputs: ConfigurationInputs) throws(ConfigurationError) -> Credentials {
    var values = try valuesWithFiles(inputs)
    for spec in descriptor.settings where spec.kind == .secret && secrets[spec.name] != nil {
      values.strings[spec.name] = SecretMask.mask
    }
    return try wrap(inputs) { () throws(SettingError) in try provider.credentials(values) }
  }

  /// Whose messages are sent with these credentials: what the ledger knows belongs to that account.
  package func account(_ credentials: Credentials) -> Account {
    let address = baseURL
    return Account(provider: descriptor.name, baseURL: address, credentials: credentials)
  }

  /// The key that signs what the provider posts; nil for one that signs nothing. Fetches the secrets.
  package func webhookKey(_ inputs: ConfigurationInputs) throws(ConfigurationError) -> String? {
    guard let verifier = provider as? any WebhookVerifying.Type else { return nil }
    let values = try valuesWithSecrets(inputs)
    return try wrap(inputs) { () throws(SettingError) in try verifier.webhookKey(values) }
  }

  /// All that the profile says, secrets included.
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

  /// Hides the secrets that are known without fetching any: those that are written down or in variables.
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

  /// Fetches the secrets of this profile.
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

  /// Checks what settings name or say outright: files, the time zone, and secrets that no command prints. A variable may
  /// be set when it is needed.
  func checkFiles(_ inputs: ConfigurationInputs, noting mistakes: inout ConfigurationMistakes) {
    checkNamedFiles(inputs, noting: &mistakes)
    let fetcher = secretFetcher(inputs)
    for (name, entry) in secrets where entry.source.isThere(inputs) {
      _ = mistakes.attempt { () throws(ConfigurationError) in try fetcher.secret(entry, of: name) }
    }
  }

  /// Checks the files that are not one of the forms of a secret, and the time zone.
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
    // Where the local zone isn't known, times of which it matters are refused when they are read.
    guard let name = string(CommonSettings.timeZone.name) else { return inputs.timeZone(nil) ?? .utc }
    guard let zone = inputs.timeZone(name) else {
      // UTC is known everywhere; where nothing else is, there are no tables.
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

  /// The bytes of a file with a private key in it.
  private func trustedFile(_ setting: String, _ inputs: ConfigurationInputs) throws(ConfigurationError) -> [UInt8]? {
    guard let (path, file) = try existingFile(setting, inputs) else { return nil }
    if let distrust = file.distrust {
      throw ConfigurationError(.untrustedFile(path: path, distrust, isSecret: true), at: place(of: setting))
    }
    return file.bytes
  }

  /// A file that a setting names; throws if it can't be read.
  private func existingFile(
    _ setting: String, _ inputs: ConfigurationInputs
  ) throws(ConfigurationError) -> (path: String, file: ReadFile)? {
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
  /// Whether it can be looked at without running a command.
  fileprivate func isThere(_ inputs: ConfigurationInputs) -> Bool {
    switch self {
    case .inline, .file: true
    case .variable(let name): inputs.variables[name] != nil
    case .command: false
    }
  }
}
