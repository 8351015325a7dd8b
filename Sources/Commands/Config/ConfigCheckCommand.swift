import CommandLineKit
import TextFormats

/// Checks a configuration file as a whole: every profile in it.
struct ConfigCheckCommand: Command {
  static let file = OptionalOperand(
    "FILE", value: .file, help: "The file to check, or - for standard input; the one in use unless given.")
  static let spec = CommandSpec<any Command>(
    "check", summary: "Check a configuration file.",
    discussion: """
      Every profile is checked: types, addresses, secrets given once, files that settings name. Nothing is sent and \
      no command of a secret is run. The exit code is 3 when anything is wrong.
      """,
    examples: [
      Example("sms config check", "Check the configuration in use."),
      Example("sms config check new.toml", "Check another file."),
    ],
    operands: [file], make: ConfigCheckCommand.init)

  private let path: String?

  init(_ parsed: Parsed) throws(UsageError) {
    path = parsed[Self.file]
  }

  func run(_ context: Context) throws(CommandError) {
    let file = try CommandError.wrap { () throws(ConfigurationError) in
      let file = try ConfigurationFile(reading: try usedPath(context), context.environment)
      try check(file, context)
      return file
    }
    for unknown in file.unknownNames { context.note("warning: \(unknown.message)") }
    try context.print("\(file.path): ok, \(file.profiles.count) \(file.profiles.count == 1 ? "profile" : "profiles")\n")
  }

  /// A file without a profile may still have defaults that are wrong.
  private func checkDefaults(_ file: ConfigurationFile) throws(ConfigurationError) {
    let layers = SettingLayers(globals: nil, variables: [:], file: file)
    for spec in SettingCatalog.all where spec.kind != .secret { _ = try layers.entry(spec) }
  }

  private func usedPath(_ context: Context) throws(ConfigurationError) -> String {
    if let path { return path }
    return try ConfigurationPath(context.environment, context.globals).preferred()
  }

  /// Variables are left out: they belong to one run, the file to all.
  private func check(_ file: ConfigurationFile, _ context: Context) throws(ConfigurationError) {
    try checkDefaults(file)
    for profile in file.profiles {
      let layers = SettingLayers(globals: nil, variables: [:], file: file, profile: profile)
      let settings = try layers.settings()
      try SettingsCheck(settings: settings, layers: layers).run()
      _ = try settings.makeProviderWithoutSecrets(context.environment)
      try settings.checkFiles(context.environment)
    }
    guard let written = file.defaultProfile, let name = written.value.string else { return }
    guard file.profiles.contains(where: { $0.name == name }) else {
      throw ConfigurationError(
        .unknownProfile(name, known: file.profiles.map(\.name)), at: file.place(at: written.value.position))
    }
  }
}
