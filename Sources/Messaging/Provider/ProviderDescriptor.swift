/// The single description of a provider, used by configuration, environment variables, masking, help and docs. A
/// shared object, as it is accessed for each message.
public final class ProviderDescriptor: Sendable {
  /// The name in `provider = "…"`, such as `voipcomm`.
  public let name: String
  /// The name for people.
  public let title: String
  public let defaultBaseURL: String
  /// Its own settings, beyond the common ones.
  public let settings: [SettingSpec]
  /// Sets of settings, exactly one of which must be complete, such as key and password.
  public let credentials: [[String]]
  /// The features that it supports for messages.
  public let features: Set<SendFeature>
  /// Whether a sender is required.
  public let needsSender: Bool
  /// Its own words for the statuses of messages, both documented and observed.
  public let statusWords: [String]

  public init(
    name: String, title: String, defaultBaseURL: String, settings: [SettingSpec], credentials: [[String]],
    features: Set<SendFeature>, needsSender: Bool = false, statusWords: [String] = []
  ) {
    self.name = name
    self.title = title
    self.defaultBaseURL = defaultBaseURL
    self.settings = settings
    self.credentials = credentials
    self.features = features
    self.needsSender = needsSender
    self.statusWords = statusWords
  }
}

/// A feature that only some providers support.
public enum SendFeature: String, CaseIterable, Hashable, Sendable {
  case from, schedule, device, allDevices, allSIMs, randomDevice, mms, priority, senderID, recurrence, shortCodes
}

/// A setting of a profile.
public struct SettingSpec: Hashable, Sendable {
  /// The type of its value.
  public enum Kind: Hashable, Sendable {
    case string
    /// Can also be given as `…_env`, `…_file`, `…_command`; masked wherever it is shown.
    case secret
    case boolean
    /// A sender number or ID: one line.
    case sender
    /// An alphanumeric sender ID, see `SenderID`.
    case senderID
    /// Path of a file that must exist.
    case file
    /// Devices as `ID` or `ID:SIM`.
    case devices
    /// An integer in this range.
    case integer(ClosedRange<Int>)
    case duration, rate, url, timeZone, countryCode, outputFormat, providerName
  }

  public var name: String
  public var kind: Kind
  /// One line, without a period.
  public var help: String

  public init(_ name: String, _ kind: Kind, help: String) {
    self.name = name
    self.kind = kind
    self.help = help
  }
}
extension SendFeature {
  /// The option that requests it.
  package var optionName: String {
    switch self {
    case .from: "--from"
    case .schedule: "--at"
    case .device: "--device"
    case .allDevices: "--use-all-devices"
    case .allSIMs: "--use-all-sims"
    case .randomDevice: "--random-device"
    case .mms: "--mms"
    case .priority: "--priority"
    case .senderID: "--sender-id"
    case .recurrence: "--repeat"
    case .shortCodes: "--short-codes"
    }
  }
  /// Command and option, for the table of what providers support. `send` accepts short codes without an option.
  package var capabilityName: String { "\(self == .shortCodes ? "bulk" : "send") \(optionName)" }
}
