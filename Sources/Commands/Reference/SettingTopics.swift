import Application
import CommandLineKit
import Configuration
import Messaging
import Providers

extension ReferenceTopics {
  static var configuration: ReferenceSection {
    ReferenceSection(
      "Configuration", topic: "config", page: ["sms", "config"],
      text: """
        A TOML file, the first of: --config, $SMS_CONFIG, ~/.config/sms/config.toml (in $XDG_CONFIG_HOME if that is \
        set), ~/.smsrc. To create one, run 'sms config init'.

          default_profile = "office"

          [defaults]
          country_code = "+44"

          [profiles.office]
          provider = "vpixelpro"
          key_command = "pass show sms/office"

        Precedence: option, variable, profile, [defaults]. 'sms config show' shows what is in effect. Each secret is given in \
        one of four forms: key, key_env (name of a variable), key_file, key_command.
        """,
      entries: [("\(StateDirectory.setting) (top level)", "\(StateDirectory.help).")]
        + CommonSettings.all.map { ($0.name, "\($0.help).") } + ProviderRegistry.all.flatMap(ownSettings))
  }

  /// The provider's own settings, and common ones that have another meaning for it.
  private static func ownSettings(of provider: any Provider.Type) -> [(term: String, meaning: String)] {
    provider.descriptor.settings.map { ("\($0.name) (\(provider.descriptor.name))", "\($0.help).") }
  }

  static var environment: ReferenceSection {
    ReferenceSection(
      "Environment", topic: "environment",
      text: """
        Every setting can also be set by a variable: SMS_ and its name in capitals. With SMS_PROVIDER set, no file is \
        needed, and no profile is used unless you name one. An empty variable counts as not set.
        """,
      entries: [
        ("SMS_CONFIG", "The configuration file."), ("SMS_PROFILE", "The profile to use."),
        (StateDirectory.variable, "The directory of the ledger."),
      ] + SettingCatalog.all.map { ($0.variables, "\($0.help).") } + [
        ("HOME, XDG_CONFIG_HOME", "Where to look for the configuration."),
        (
          "HOME, XDG_STATE_HOME",
          "Where the ledger is kept, unless SMS_STATE_DIR or state_dir is set. Without HOME: the user's home folder."
        ),
        ("SMS_SEND_KEY", "The key for send, list-send, and otp send, if --key is not given."),
        ("TZ", "The time zone for times without one."),
        ("SMS_PAGER, PAGER", "The pager for long tables on a terminal; cat or an empty SMS_PAGER for none."),
        (
          "NO_COLOR, FORCE_COLOR, CLICOLOR, CLICOLOR_FORCE, TERM",
          "Whether tables are colored; --color overrides them all."
        ),
        ("https_proxy, http_proxy, no_proxy", "The proxy to connect through, unless proxy is set."),
      ])
  }
}

extension SettingSpec {
  /// The variables for the setting: a secret has four.
  fileprivate var variables: String {
    let name = "SMS_\(name.uppercased())"
    return kind == .secret ? "\(name), \(name)_ENV, \(name)_FILE, \(name)_COMMAND" : name
  }
}
