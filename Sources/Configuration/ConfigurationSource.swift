import CommandLineKit
import Messaging
import Output
import Providers
import Synchronization

/// Finds, reads and checks the configuration of this run.
package struct ConfigurationSource: Sendable {
  package let inputs: ConfigurationInputs
  package let globals: Parsed
  /// The profile that a job was begun with: it beats option and variables.
  package var profile: String?
  private let read = ReadOnce()

  package init(inputs: ConfigurationInputs, globals: Parsed) {
    self.inputs = inputs
    self.globals = globals
  }

  /// Settings of the profile that option, variable or file choose.
  package func settings() throws(ConfigurationError) -> Settings {
    try requireTextVariables()
    let file = try self.file()
    return try layers(file).checkedSettings()
  }

  /// The configuration file in use; nil where there is none and none was asked for.
  package func file() throws(ConfigurationError) -> ConfigurationFile? {
    try read.file { () throws(ConfigurationError) in
      guard let path = try ConfigurationPath(inputs, globals).existing() else { return nil }
      return try ConfigurationFile(reading: path, inputs)
    }
  }

  /// How results are printed; an unreadable configuration has no say in it.
  package var outputFormat: OutputFormat {
    let file = (try? self.file()) ?? nil
    let layers =
      (try? layers(file)) ?? SettingLayers(globals: globals, variables: inputs.variables, file: file)
    guard case .outputFormat(let format) = (try? layers.entry(CommonSettings.output.spec))??.value else {
      return CommonSettings.output.default
    }
    return format
  }

  /// Refuses a variable that asks for a format there is none of, where no option asks for another.
  package func requireOutputFormat() throws(ConfigurationError) {
    guard globals[GlobalOptions.output] == nil else { return }
    _ = try SettingLayers(globals: nil, variables: inputs.variables).entry(CommonSettings.output.spec)
  }

  /// The layers of this run, with the profile that option, variable or file choose; none when variables alone say all.
  package func layers(_ file: ConfigurationFile?) throws(ConfigurationError) -> SettingLayers {
    do throws(ConfigurationError) {
      return try chosenLayers(file)
    } catch {
      throw error.withSlip(in: file, profile: nil)
    }
  }

  private func chosenLayers(_ file: ConfigurationFile?) throws(ConfigurationError) -> SettingLayers {
    var layers = SettingLayers(globals: globals, variables: inputs.variables, file: file)
    guard let (name, origin) = try profileName(in: file) else { return layers }
    guard let profile = file?.profiles.first(where: { $0.name == name }) else {
      throw ConfigurationError(
        .unknownProfile(name, known: file?.profiles.map(\.name) ?? []), at: layers.place(of: origin))
    }
    layers.profile = profile
    layers.profileOrigin = origin
    return layers
  }

  private func profileName(in file: ConfigurationFile?) throws(ConfigurationError) -> (String, Origin)? {
    if let profile { return (profile, .option("--resume")) }
    if let name = globals[GlobalOptions.profile] { return (name, .option("--profile")) }
    if let name = variable("SMS_PROFILE") { return (name, .variable("SMS_PROFILE")) }
    // The provider named in the inputs must not get the keys of a profile that nobody named.
    if variable(CommonSettings.provider.variableName) != nil { return nil }
    guard let file else {
      throw ConfigurationError(.nothingConfigured(path: try ConfigurationPath(inputs, globals).preferred()))
    }
    if let written = file.defaultProfile, let name = written.value.string {
      return (name, .topLevel(written.key.name, written.value.position))
    }
    guard let only = file.profiles.first, file.profiles.count == 1 else {
      throw ConfigurationError(.noProfileChosen(known: file.profiles.map(\.name)))
    }
    return (only.name, .onlyProfile)
  }

  /// A variable that is set and not empty.
  private func variable(_ name: String) -> String? {
    inputs.variables[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  private func requireTextVariables() throws(ConfigurationError) {
    for (name, offset) in inputs.notUTF8Variables where name.hasPrefix("SMS_") {
      throw ConfigurationError(.notUTF8(offset: offset), at: .variable(name))
    }
  }
}

/// Keeps the file once it was read: standard input and pipes can't be read twice.
private final class ReadOnce: Sendable {
  private let result = Mutex<Result<ConfigurationFile?, ConfigurationError>?>(nil)

  func file(
    _ read: () throws(ConfigurationError) -> ConfigurationFile?
  ) throws(ConfigurationError) -> ConfigurationFile? {
    let kept = result.withLock { $0 }
    if let kept { return try kept.get() }
    let new = Result { () throws(ConfigurationError) in try read() }
    result.withLock { $0 = new }
    return try new.get()
  }
}
