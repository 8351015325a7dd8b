import Messaging
import Providers

/// The text of an initial configuration: all settings, commented out except in one profile.
package struct ConfigurationTemplate: Sendable {
  /// The name of the provider whose profile isn't commented out.
  package var active: String?
  /// Known settings of that profile; other secrets that it needs come from variables.
  package var values: [String: String] = [:]

  package init(active: String?) {
    self.active = active
  }

  package var text: String {
    ([head] + ProviderRegistry.all.map { $0.descriptor }.sorted(by: activeFirst).map(profile)).joined(separator: "\n")
  }

  /// The variables that provide the profile's secrets.
  package var variables: [String] {
    guard let provider = active.flatMap(ProviderRegistry.provider)?.descriptor else { return [] }
    let needed = Set(provider.credentials.first ?? [])
    return provider.settings.filter { needed.contains($0.name) && $0.kind == .secret && values[$0.name] == nil }
      .map { variable(of: $0, provider) }
  }

  /// What the user must fill in before the profile can send.
  package var unfilled: [String] {
    guard let provider = active.flatMap(ProviderRegistry.provider)?.descriptor else { return [] }
    let needed = (provider.credentials.first ?? []) + (provider.needsSender ? [CommonSettings.from.name] : [])
    return provider.settings.filter { needed.contains($0.name) && $0.kind != .secret && values[$0.name] == nil }
      .map(\.name)
  }

  private var head: String {
    """
    # Configuration of sms (TOML 1.0). Check it with 'sms config check'; see the result with 'sms config show'.
    # A secret such as key can also be given as key_env (name of a variable), key_file or key_command.

    \(active.map { "default_profile = \"\($0)\"" } ?? "# default_profile = \"office\"")
    # \(StateDirectory.setting) = "~/.local/state/sms"  # \(StateDirectory.help)

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
      isActive && (needed.contains(setting.name) || values[setting.name] != nil)
        ? required(setting, of: provider) : commented(setting)
    }
    return """
      # \(provider.title)
      \(mark)[profiles.\(provider.name)]
      \(mark)provider = "\(provider.name)"
      \(settings.joined(separator: "\n"))

      """
  }

  /// The line for a required setting.
  private func required(_ setting: SettingSpec, of provider: ProviderDescriptor) -> String {
    if let value = values[setting.name] { return "\(setting.name) = \(value.tomlQuoted)  # \(setting.help)" }
    guard setting.kind == .secret else { return "\(setting.name) = \(setting.example)  # \(setting.help)" }
    return "\(setting.name)_env = \"\(variable(of: setting, provider))\"  # \(setting.help)"
  }

  private func variable(of setting: SettingSpec, _ provider: ProviderDescriptor) -> String {
    "\(provider.name)_\(setting.name)".uppercased()
  }

  private func commented(_ setting: SettingSpec) -> String {
    "# \(setting.name) = \(setting.example)  # \(setting.help)"
  }
}

extension String {
  /// As a basic string of TOML 1.0.
  package var tomlQuoted: String {
    let escaped = unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case "\t": "\\t"
      case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}":
        "\\u00\(scalar.value < 0x10 ? "0" : "")\(String(scalar.value, radix: 16))"
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}

extension SettingSpec {
  /// A sample value as it is written in a file: the default if there is one.
  fileprivate var example: String {
    if let value = CommonSettings.builtIn[name] { return value.tomlText }
    return switch kind {
    case .boolean: "false"
    case .rate: "\"5/s\""
    case .duration: "\"90s\""
    case .devices: "[\"1\", \"2:0\"]"
    case .countryCode: "\"+1\""
    case .timeZone: "\"America/New_York\""
    case .sender: "\"+15550100000\""
    case .senderID: "\"Shop\""
    case .url: "\"https://example.com\""
    case .file: "\"~/path/to/file\""
    default: ConfigurationFile.placeholder.tomlQuoted
    }
  }
}
