import CommandLineKit
import Messaging
import Output
import TextFormats

/// The settings of this run: those of one profile, from all layers.
package struct Settings: Sendable {
  /// A value and the layer it comes from.
  package struct Entry: Hashable, Sendable {
    package var value: SettingValue
    package var origin: Origin
  }

  /// A secret's source, and the layer it comes from.
  package struct SecretEntry: Hashable, Sendable {
    package var source: SecretSource
    package var origin: Origin
  }

  package var provider: any Provider.Type
  /// Nil when only variables are used.
  package var profile: ChosenProfile?
  /// By name; settings without a value are missing.
  package var entries: [String: Entry] = [:]
  package var secrets: [String: SecretEntry] = [:]
  /// The configuration file; nil if variables define everything.
  package var file: ConfigurationFile?

  /// A profile's name, and what selected it.
  package struct ChosenProfile: Hashable, Sendable {
    package var name: String
    package var origin: Origin
  }

  package var descriptor: ProviderDescriptor { provider.descriptor }

  /// Relative paths in the configuration are relative to this directory; nil for the current directory.
  package var folder: String? { file?.folder }

  /// Where the value of a setting or secret is written.
  func place(of name: String) -> ConfigurationError.Place? {
    (entries[name]?.origin ?? secrets[name]?.origin)?.place(in: file)
  }

  /// Adds to a message record what is the same for the whole run.
  package func completed(_ record: consuming MessageRecord) -> MessageRecord {
    record.provider = descriptor.name
    record.profile = profile?.name
    return record
  }

  package func string(_ name: String) -> String? {
    if case .string(let text) = entries[name]?.value { text } else { nil }
  }

  package func boolean(_ name: String) -> Bool? {
    if case .boolean(let flag) = entries[name]?.value { flag } else { nil }
  }

  /// The value of a setting that always has one.
  package subscript<Value>(setting: DefaultedSetting<Value>) -> Value {
    entries[setting.name].flatMap { setting.unwrap($0.value) } ?? setting.default
  }

  /// How long a request whose reply was lost may take to arrive.
  package var settle: Duration {
    if case .duration(let time) = entries[CommonSettings.settle.name]?.value { return time }
    return self[CommonSettings.timeout] + .seconds(60)
  }

  package var rate: Rate? {
    if case .rate(let rate) = entries[CommonSettings.rate.name]?.value { rate } else { nil }
  }

  package var devices: [DeviceSelector] {
    if case .devices(let devices) = entries["devices"]?.value { devices } else { [] }
  }

  package var countryCode: CountryCode? {
    if case .countryCode(let code) = entries[CommonSettings.countryCode.name]?.value { code } else { nil }
  }

  /// The profile's sender, if the provider supports senders.
  package var defaultSender: String? {
    descriptor.features.contains(.from) ? string(CommonSettings.from.name) : nil
  }
}

/// Where a setting's value comes from.
package enum Origin: Hashable, Sendable {
  case option(String)
  case variable(String)
  case profile(String, TextPosition)
  case defaults(TextPosition)
  /// A key before the first table of the file.
  case topLevel(String, TextPosition)
  /// There is only one profile.
  case onlyProfile
  case builtIn

  /// The text in `config show`, such as `profile office, line 9`.
  package var text: String {
    switch self {
    case .option(let name): "option \(name)"
    case .variable(let name): "variable \(name)"
    case .profile(let name, let position): "profile \(name), line \(position.line)"
    case .defaults(let position): "[defaults], line \(position.line)"
    case .topLevel(let name, let position): "\(name), line \(position.line)"
    case .onlyProfile: "the only profile"
    case .builtIn: "built-in"
    }
  }
}

/// The directory for data that must outlast a run: the ledger, and the files next to it.
package struct StateDirectory: Hashable, Sendable {
  package static let setting = "state_dir"
  package static let variable = "SMS_STATE_DIR"
  package static let help = "Directory of the ledger; a relative path is relative to the configuration file"

  package var path: String
  /// The source of the path.
  package var origin: Origin
}

