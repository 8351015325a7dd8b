import Messaging

/// The settings that every profile takes, whatever its provider.
package enum CommonSettings {
  package static let provider = SettingSpec("provider", .providerName, help: "Which provider the profile sends through")
  package static let baseURL = SettingSpec(
    "base_url", .url, help: "Where the provider's API is, without a path of a call")
  package static let allowHTTP = SettingSpec(
    "allow_http", .boolean, help: "Allow http for a host that is not this machine")
  package static let from = SettingSpec("from", .sender, help: "Sender number or sender ID")
  package static let countryCode = SettingSpec(
    "country_code", .countryCode, help: "Code for numbers written without one")
  package static let timeZone = SettingSpec(
    "time_zone", .timeZone, help: "Zone in which the provider reads local times")
  package static let timeout = SettingSpec("timeout", .duration, help: "Time for one whole request")
  package static let retries = SettingSpec(
    "retries", .integer(retriesRange), help: "How often a request that was surely not taken is tried again")
  package static let rate = SettingSpec("rate", .rate, help: "The most messages to send in a time")
  package static let concurrency = SettingSpec(
    "concurrency", .integer(concurrencyRange), help: "How many requests may be under way at once")
  package static let output = SettingSpec("output", .outputFormat, help: "How results are printed")
  package static let caFile = SettingSpec(
    "ca_file", .file, help: "Certificates to trust, in PEM, in place of the system's")
  package static let proxy = SettingSpec("proxy", .url, help: "HTTP proxy to connect through")

  package static let retriesRange = 0...100
  package static let concurrencyRange = 1...1024
  package static let defaultTimeout = Duration.seconds(30)
  package static let defaultRetries = 3
  package static let defaultConcurrency = 8

  /// What holds where no layer says anything.
  package static func builtIn(for provider: ProviderDescriptor) -> [String: SettingValue] {
    [
      baseURL.name: .string(provider.defaultBaseURL), timeout.name: .duration(defaultTimeout),
      retries.name: .integer(defaultRetries), concurrency.name: .integer(defaultConcurrency),
      output.name: .outputFormat(.table),
    ]
  }

  package static let all = [
    provider, baseURL, allowHTTP, from, countryCode, timeZone, timeout, retries, rate, concurrency, output, caFile,
    proxy,
  ]
}
