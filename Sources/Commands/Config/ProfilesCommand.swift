import Application
import CommandLineKit
import Configuration
import Messaging
import Output
import Providers
import TextFormats

/// Lists the profiles of the configuration.
struct ProfilesCommand: Command {
  static let spec = CommandSpec<any Command>(
    "profiles", summary: "List the profiles of the configuration.",
    discussion: """
      Shows the provider and address of each profile, the line where it is defined, and whether it is the default. \
      Makes no connection, and fetches no secrets.
      """,
    examples: [
      Example("sms profiles", "List all profiles."),
      Example("sms profiles --jq '.[] | select(.default).name'", "Print the name of the default profile."),
    ],
    group: "Setup", columns: ProfileRecord.listedColumns, exits: .configuring, make: { _ in ProfilesCommand() })

  func run(_ context: Context) throws {
    let printer = try context.printer(of: ProfileRecord.self, isPaged: true)
    let file = try context.configuration.file()
    let used = try? context.configuration.layers(file).profile?.name
    for profile in file?.profiles ?? [] {
      try printer.printSoon(ProfileRecord(profile, in: file, isDefault: profile.name == used))
    }
    try printer.finish()
  }
}

/// A row of the list.
struct ProfileRecord: Record {
  var name: String
  var provider: String?
  var baseURL: String?
  /// Where the profile is defined.
  var origin: String
  var isDefault: Bool

  static var plural: String { "profiles" }
  static var importance: [String] { ["name", "default", "provider", "base_url"] }

  static let fields: [RecordField<ProfileRecord>] = [
    RecordField("name", \.name, [.inTable, .name], meaning: "as --profile takes it"),
    RecordField("provider", \.provider, [.inTable, .name], meaning: "the provider's name"),
    RecordField("base_url", \.baseURL, [.inTable, .name], meaning: "where the provider's API is"),
    RecordField("origin", \.origin, .inTable, meaning: "file and line where it is written"),
    RecordField("default", \.isDefault, [.inTable, .mark], meaning: "whether it is used unless another is named"),
  ]

  init(_ profile: ConfigurationFile.Profile, in file: ConfigurationFile?, isDefault: Bool) {
    let layers = SettingLayers(globals: nil, variables: [:], file: file, profile: profile)
    let descriptor = layers.text(CommonSettings.provider).flatMap(ProviderRegistry.provider(named:))?.descriptor
    name = profile.name
    provider = layers.text(CommonSettings.provider)
    baseURL = (layers.text(CommonSettings.baseURL) ?? descriptor?.defaultBaseURL)?.hidingUserInformation
    origin = "\(file?.path ?? ""):\(profile.position.line)"
    self.isDefault = isDefault
  }
}

extension SettingLayers {
  /// The text of a setting; nil if it isn't set or is invalid.
  fileprivate func text(_ spec: SettingSpec) -> String? {
    guard case .string(let text)? = (try? entry(spec))??.value else { return nil }
    return text
  }
}

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

/// The options of `config add` for settings: `--from` for `from`; `--key-env`, `--key-file`, and `--key-command`
/// for `key`. Secrets themselves aren't options, because other users could see them in the process list.
enum ProfileOptions {
  /// A setting, or a form of a secret, with its option.
  struct Entry: Sendable {
    var spec: SettingSpec
    /// The name in the file: `key_env`.
    var name: String
    var option: any OptionDeclaration
    let text: @Sendable (Parsed) -> String?

    /// Whether it is a path, which in a file is relative to the file's directory.
    var isPath: Bool { spec.kind == .file || name.hasSuffix("_file") }
  }

  /// Secrets first. Excludes `provider`, and settings whose names are global options.
  static let entries: [Entry] =
    SettingCatalog.all.filter { $0.kind == .secret }.flatMap { spec in
      SecretSource.suffixes.dropFirst().map { Entry(secret: spec, form: $0) }
    } + SettingCatalog.all.filter { $0.kind != .secret && !omitted.contains($0.name) }.map { Entry($0) }

  /// Global options that set the profile's settings here, because nothing is sent.
  static let globals: [Entry] = [
    Entry(CommonSettings.timeout.spec, GlobalOptions.timeout) { $0?.words },
    Entry(CommonSettings.connectTimeout.spec, GlobalOptions.connectTimeout) { $0?.words },
    Entry(CommonSettings.retries.spec, GlobalOptions.retries) { $0.map(String.init) },
  ]

  private static let omitted = [
    CommonSettings.provider.name, CommonSettings.timeout.name, CommonSettings.connectTimeout.name,
    CommonSettings.retries.name, CommonSettings.output.name,
  ]
}

extension ProfileOptions.Entry {
  fileprivate init(_ spec: SettingSpec) {
    let name = spec.name.replacing("_", with: "-")
    if spec.kind == .boolean {
      let flag = Flag(name, group: "Settings", help: "\(spec.help).")
      self.init(spec: spec, name: spec.name, option: flag) { $0[flag] ? "true" : nil }
    } else {
      let kind = ValueKind<String>.string.named(spec.kind == .file ? "FILE" : "VALUE")
      let option = Option(name, value: kind, group: "Settings", help: "\(spec.help).")
      self.init(spec: spec, name: spec.name, option: option) { $0[option] }
    }
  }

  fileprivate init(secret spec: SettingSpec, form suffix: String) {
    let forms = [
      "_env": ("VARIABLE", "Environment variable with the \(spec.name)."),
      "_file": ("FILE", "File with the \(spec.name)."),
      "_command": ("CMD", "Command that prints the \(spec.name)."),
    ]
    let (placeholder, help) = forms[suffix] ?? ("VALUE", "")
    let option = Option(
      (spec.name + suffix).replacing("_", with: "-"), value: .string.named(placeholder), group: "Secrets", help: help)
    self.init(spec: spec, name: spec.name + suffix, option: option) { $0[option] }
  }

  fileprivate init<Value>(
    _ spec: SettingSpec, _ option: Option<Value?>, text: @escaping @Sendable (Value?) -> String?
  ) {
    self.init(spec: spec, name: spec.name, option: option) { text($0[option]) }
  }
}
