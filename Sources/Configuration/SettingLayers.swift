import CommandLineKit
import Messaging
import Providers
import TextFormats

/// The layers that settings are taken from, from highest to lowest priority.
package struct SettingLayers {
  /// Nil to ignore options.
  package var globals: Parsed?
  package var variables: [String: String]
  package var file: ConfigurationFile?
  package var profile: ConfigurationFile.Profile?
  /// What selected the profile.
  package var profileOrigin = Origin.builtIn

  package init(
    globals: Parsed?, variables: [String: String], file: ConfigurationFile? = nil,
    profile: ConfigurationFile.Profile? = nil
  ) {
    self.globals = globals
    self.variables = variables
    self.file = file
    self.profile = profile
  }

  /// All settings for the provider that the layers name. Throws all errors together, including those of files and
  /// secrets; if there are no other errors, checks files and secrets only with `checksFiles`.
  package func checkedSettings(
    _ inputs: ConfigurationInputs, checksFiles: Bool = false
  ) throws(ConfigurationError) -> Settings {
    do throws(ConfigurationError) {
      var mistakes = ConfigurationMistakes()
      let provider = mistakes.attempt { () throws(ConfigurationError) in try self.provider() }
      // Checks the values even if the provider is unknown.
      var settings = Settings(provider: provider ?? ProviderRegistry.all[0], file: file)
      settings.profile = profile.map { Settings.ChosenProfile(name: $0.name, origin: profileOrigin) }
      take(provider.map(SettingCatalog.settings) ?? SettingCatalog.all, into: &settings, noting: &mistakes)
      SettingsCheck(settings: settings, layers: self, isOfKnownProvider: provider != nil).run(noting: &mistakes)
      if checksFiles || !mistakes.errors.isEmpty, provider != nil { settings.checkFiles(inputs, noting: &mistakes) }
      try mistakes.check()
      return settings
    } catch {
      throw error.withUnknownNames(in: file, profile: profile?.name ?? "")
    }
  }

  private func take(
    _ specs: [SettingSpec], into settings: inout Settings, noting mistakes: inout ConfigurationMistakes
  ) {
    let baseURL = SettingValue.string(settings.descriptor.defaultBaseURL)
    settings.entries[CommonSettings.baseURL.name] = Settings.Entry(value: baseURL, origin: .builtIn)
    for spec in specs {
      if spec.kind == .secret {
        settings.secrets[spec.name] = mistakes.attempt { () throws(ConfigurationError) in try secret(spec) } ?? nil
      } else if let entry = mistakes.attempt({ () throws(ConfigurationError) in try entry(spec) }) ?? nil {
        settings.entries[spec.name] = entry
      }
    }
  }

  /// Checks every value in the file, even those that an option or variable overrides.
  package func checkWritten() throws(ConfigurationError) {
    let written = SettingLayers(globals: nil, variables: [:], file: file, profile: profile)
    let provider = profile?.provider.flatMap(ProviderRegistry.provider)
    var mistakes = ConfigurationMistakes()
    for spec in provider.map(SettingCatalog.settings) ?? SettingCatalog.all where spec.kind != .secret {
      _ = mistakes.attempt { () throws(ConfigurationError) in try written.entry(spec) }
    }
    try mistakes.check()
  }

  /// Whether a setting is present in any form, valid or not.
  func isWritten(_ name: String) -> Bool {
    layers.contains { find in SecretSource.suffixes.contains { find(name + $0) != nil } }
  }

  /// The value of a setting that doesn't depend on the provider, such as `output`.
  package func entry(_ spec: SettingSpec) throws(ConfigurationError) -> Settings.Entry? {
    if let value = option(spec) {
      return Settings.Entry(value: value, origin: .option("--\(spec.name.replacing("_", with: "-"))"))
    }
    for find in layers {
      guard let written = find(spec.name) else { continue }
      return Settings.Entry(value: try value(of: written, for: spec), origin: written.origin)
    }
    return CommonSettings.builtIn[spec.name].map { Settings.Entry(value: $0, origin: .builtIn) }
  }

  private func provider() throws(ConfigurationError) -> any Provider.Type {
    let named = try entry(CommonSettings.provider)
    guard let named, case .string(let name) = named.value else {
      throw ConfigurationError(
        .providerMissing(profile: profile?.name ?? ""), at: profile.flatMap { file?.place(at: $0.position) })
    }
    if let provider = ProviderRegistry.provider(named: name) { return provider }
    let known = ProviderRegistry.all.map { $0.descriptor.name }
    throw ConfigurationError(.unknownProvider(name, known: known), at: named.origin.place(in: file))
  }

  /// A secret from the highest layer that has one of its four forms; two forms in the same layer are an error.
  private func secret(_ spec: SettingSpec) throws(ConfigurationError) -> Settings.SecretEntry? {
    for find in layers {
      let given = SecretSource.forms.compactMap { form in
        find(spec.name + form.suffix).map { (source: form.source, written: $0) }
      }
      guard let (source, written) = given.first else { continue }
      guard given.count == 1 else {
        throw ConfigurationError(.secretFormsTogether(given.map(\.written.name)), at: written.origin.place(in: file))
      }
      return Settings.SecretEntry(source: source(try text(of: written)), origin: written.origin)
    }
    return nil
  }

  // MARK: - The layers

  /// The value of a setting from a global option.
  private func option(_ spec: SettingSpec) -> SettingValue? {
    switch spec.name {
    case CommonSettings.timeout.name: globals?[GlobalOptions.timeout].map(CommonSettings.timeout.wrap)
    case CommonSettings.connectTimeout.name:
      globals?[GlobalOptions.connectTimeout].map(CommonSettings.connectTimeout.wrap)
    case CommonSettings.retries.name: globals?[GlobalOptions.retries].map(CommonSettings.retries.wrap)
    case CommonSettings.output.name: globals?.outputFormat.map(CommonSettings.output.wrap)
    default: nil
    }
  }

  /// The layers below the options, from highest to lowest priority. Each looks up a setting by its name.
  private var layers: [(String) -> Written?] { [inVariables, inProfile, inDefaults] }

  private func inVariables(_ name: String) -> Written? {
    let variable = SettingSpec.variableName(of: name)
    guard let text = variables[variable], !text.isEmpty else { return nil }
    return Written(name: variable, content: .text(text), origin: .variable(variable))
  }

  private func inProfile(_ name: String) -> Written? {
    guard let profile else { return nil }
    return profile.settings.first { $0.key.name == name }
      .map { Written(name: name, content: .toml($0.value), origin: .profile(profile.name, $0.value.position)) }
  }

  private func inDefaults(_ name: String) -> Written? {
    file?.defaults.first { $0.key.name == name }
      .map { Written(name: name, content: .toml($0.value), origin: .defaults($0.value.position)) }
  }

  private func value(of written: Written, for spec: SettingSpec) throws(ConfigurationError) -> SettingValue {
    do throws(ValueProblem) {
      switch written.content {
      case .text(let text): return try spec.value(ofText: text)
      case .toml(let toml): if let value = try spec.value(of: toml) { return value }
      }
    } catch {
      throw invalid(error, in: written)
    }
    throw wrongType(expected: spec.typeName, in: written)
  }

  private func text(of written: Written) throws(ConfigurationError) -> String {
    switch written.content {
    case .text(let text): return text
    case .toml(let value):
      guard let text = value.string else { throw wrongType(expected: "a string", in: written) }
      return text
    }
  }

  private func wrongType(expected: String, in written: Written) -> ConfigurationError {
    let found = if case .toml(let value) = written.content { value.typeWithArticle } else { "a text" }
    return ConfigurationError(
      .wrongType(setting: written.name, expected: expected, found: found), at: written.origin.place(in: file))
  }

  private func invalid(_ problem: ValueProblem, in written: Written) -> ConfigurationError {
    let reason =
      switch written.content {
      case .text(let text): problem.message(for: text)
      // Errors in files already show the line.
      case .toml(let value): problem.message + problem.suggestion(for: value.string ?? "")
      }
    return ConfigurationError(
      .invalidValue(setting: written.name, reason: reason, hint: problem.hint), at: written.origin.place(in: file))
  }
}

