import CommandLineKit
import Messaging
import Providers

/// Writes a first configuration file, never over an existing one.
struct ConfigInitCommand: Command {
  static let provider = Option(
    "provider", value: .choice(ProviderRegistry.all.map { $0.descriptor.name }),
    help: "Write a profile for this provider instead of examples only.")
  static let spec = CommandSpec<any Command>(
    "init", summary: "Write a commented configuration file.",
    discussion: """
      The file goes to where 'sms config path' says, readable by you alone. An existing file is never touched. With \
      --provider it has a profile that takes its secrets from environment variables; without, all is commented out.
      """,
    examples: [
      Example("sms config init --provider sendapp", "Start with a profile for Sendapp."),
      Example("sms -c work.toml config init", "Write it to another place."),
    ],
    options: [provider], make: ConfigInitCommand.init)

  private let provider: String?

  init(_ parsed: Parsed) throws(UsageError) {
    provider = parsed[Self.provider]
  }

  func run(_ context: Context) throws(CommandError) {
    try context.print("\(try written(context))\n")
  }

  /// The path of the file, once it is there.
  private func written(_ context: Context) throws(CommandError) -> String {
    do {
      let path = try ConfigurationPath(context.environment, context.globals).preferred()
      try write(to: path, context.environment.files)
      return path
    } catch {
      throw .configuration(error)
    }
  }

  private func write(to path: String, _ files: FileAccess) throws(ConfigurationError) {
    let text = ConfigurationTemplate(active: provider).text
    do {
      if let slash = path.lastIndex(of: "/"), slash != path.startIndex { try files.makeFolders(String(path[..<slash])) }
      try files.create(path, Array(text.utf8))
    } catch {
      throw ConfigurationError(error.isAlreadyThere ? .fileExists(path: path) : .unwritable(path: path, error))
    }
  }
}

/// The text of a first configuration: every setting there is, commented out but for one profile.
struct ConfigurationTemplate {
  /// Name of the provider whose profile is not commented out.
  var active: String?

  var text: String {
    ([head] + ProviderRegistry.all.map { $0.descriptor }.sorted(by: activeFirst).map(profile)).joined(separator: "\n")
  }

  private var head: String {
    """
    # Configuration of sms (TOML 1.0). 'sms config check' checks it, 'sms config show' says what is in force.
    # A secret such as key can also be given as key_env (name of a variable), key_file or key_command.

    \(active.map { "default_profile = \"\($0)\"" } ?? "# default_profile = \"office\"")

    # [defaults]
    \(CommonSettings.all.filter { $0.kind != .providerName }.map(commented).joined(separator: "\n"))

    """
  }

  private func activeFirst(_ left: ProviderDescriptor, _ right: ProviderDescriptor) -> Bool {
    left.name == active && right.name != active
  }

  private func profile(of provider: ProviderDescriptor) -> String {
    let isActive = provider.name == active
    let mark = isActive ? "" : "# "
    let needed = Set(provider.credentials.first ?? [])
    let settings = provider.settings.map { setting in
      isActive && needed.contains(setting.name) ? required(setting, of: provider) : commented(setting)
    }
    return """
      # \(provider.title)
      \(mark)[profiles.\(provider.name)]
      \(mark)provider = "\(provider.name)"
      \(settings.joined(separator: "\n"))

      """
  }

  /// A setting that the profile can't do without; secrets are taken from a variable.
  private func required(_ setting: SettingSpec, of provider: ProviderDescriptor) -> String {
    guard setting.kind == .secret else { return "\(setting.name) = \(setting.example)  # \(setting.help)" }
    let variable = "\(provider.name)_\(setting.name)".uppercased()
    return "\(setting.name)_env = \"\(variable)\"  # \(setting.help)"
  }

  private func commented(_ setting: SettingSpec) -> String {
    "# \(setting.name) = \(setting.example)  # \(setting.help)"
  }
}

extension SettingSpec {
  /// A value as it may be written in a file.
  fileprivate var example: String {
    switch kind {
    case .boolean: "false"
    case .integer: name == CommonSettings.concurrency.name ? "8" : "3"
    case .duration: "\"30s\""
    case .rate: "\"5/s\""
    case .devices: "[\"1\", \"2:0\"]"
    case .countryCode: "\"+1\""
    case .timeZone: "\"America/New_York\""
    case .outputFormat: "\"table\""
    case .sender: "\"+15550100000\""
    case .url: "\"https://example.com\""
    case .file: "\"~/path/to/file\""
    default: "\"…\""
    }
  }
}
