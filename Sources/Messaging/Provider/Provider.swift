/// A provider's adapter: turns values into requests and replies into values, and does no I/O.
///
/// What a provider can do beyond sending follows from the protocols it conforms to.
public protocol Provider: Sendable {
  static var descriptor: ProviderDescriptor { get }

  /// Takes checked settings; everything in `descriptor.credentials` that a profile chose is there.
  init(_ settings: ProviderSettings)

  /// The most messages that `send` takes at once, 1 or more.
  var batchLimit: Int { get }

  /// What keeps this message from ever being taken, as far as it can be told without asking; nil if nothing.
  func objection(to message: OutgoingMessage) -> SendObjection?

  /// Messages whose keys are equal may share a request.
  func batchKey(of message: OutgoingMessage) -> BatchKey

  /// Sends 1 to `batchLimit` messages with equal keys, no two of them with the same number and text.
  ///
  /// The records come in the order of `batch`, each starting from `MessageRecord(message)`. A message that the reply
  /// says nothing about is `unknown`; one it refuses by itself is `failed`. A reply that refuses the whole request throws.
  func send(_ batch: [OutgoingMessage]) -> APICall<[MessageRecord]>
}

/// What messages of one request have in common, such as sender, time and, for some, the text.
public struct BatchKey: Hashable, Sendable {
  public var parts: [String?]

  public init(_ parts: [String?]) {
    self.parts = parts
  }
}

/// Why a message can't be sent through a provider, known before asking it.
public enum SendObjection: Hashable, Sendable {
  /// The text has more characters (UTF-16 code units) than the provider takes.
  case tooLong(limit: Int, length: Int)
  /// The provider needs a sender, from `--from` or the profile.
  case senderMissing
  /// Not a sender this provider takes.
  case senderInvalid(String)
  /// The provider reads local times, and clocks in that zone show this one twice: it might act an hour early.
  case localTimeRepeated(CivilTime, zone: String)
}

/// The settings of one profile as an adapter needs them: checked, secrets resolved, files read.
public struct ProviderSettings: Sendable {
  /// Without a slash at its end.
  public var baseURL: String
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
}
