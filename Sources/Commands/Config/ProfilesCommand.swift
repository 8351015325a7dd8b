import Application
import CommandLineKit
import Configuration
import Messaging
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
