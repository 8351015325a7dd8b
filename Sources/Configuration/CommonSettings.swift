import CommandLineKit
import Messaging
import Output
import Providers

/// The settings that every profile can have, regardless of its provider.
package enum CommonSettings {
  package static let provider = SettingSpec("provider", .providerName, help: "The profile's provider")
  package static let baseURL = SettingSpec(
    "base_url", .url, help: "Base URL of the API")
  package static let allowHTTP = SettingSpec(
    "allow_http", .boolean, help: "Allow unencrypted HTTP to other hosts")
  package static let from = SettingSpec("from", .sender, help: "Sender number or sender ID")
  package static let countryCode = SettingSpec(
    "country_code", .countryCode, help: "Country code for numbers without one")
  package static let timeZone = SettingSpec(
    "time_zone", .timeZone, help: "Time zone of the provider's local times")
  package static let timeout = DefaultedSetting(
    "timeout", default: .seconds(30), help: "Time limit for each request")
  package static let connectTimeout = DefaultedSetting(
    "connect_timeout", default: .seconds(30), help: "Time limit for connecting (DNS, TCP, and TLS)")
  package static let retries = DefaultedSetting(
    "retries", range: 0...100, default: 3, help: "How many times to retry a request that was not accepted")
  package static let settle = SettingSpec(
    "settle", .duration, help: "How long a lost request may still arrive")
  package static let rate = SettingSpec("rate", .rate, help: "Maximum send rate, such as 5/s")
  package static let concurrency = DefaultedSetting(
    "concurrency", range: 1...1024, default: 8, help: "Maximum number of concurrent requests")
  package static let output = DefaultedSetting("output", default: .table, help: "Output format")
  package static let caFile = SettingSpec(
    "ca_file", .file, help: "CA certificates to trust (PEM), not the system's")
  package static let sendmailTo = SettingSpec(
    "sendmail_to", .string, help: "Numbers that get email addressed to anyone else")
  package static let proxy = SettingSpec("proxy", .url, help: "HTTP proxy to connect through")

  /// The default values, by name. The default of `base_url` depends on the provider.
  static let builtIn: [String: SettingValue] = [
    timeout.name: timeout.builtIn, connectTimeout.name: connectTimeout.builtIn, retries.name: retries.builtIn,
    concurrency.name: concurrency.builtIn, output.name: output.builtIn,
  ]

  package static let all = [
    provider, baseURL, allowHTTP, from, countryCode, timeZone, timeout.spec, connectTimeout.spec, retries.spec, settle,
    rate, concurrency.spec, output.spec, caFile, proxy, sendmailTo,
  ]
}

/// A setting that always has a value. Its default is declared only here: options, help, the template, and
/// `Settings` use it.
package struct DefaultedSetting<Value: Sendable>: Sendable {
  package let spec: SettingSpec
  package let `default`: Value
  let kind: ValueKind<Value>
  let wrap: @Sendable (Value) -> SettingValue
  let unwrap: @Sendable (SettingValue) -> Value?

  package var name: String { spec.name }

  /// The default, as the value of the lowest layer.
  var builtIn: SettingValue { wrap(`default`) }

  /// The option for this setting. It has no default, so that lower layers apply if it isn't given.
  package func option(short: Unicode.Scalar? = nil, group: String? = nil, help: String) -> Option<Value?> {
    Option(
      name.replacing("_", with: "-"), short: short, value: kind, fallback: kind.describe(`default`),
      variable: spec.variableName, group: group, help: help)
  }
}

extension DefaultedSetting<Duration> {
  init(_ name: String, default: Duration, help: String) {
    self.init(
      spec: SettingSpec(name, .duration, help: help), default: `default`, kind: .duration, wrap: SettingValue.duration,
      unwrap: { if case .duration(let time) = $0 { time } else { nil } })
  }
}

extension DefaultedSetting<Int> {
  init(_ name: String, range: ClosedRange<Int>, default: Int, help: String) {
    self.init(
      spec: SettingSpec(name, .integer(range), help: help), default: `default`, kind: .int(range),
      wrap: SettingValue.integer, unwrap: { if case .integer(let number) = $0 { number } else { nil } })
  }
}

extension DefaultedSetting<OutputFormat> {
  init(_ name: String, default: OutputFormat, help: String) {
    self.init(
      spec: SettingSpec(name, .outputFormat, help: help), default: `default`, kind: .enumeration(),
      wrap: SettingValue.outputFormat, unwrap: { if case .outputFormat(let format) = $0 { format } else { nil } })
  }
}

/// All settings: the common ones, and those that providers declare.
package enum SettingCatalog {
  /// The settings of a profile of this provider.
  package static func settings(of provider: any Provider.Type) -> [SettingSpec] {
    let own = provider.descriptor.settings
    return CommonSettings.all.filter { common in !own.contains { $0.name == common.name } } + own
  }

  /// The settings that are valid in `[defaults]`: those of all providers, without duplicate names.
  package static let all: [SettingSpec] = ProviderRegistry.all.reduce(into: CommonSettings.all) { known, provider in
    for setting in provider.descriptor.settings where !known.contains(where: { $0.name == setting.name }) {
      known.append(setting)
    }
  }

  /// The names of these settings in a file: a secret has four.
  package static func writtenNames(of settings: [SettingSpec]) -> [String] {
    settings.flatMap { setting in
      setting.kind == .secret ? SecretSource.suffixes.map { setting.name + $0 } : [setting.name]
    }
  }
}
