import CommandLineKit
import Messaging
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
