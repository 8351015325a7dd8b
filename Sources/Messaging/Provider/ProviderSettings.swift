/// The settings of one profile as an adapter needs them: checked, secrets resolved, files read.
public struct ProviderSettings: Sendable {
  /// Without a slash at its end.
  public var baseURL: String
  public var strings: [String: String]
  public var booleans: [String: Bool]
  public var devices: [DeviceSelector]
  public var serviceAccount: ServiceAccount?
  /// The zone in which the provider reads local times.
  public var timeZone: TimeZoneRules

  public init(
    baseURL: String, strings: [String: String] = [:], booleans: [String: Bool] = [:], devices: [DeviceSelector] = [],
    serviceAccount: ServiceAccount? = nil, timeZone: TimeZoneRules = .utc
  ) {
    self.baseURL = baseURL
    self.strings = strings
    self.booleans = booleans
    self.devices = devices
    self.serviceAccount = serviceAccount
    self.timeZone = timeZone
  }
}
