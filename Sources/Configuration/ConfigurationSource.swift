import CommandLineKit
import Messaging
import Output
import Platform
import Providers
import Synchronization

/// Finds, reads and checks the configuration of this run.
package struct ConfigurationSource: Sendable {
  package let inputs: ConfigurationInputs
  package let globals: Parsed
  /// The profile that a job was started with; it overrides option and variables.
  package var profile: String?
  private let read = ReadOnce()

  package init(inputs: ConfigurationInputs, globals: Parsed) {
    self.inputs = inputs
    self.globals = globals
  }

  /// The settings of the profile that an option, a variable or the file selects.
  package func settings() throws(ConfigurationError) -> Settings {
    for (name, offset) in inputs.notUTF8Variables where name.hasPrefix("SMS_") {
      throw ConfigurationError(.notUTF8(offset: offset), at: .variable(name))
    }
    return try layers(try file()).checkedSettings(inputs)
  }

  /// The configuration file in use; nil if there is none and none was named.
  package func file() throws(ConfigurationError) -> ConfigurationFile? {
    if let kept = read.result.withLock({ $0 }) { return try kept.get() }
    let new = Result { () throws(ConfigurationError) in
      try ConfigurationPath(inputs, globals).existing().map { (path) throws(ConfigurationError) in
        try ConfigurationFile(reading: path, inputs)
      }
    }
    read.result.withLock { $0 = new }
    return try new.get()
  }

  /// The output format; ignores errors in the configuration.
  package var outputFormat: OutputFormat {
    let file = (try? self.file()) ?? nil
    let layers =
      (try? layers(file)) ?? SettingLayers(globals: globals, variables: inputs.variables, file: file)
    let entry = (try? layers.entry(CommonSettings.output.spec)) ?? nil
    return entry.flatMap { CommonSettings.output.unwrap($0.value) } ?? CommonSettings.output.default
  }

  /// Throws if a variable has an unknown format, unless an option overrides it.
  package func requireOutputFormat() throws(ConfigurationError) {
    guard globals.outputFormat == nil else { return }
    _ = try SettingLayers(globals: nil, variables: inputs.variables).entry(CommonSettings.output.spec)
  }

  /// The layers of this run with the selected profile, or without a profile if variables define everything.
  package func layers(_ file: ConfigurationFile?) throws(ConfigurationError) -> SettingLayers {
    do throws(ConfigurationError) {
      return try chosenLayers(file)
    } catch {
      guard error.isFileFault else { throw error }
      let joined = ConfigurationError.joined([error] + (file?.valueMistakes(inputs) ?? [])) ?? error
      throw joined.withUnknownNames(in: file, profile: nil)
    }
  }

  private func chosenLayers(_ file: ConfigurationFile?) throws(ConfigurationError) -> SettingLayers {
    var layers = SettingLayers(globals: globals, variables: inputs.variables, file: file)
    guard let (name, origin) = try profileName(in: file) else { return layers }
    guard let profile = file?.profiles.first(where: { $0.name == name }) else {
      throw ConfigurationError(
        .unknownProfile(name, known: file?.profiles.map(\.name) ?? []), at: origin.place(in: file))
    }
    layers.profile = profile
    layers.profileOrigin = origin
    return layers
  }

  private func profileName(in file: ConfigurationFile?) throws(ConfigurationError) -> (String, Origin)? {
    if let profile { return (profile, .option("--resume")) }
    if let name = globals[GlobalOptions.profile] { return (name, .option("--profile")) }
    if let name = inputs.variable("SMS_PROFILE") { return (name, .variable("SMS_PROFILE")) }
    // A provider named by a variable must not get the key of a profile that wasn't named.
    if inputs.variable(CommonSettings.provider.variableName) != nil { return nil }
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
}

/// Keeps the file after the first read: standard input and pipes can't be read twice.
private final class ReadOnce: Sendable {
  let result = Mutex<Result<ConfigurationFile?, ConfigurationError>?>(nil)
}

/// Where to look for the configuration file.
package struct ConfigurationPath {
  /// Given by an option or variable; must exist.
  package var explicit: String?
  /// The default paths, in search order.
  package var usual: [String]
  private let files: FileAccess

  package init(_ inputs: ConfigurationInputs, _ globals: Parsed) {
    let home = inputs.variable("HOME")
    let named = inputs.variable("XDG_CONFIG_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    let configHome = named ?? home.map { "\($0)/.config" }
    explicit = globals[GlobalOptions.config] ?? inputs.variable("SMS_CONFIG")
    usual = [configHome.map { "\($0)/sms/config.toml" }, home.map { "\($0)/.smsrc" }].compactMap(\.self)
    files = inputs.files
  }

  /// The path that was given, or the first default path that exists; nil if there is neither.
  package func existing() throws(ConfigurationError) -> String? {
    explicit ?? usual.first { files.status($0) != nil }
  }

  /// The file to read, or to create if there is none.
  package func preferred() throws(ConfigurationError) -> String {
    guard let path = try existing() ?? usual.first else { throw ConfigurationError(.noHome) }
    return path
  }
}

/// Runs a command with `/bin/sh -c`, without the `hidden` variables; returns its output, whatever its exit code.
package typealias ShellRunner =
  @Sendable (_ command: String, _ timeout: Duration, _ hidden: [String]) throws(SubprocessError) -> Subprocess.Output

/// The sources of the configuration: variables, files, standard input, and commands that print secrets.
package struct ConfigurationInputs: Sendable {
  /// Environment variables that are valid UTF-8.
  package var variables: [String: String]
  /// Names of variables that are not UTF-8, with the offset of the first bad byte.
  package var notUTF8Variables: [String: Int]
  package var files: FileAccess
  /// The next bytes of standard input, nil at its end.
  package var readInput: @Sendable () throws(SystemError) -> [UInt8]?
  package var inputIsTerminal: Bool
  /// Runs a command with `/bin/sh -c`.
  package var runShell: ShellRunner
  /// The rules of an IANA time zone, or for nil of the machine's zone; nil if the machine doesn't know the zone.
  package var timeZone: @Sendable (String?) -> TimeZoneRules?

  package init(
    variables: [String: String], notUTF8Variables: [String: Int], files: FileAccess,
    readInput: @escaping @Sendable () throws(SystemError) -> [UInt8]?, inputIsTerminal: Bool,
    runShell: @escaping ShellRunner,
    timeZone: @escaping @Sendable (String?) -> TimeZoneRules?
  ) {
    self.variables = variables
    self.notUTF8Variables = notUTF8Variables
    self.files = files
    self.readInput = readInput
    self.inputIsTerminal = inputIsTerminal
    self.runShell = runShell
    self.timeZone = timeZone
  }
}

extension ConfigurationInputs {
  /// The value of a variable; nil if it is unset or empty.
  package func variable(_ name: String) -> String? {
    variables[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Throws if anyone could replace a new configuration file at this path, because such a file isn't read.
  package func requireSafeFolder(of path: String) throws(ConfigurationError) {
    guard let folder = files.openFolder(path) else { return }
    throw ConfigurationError(.untrustedFile(path: path, .inOpenFolder(folder), isSecret: true))
  }
}
