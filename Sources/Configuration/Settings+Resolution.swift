import CommandLineKit
import Messaging
import Providers
import TextFormats

/// The layers that settings are taken from, the strongest first.
package struct SettingLayers {
  /// Nil for none of the options.
  package var globals: Parsed?
  package var variables: [String: String]
  package var file: ConfigurationFile?
  package var profile: ConfigurationFile.Profile?
  /// What chose the profile.
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

  /// The settings of the provider that the layers name.
  package func settings() throws(ConfigurationError) -> Settings {
    var settings = Settings(provider: try provider(), folder: file?.folder)
    settings.profile = profile.map { Settings.ChosenProfile(name: $0.name, origin: profileOrigin) }
    let builtIn = CommonSettings.builtIn(for: settings.descriptor)
    for spec in SettingCatalog.settings(of: settings.provider) {
      if spec.kind == .secret {
        settings.secrets[spec.name] = try secret(spec)
      } else {
        settings.entries[spec.name] =
          try entry(spec) ?? builtIn[spec.name].map { Settings.Entry(value: $0, origin: .builtIn) }
      }
    }
    return settings
  }

  /// Reads every value that the file has, also where an option or a variable takes its place.
  package func checkWritten() throws(ConfigurationError) {
    let written = SettingLayers(globals: nil, variables: [:], file: file, profile: profile)
    let provider = profile?.provider.flatMap(ProviderRegistry.provider)
    for spec in provider.map(SettingCatalog.settings) ?? SettingCatalog.all where spec.kind != .secret {
      _ = try written.entry(spec)
    }
  }

  /// The value of one setting that needs no profile, such as `output`.
  package func entry(_ spec: SettingSpec) throws(ConfigurationError) -> Settings.Entry? {
    if let entry = optionEntry(spec) { return entry }
    if let entry = try variableEntry(spec) { return entry }
    return try writtenEntry(spec)
  }

  private func provider() throws(ConfigurationError) -> any Provider.Type {
    let named = try entry(CommonSettings.provider)
    guard let named, case .string(let name) = named.value else {
      throw ConfigurationError(.providerMissing(profile: profile?.name ?? ""))
    }
    if let provider = ProviderRegistry.provider(named: name) { return provider }
    let known = ProviderRegistry.all.map { $0.descriptor.name }
    throw ConfigurationError(.unknownProvider(name, known: known), at: place(of: named.origin))
  }

  /// The global options that are settings too.
  private func optionEntry(_ spec: SettingSpec) -> Settings.Entry? {
    let value: SettingValue? =
      switch spec.name {
      case CommonSettings.timeout.name: globals?[GlobalOptions.timeout].map(CommonSettings.timeout.wrap)
      case CommonSettings.retries.name: globals?[GlobalOptions.retries].map(CommonSettings.retries.wrap)
      case CommonSettings.output.name: globals?[GlobalOptions.output].map(CommonSettings.output.wrap)
      default: nil
      }
    return value.map { Settings.Entry(value: $0, origin: .option("--\(spec.name)")) }
  }

  private func variableEntry(_ spec: SettingSpec) throws(ConfigurationError) -> Settings.Entry? {
    let name = spec.variableName
    guard let text = variables[name], !text.isEmpty else { return nil }
    do {
      return Settings.Entry(value: try spec.value(ofText: text), origin: .variable(name))
    } catch {
      throw ConfigurationError(error, of: name, at: .variable(name))
    }
  }

  private func writtenEntry(_ spec: SettingSpec) throws(ConfigurationError) -> Settings.Entry? {
    guard let (written, origin) = self.written(spec.name) else { return nil }
    do {
      return Settings.Entry(value: try spec.value(of: written.value), origin: origin)
    } catch {
      throw ConfigurationError(error, of: spec.name, found: written.value, at: place(of: origin))
    }
  }

  /// The strongest layer of the file that has this name.
  private func written(_ name: String) -> (TOMLTable.Entry, Origin)? {
    if let profile, let written = profile.settings.first(where: { $0.key.name == name }) {
      return (written, .profile(profile.name, written.value.position))
    }
    return file?.defaults.first { $0.key.name == name }.map { ($0, .defaults($0.value.position)) }
  }

  /// A secret from the strongest layer that has any of its four forms; two forms in one layer are an error.
  private func secret(_ spec: SettingSpec) throws(ConfigurationError) -> Settings.SecretEntry? {
    if let entry = try variableSecret(spec) { return entry }
    if let profile, let entry = try writtenSecret(spec, in: profile.settings, { .profile(profile.name, $0) }) {
      return entry
    }
    return try file.flatMap { (file) throws(ConfigurationError) in
      try writtenSecret(spec, in: file.defaults, Origin.defaults)
    }
  }

  private func variableSecret(_ spec: SettingSpec) throws(ConfigurationError) -> Settings.SecretEntry? {
    let names = SecretSource.suffixes.map { "SMS_\((spec.name + $0).uppercased())" }
    let given = names.indices.filter { variables[names[$0]]?.isEmpty == false }
    guard let index = given.first, let text = variables[names[index]] else { return nil }
    guard given.count == 1 else {
      throw ConfigurationError(.secretFormsTogether(given.map { names[$0] }), at: .variable(names[index]))
    }
    return Settings.SecretEntry(source: SecretSource(form: index, text: text), origin: .variable(names[index]))
  }

  private func writtenSecret(
    _ spec: SettingSpec, in settings: [TOMLTable.Entry], _ origin: (TextPosition) -> Origin
  ) throws(ConfigurationError) -> Settings.SecretEntry? {
    let names = SecretSource.suffixes.map { spec.name + $0 }
    let given = names.enumerated().compactMap { form, name in
      settings.first { $0.key.name == name }.map { (form: form, written: $0) }
    }
    guard let (form, written) = given.first else { return nil }
    let origin = origin(written.value.position)
    guard given.count == 1 else {
      throw ConfigurationError(.secretFormsTogether(given.map(\.written.key.name)), at: place(of: origin))
    }
    guard let text = written.value.string else {
      throw ConfigurationError(
        .wrongType(setting: written.key.name, expected: "a string", found: written.value.typeName),
        at: place(of: origin))
    }
    return Settings.SecretEntry(source: SecretSource(form: form, text: text), origin: origin)
  }

  /// Where the user finds what comes from there.
  package func place(of origin: Origin) -> ConfigurationError.Place? {
    switch origin {
    case .option(let name): .option(name)
    case .variable(let name): .variable(name)
    case .profile(_, let position), .defaults(let position), .topLevel(_, let position): file?.place(at: position)
    case .onlyProfile, .builtIn: nil
    }
  }
}

extension SettingSpec {
  /// The inputs variable that stands for this setting.
  package var variableName: String { "SMS_\(name.uppercased())" }
}

extension SecretSource {
  /// One of the four forms, by its index in `suffixes`.
  package init(form: Int, text: String) {
    switch form {
    case 1: self = .variable(text)
    case 2: self = .file(text)
    case 3: self = .command(text)
    default: self = .inline(text)
    }
  }
}

extension ConfigurationError {
  fileprivate init(_ problem: SettingProblem, of setting: String, found: TOMLValue? = nil, at place: Place?) {
    switch problem {
    case .wrongType(let expected):
      self.init(.wrongType(setting: setting, expected: expected, found: found?.typeName ?? "a text"), at: place)
    case .invalid(let reason, let hint):
      self.init(.invalidValue(setting: setting, reason: reason, hint: hint), at: place)
    }
  }
}
