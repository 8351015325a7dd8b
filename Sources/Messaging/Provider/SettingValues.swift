/// What a profile says in a provider's settings, each checked by itself: what typed settings and credentials are made of.
public struct SettingValues: Sendable {
  /// Without a slash at its end.
  public var baseURL: String
  /// Texts by the setting's name; secrets are there when they have been fetched.
  public var strings: [String: String]
  public var booleans: [String: Bool]
  public var devices: [DeviceSelector]
  /// What is in the files that settings name.
  public var files: [String: [UInt8]]
  /// The zone in which the provider reads local times.
  public var timeZone: TimeZoneRules

  public init(
    baseURL: String, strings: [String: String] = [:], booleans: [String: Bool] = [:], devices: [DeviceSelector] = [],
    files: [String: [UInt8]] = [:], timeZone: TimeZoneRules = .utc
  ) {
    self.baseURL = baseURL
    self.strings = strings
    self.booleans = booleans
    self.devices = devices
    self.files = files
    self.timeZone = timeZone
  }

  /// A setting that is there, and not blank; nil for any other.
  public func text(_ name: String) -> String? {
    strings[name].flatMap { $0.isBlank ? nil : $0 }
  }

  /// A setting without which there is no way to go on.
  public func required(_ name: String) throws(SettingError) -> String {
    guard let text = text(name) else { throw .missing(name) }
    return text
  }
}

/// Why there are no typed settings or credentials.
public enum SettingError: Error, Hashable, Sendable {
  case missing(String)
  /// The file that the setting names is not what it should be.
  case unusableFile(setting: String, reason: String)
}
