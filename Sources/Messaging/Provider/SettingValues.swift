/// The values of a provider's settings in a profile, each checked on its own, for making adapters and credentials.
public struct SettingValues: Sendable {
  /// Without a trailing slash.
  public var baseURL: String
  /// Values by setting name; secrets are included once they have been fetched.
  public var strings: [String: String]
  public var booleans: [String: Bool]
  public var devices: [DeviceSelector]
  /// The content of the files that settings name.
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

  /// A setting that is present and not blank; nil otherwise.
  public func text(_ name: String) -> String? {
    strings[name].flatMap { $0.isBlank ? nil : $0 }
  }

  /// A required setting; throws if it is missing or blank.
  public func required(_ name: String) throws(SettingError) -> String {
    guard let text = text(name) else { throw .missing(name) }
    return text
  }
}

/// Why adapter or credentials can't be made from the settings.
public enum SettingError: Error, Hashable, Sendable {
  case missing(String)
  /// The content of the file named by the setting is not what it should be.
  case unusableFile(setting: String, reason: String)
}
