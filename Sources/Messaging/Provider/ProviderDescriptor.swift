/// All that is said of a provider once: configuration, variables, masking, help and docs read it from here. It is shared,
/// as it is asked for with each message.
public final class ProviderDescriptor: Sendable {
  /// The word in `provider = "…"`, such as `voipcomm`.
  public let name: String
  /// The name people know it by.
  public let title: String
  public let defaultBaseURL: String
  /// Its own settings, beyond the common ones.
  public let settings: [SettingSpec]
  /// Sets of settings of which exactly one has to be given in full, such as key and password.
  public let credentials: [[String]]
  /// What a message sent through it may ask for.
  public let features: Set<SendFeature>
  /// Whether nothing can be sent without a sender.
  public let needsSender: Bool
  /// Its own words for how far a message has come, those that documents have and those that were seen.
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

/// What a sender may ask for that only some providers can do.
public enum SendFeature: String, CaseIterable, Hashable, Sendable {
  case from, schedule, device, allDevices, allSIMs, randomDevice, mms, priority, senderID, recurrence, shortCodes
}

/// A setting of a profile.
public struct SettingSpec: Hashable, Sendable {
  /// What its value looks like.
  public enum Kind: Hashable, Sendable {
    case string
    /// Also taken as `…_env`, `…_file`, `…_command`; masked wherever it is shown.
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
    /// A whole number of this range.
    case integer(ClosedRange<Int>)
    case duration, rate, url, timeZone, countryCode, outputFormat, providerName
  }

  public var name: String
  public var kind: Kind
  /// One line, without a full stop.
  public var help: String

  public init(_ name: String, _ kind: Kind, help: String) {
    self.name = name
    self.kind = kind
    self.help = help
  }
}
extension SendFeature {
  /// The option that asks for it.
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
  /// Command and option, for the table of what providers can do. `send` takes short codes without an option.
  package var capabilityName: String { "\(self == .shortCodes ? "bulk" : "send") \(optionName)" }
}
