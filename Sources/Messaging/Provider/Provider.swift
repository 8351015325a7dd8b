/// The adapter of a provider: turns values into requests and replies into values, and does no I/O.
///
/// It holds no secrets, so it can check messages and queries before any are fetched. Its requests are complete once
/// `APICall.authorized` has added the credentials. What a provider supports beyond sending follows from the protocols
/// it conforms to.
public protocol Provider: Sendable {
  static var descriptor: ProviderDescriptor { get }

  /// Reads the provider's settings; needs no secrets.
  init(_ values: SettingValues) throws(SettingError)

  /// The credentials of a profile's requests; needs all settings in `descriptor.credentials`.
  static func credentials(_ values: SettingValues) throws(SettingError) -> Credentials

  /// The maximum number of messages per `send`, 1 or more.
  var batchLimit: Int { get }

  /// Why the provider would never accept this message, as far as is known without asking; nil if it may.
  func objection(to message: OutgoingMessage) -> SendObjection?

  /// Messages with equal keys may share a request.
  func batchKey(of message: OutgoingMessage) -> BatchKey

  /// Sends 1 to `batchLimit` messages with equal keys, no two with the same number and text.
  ///
  /// The records are in the order of `batch`, each based on `MessageRecord(message)`. A message that the reply
  /// doesn't mention is `unknown`; one that is refused individually is `failed`. If the whole request is refused, the
  /// call throws.
  func send(_ batch: [OutgoingMessage]) -> APICall<[MessageRecord]>
}

/// What the messages of a request have in common, such as sender, time and, for some providers, the text.
public struct BatchKey: Hashable, Sendable {
  public var parts: [String?]

  public init(_ parts: [String?]) {
    self.parts = parts
  }
}

/// Why a message can't be sent through a provider, known without asking it.
public enum SendObjection: Hashable, Sendable {
  /// The text has more characters (UTF-16 code units) than the provider accepts.
  case tooLong(limit: Int, length: Int)
  /// The provider needs a sender, from `--from` or the profile.
  case senderMissing
  /// The provider doesn't accept this sender.
  case senderInvalid(String)
  /// The provider reads local times, and clocks in that zone show this one twice: it might send an hour early.
  case localTimeRepeated(CivilTime, zone: String)
}

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