extension Origin {
  /// Where users find a value with this origin.
  func place(in file: ConfigurationFile?) -> ConfigurationError.Place? {
    switch self {
    case .option(let name): .option(name)
    case .variable(let name): .variable(name)
    case .profile(_, let position), .defaults(let position), .topLevel(_, let position): file?.place(at: position)
    case .onlyProfile, .builtIn: nil
    }
  }
}

/// A setting's value in one layer.
private struct Written {
  enum Content {
    case text(String)
    case toml(TOMLValue)
  }

  /// The name for errors: the setting, or the variable.
  var name: String
  var content: Content
  var origin: Origin
}

extension SettingSpec {
  /// The environment variable for this setting.
  package var variableName: String { Self.variableName(of: name) }

  static func variableName(of setting: String) -> String { "SMS_\(setting.uppercased())" }
}

/// The environment variables that hold secrets.
package enum SecretVariables {
  /// Returns the variables for the secrets of all providers, and those that `SMS_…_ENV` variables name.
  package static func names(in variables: [String: String]) -> [String] {
    // Without the common settings, which aren't secrets and would take longer to create than everything else here.
    let secrets = ProviderRegistry.all.flatMap { $0.descriptor.settings.filter { $0.kind == .secret } }
    return secrets.map(\.variableName)
      + secrets.compactMap { variables[SettingSpec.variableName(of: "\($0.name)_env")] }
  }
}
