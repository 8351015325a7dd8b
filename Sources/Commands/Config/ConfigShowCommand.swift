import Application
import CommandLineKit
import Configuration
import Messaging
import Output
import TextFormats

/// Shows the settings of the profile in use, and where each is set.
struct ConfigShowCommand: Command {
  static let spec = CommandSpec<any Command>(
    "show", summary: "Show the settings in use and where they are set.",
    discussion: """
      Secrets are masked and not fetched.
      """,
    examples: [
      Example("sms config show", "Show the settings of the default profile."),
      Example("sms -p smsit config show -o json", "Show those of another profile as JSON."),
    ],
    columns: ShownSetting.listedColumns, exits: .configuring, make: { _ in ConfigShowCommand() })

  func run(_ context: Context) throws {
    let settings = try context.settings()
    let printer = try context.printer(of: ShownSetting.self)
    let mask = settings.maskOfKnownSecrets(context.inputs)
    if let profile = settings.profile {
      try printer.print(ShownSetting(setting: "profile", value: profile.name, origin: profile.origin.text))
    }
    if let directory = try context.configuration.stateDirectory() {
      try printer.print(
        ShownSetting(setting: StateDirectory.setting, value: directory.path, origin: directory.origin.text))
    }
    for spec in SettingCatalog.settings(of: settings.provider) {
      if let entry = settings.entries[spec.name] {
        try printer.print(
          ShownSetting(setting: spec.name, value: mask.masking(entry.value.shown), origin: entry.origin.text))
      } else if let entry = settings.secrets[spec.name] {
        try printer.print(ShownSetting(spec.name, entry))
      }
    }
    try printer.finish()
  }
}

/// A row of the output.
private struct ShownSetting: Record {
  var setting: String
  var value: String
  var origin: String

  static let fields: [RecordField<ShownSetting>] = [
    RecordField("setting", \.setting, [.inTable, .name], meaning: "the name of the setting"),
    RecordField("value", \.value, [.inTable, .detail], meaning: "its value; secrets are masked"),
    RecordField("origin", \.origin, .inTable, meaning: "where the value comes from"),
  ]
}

extension ShownSetting {
  init(_ name: String, _ entry: Settings.SecretEntry) {
    origin = entry.origin.text
    switch entry.source {
    case .inline: (setting, value) = (name, "********")
    case .variable(let variable):
      (setting, value) = ("\(name)_env", variable.looksLikeVariable ? variable : SecretMask.mask)
    case .file(let path): (setting, value) = ("\(name)_file", path)
    case .command(let command): (setting, value) = ("\(name)_command", command)
    }
  }
}
