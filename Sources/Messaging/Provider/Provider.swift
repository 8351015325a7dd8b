/// A provider's adapter: turns values into requests and replies into values, and does no I/O.
///
/// It holds no secrets, so it can check messages and questions before any is fetched. Its requests are complete once
/// `APICall.authorized` has added the credentials. What a provider can do beyond sending follows from the protocols it conforms to.
public protocol Provider: Sendable {
  static var descriptor: ProviderDescriptor { get }

  /// Reads the provider's typed settings; needs no secrets.
  init(_ values: SettingValues) throws(SettingError)

  /// What a profile's requests prove themselves with; needs all that `descriptor.credentials` names.
  static func credentials(_ values: SettingValues) throws(SettingError) -> Credentials

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
