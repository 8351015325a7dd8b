import CommandLineKit
import Messaging

/// What holds for this run: one profile's settings with all layers laid over each other.
struct Settings: Sendable {
  /// A value and the layer it comes from.
  struct Entry: Hashable, Sendable {
    var value: SettingValue
    var origin: Origin
  }

  /// A secret, not yet fetched, and the layer it comes from.
  struct SecretEntry: Hashable, Sendable {
    var source: SecretSource
    var origin: Origin
  }

  var provider: any Provider.Type
  /// Nil when only variables are used.
  var profile: ChosenProfile?
  /// In the order of the catalog; settings without a value are missing.
  var entries: [String: Entry] = [:]
  var secrets: [String: SecretEntry] = [:]
  /// Folder that relative paths in the configuration start from; nil for the current one.
  var folder: String?

  /// A profile's name, and what chose it.
  struct ChosenProfile: Hashable, Sendable {
    var name: String
    var origin: Origin
  }

  var descriptor: ProviderDescriptor { provider.descriptor }

  /// A record of a message with what is the same for all of this run.
  func completed(_ record: consuming MessageRecord) -> MessageRecord {
    record.provider = descriptor.name
    record.profile = profile?.name
    return record
  }

  func string(_ name: String) -> String? {
    if case .string(let text) = entries[name]?.value { text } else { nil }
  }

  func boolean(_ name: String) -> Bool? {
    if case .boolean(let flag) = entries[name]?.value { flag } else { nil }
  }

  func integer(_ name: String) -> Int? {
    if case .integer(let number) = entries[name]?.value { number } else { nil }
  }

  var timeout: Duration {
    if case .duration(let time) = entries[CommonSettings.timeout.name]?.value {
      time
    } else {
      CommonSettings.defaultTimeout
    }
  }

  var rate: Rate? {
    if case .rate(let rate) = entries[CommonSettings.rate.name]?.value { rate } else { nil }
  }

  var devices: [DeviceSelector] {
    if case .devices(let devices) = entries["devices"]?.value { devices } else { [] }
  }

  var countryCode: CountryCode? {
    if case .countryCode(let code) = entries[CommonSettings.countryCode.name]?.value { code } else { nil }
  }

  var retries: Int { integer(CommonSettings.retries.name) ?? CommonSettings.defaultRetries }

  var concurrency: Int { integer(CommonSettings.concurrency.name) ?? CommonSettings.defaultConcurrency }

  /// The profile's sender, for providers that take one.
  var defaultSender: String? {
    descriptor.features.contains(.from) ? string(CommonSettings.from.name) : nil
  }
}