extension ConfigurationSource {
  /// The state directory of this run; nil if there is no home directory to put it in.
  ///
  /// Throws if the configuration can't be read, because it may specify another ledger.
  package func stateDirectory() throws(ConfigurationError) -> StateDirectory? {
    if let path = inputs.variable(StateDirectory.variable) {
      return StateDirectory(path: path, origin: .variable(StateDirectory.variable))
    }
    return try file()?.stateDirectory(inputs) ?? usualStateDirectory
  }

  /// The default state directory, used if neither `SMS_STATE_DIR` nor the configuration specifies one.
  package var usualStateDirectory: StateDirectory? {
    if let folder = inputs.variable("XDG_STATE_HOME"), folder.hasPrefix("/") {
      return StateDirectory(path: "\(folder)/sms", origin: .variable("XDG_STATE_HOME"))
    }
    return inputs.variable("HOME").map { StateDirectory(path: "\($0)/.local/state/sms", origin: .builtIn) }
  }
}

extension ConfigurationFile {
  fileprivate func stateDirectory(_ inputs: ConfigurationInputs) -> StateDirectory? {
    guard let entry = stateDirectory, let written = entry.value.string else { return nil }
    let origin = Origin.topLevel(entry.key.name, entry.value.position)
    return StateDirectory(path: ConfigurationFolder(inputs, folder).path(written, from: origin), origin: origin)
  }
}

/// The options that every command takes.
package enum GlobalOptions {
  package static let profile = Option(
    "profile", short: "p", value: .string.named("NAME").completed(by: .dynamic("profiles")), variable: "SMS_PROFILE",
    guidesCompletion: true, help: "Use this profile of the configuration.")
  package static let config = Option(
    "config", short: "c", value: .file, variable: "SMS_CONFIG", guidesCompletion: true,
    help: "Read this configuration file.")
  package static let output = CommonSettings.output.option(short: "o", help: "Output format.")
  package static let json = Flag("json", help: "Same as --output json.")
  package static let jq = Option("jq", value: .string.named("EXPR"), help: "Filter JSON output with jq, like 'jq -r'.")
  package static let columns = Option(
    "columns", value: .list(of: ValueKind<String>.string.named("NAME").completed(by: .dynamic("columns"))),
    help: "Print only these columns, in this order; 'help' lists them.")
  package static let noHeader = Flag("no-header", help: "Don't print the header.")
  package static let raw = Flag("raw", help: "Include the provider's original object as 'raw'.")
  package static let quiet = CountedFlag(
    "quiet", short: "q", help: "Don't print progress, notes, or the summary; -qq also hides results on success.")
  package static let verbose = Flag(
    "verbose", short: "v", help: "Show requests and replies, with secrets masked.")
  package static let csvSafe = Flag("csv-safe", help: "Escape CSV cells that look like formulas.")
  package static let color = Option(
    "color", value: .enumeration(ColorChoice.self), default: .auto,
    help: "When to color tables.")
  package static let noColor = Flag("no-color", help: "Same as --color never.")
  package static let timeout = CommonSettings.timeout.option(help: "Time limit for each request.")
  package static let connectTimeout = CommonSettings.connectTimeout.option(help: "Time limit for connecting.")
  package static let retries = CommonSettings.retries.option(
    help: "How many times to retry a request that was not accepted.")
  package static let allowUnusualNumbers = Flag(
    "allow-unusual-numbers", help: "Accept numbers with + that don't fit a numbering plan.")
  package static let noInput = Flag("no-input", help: "Never ask questions.")

  package static let all: [any OptionDeclaration] = [
    profile, config, output, json, jq, columns, noHeader, raw, quiet, verbose, csvSafe, color, noColor, timeout,
    connectTimeout, retries, allowUnusualNumbers, noInput,
  ]
}

extension Parsed {
  /// When tables are colored: the last of `--no-color` and `--color` wins.
  package var color: ColorChoice {
    isLast(GlobalOptions.noColor, before: GlobalOptions.color) ? .never : self[GlobalOptions.color]
  }

  /// The format that options select; nil if none does.
  package var outputFormat: OutputFormat? {
    if isLast(GlobalOptions.json, before: GlobalOptions.output) { return .json }
    return self[GlobalOptions.output] ?? (self[GlobalOptions.jq] == nil ? nil : .json)
  }
}

/// When tables are colored.
package enum ColorChoice: String, CaseIterable, Sendable {
  case auto, always, never
}
