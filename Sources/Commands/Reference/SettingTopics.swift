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
        A TOML file: the one that --config names, else $SMS_CONFIG, else ~/.config/sms/config.toml (below \
        $XDG_CONFIG_HOME where that is set), else ~/.smsrc. 'sms config init' writes one to start from.

          default_profile = "office"

          [defaults]
          country_code = "+44"

          [profiles.office]
          provider = "vpixelpro"
          key_command = "pass show sms/office"

        An option beats a variable, that the profile, that [defaults]; 'sms config show' says which holds. Each secret is \
        given in one of four forms: key, key_env (name of a variable), key_file, key_command.
        """,
      entries: [("\(StateDirectory.setting) (top level)", "\(StateDirectory.help).")]
        + CommonSettings.all.map { ($0.name, "\($0.help).") } + ProviderRegistry.all.flatMap(ownSettings))
  }

  /// Those that a provider has beyond the common ones, or means in another way.
  private static func ownSettings(of provider: any Provider.Type) -> [(term: String, meaning: String)] {
    provider.descriptor.settings.map { ("\($0.name) (\(provider.descriptor.name))", "\($0.help).") }
  }

  static var environment: ReferenceSection {
    ReferenceSection(
      "Environment", topic: "environment",
      text: """
        Every setting is also a variable, SMS_ and its name in capitals. With SMS_PROVIDER set no file is needed, and no \
        profile is used unless it is named. An empty variable counts as not set.
        """,
      entries: [
        ("SMS_CONFIG", "The configuration file."), ("SMS_PROFILE", "The profile to use."),
        (StateDirectory.variable, "The folder of the ledger."),
      ] + SettingCatalog.all.map { ($0.variables, "\($0.help).") } + [
        ("HOME, XDG_CONFIG_HOME", "Where the configuration is looked for."),
        (
          "HOME, XDG_STATE_HOME",
          "Where the ledger is, without SMS_STATE_DIR and state_dir. Without HOME: the user's home folder."
        ),
        ("SMS_SEND_KEY", "The key of send, list-send and otp send, without --key."),
        ("TZ", "The zone in which times without one are read."),
        ("SMS_PAGER, PAGER", "What long tables are shown with on a terminal; cat or an empty SMS_PAGER for nothing."),
        ("NO_COLOR, CLICOLOR, CLICOLOR_FORCE, TERM", "Whether tables are colored; --color beats them all."),
        ("https_proxy, http_proxy, no_proxy", "The proxy to connect through, unless proxy is set."),
      ])
  }
}

extension SettingSpec {
  /// The variables that stand for it: a secret has four.
  fileprivate var variables: String {
    let name = "SMS_\(name.uppercased())"
    return kind == .secret ? "\(name), \(name)_ENV, \(name)_FILE, \(name)_COMMAND" : name
  }
}
