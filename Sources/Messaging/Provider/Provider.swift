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
