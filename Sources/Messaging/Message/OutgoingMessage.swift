import TextFormats

/// A message to send: checked, but not yet converted for any provider.
///
/// Its properties are those of `Fields`. Copies share them until one is changed.
@dynamicMemberLookup
public struct OutgoingMessage: Hashable, Sendable {
  /// Always one element, as in a `MessageRecord`.
  @usableFromInline var storage: [Fields]

  @inlinable
  public subscript<Value>(dynamicMember path: WritableKeyPath<Fields, Value>) -> Value {
    get { storage[0][keyPath: path] }
    _modify { yield &storage[0][keyPath: path] }
  }

  /// The content of a message, and how it is sent.
  public struct Fields: Hashable, Sendable {
    public var to: PhoneNumber
    public var body: String
    /// Sender number or sender ID, as the user gave it; nil for the provider's default.
    public var from: String?
    /// When the provider is to send it; nil for now.
    public var scheduledAt: Timestamp?
    public var options: SendOptions
  }

  public init(
    to: PhoneNumber, body: String, from: String? = nil, scheduledAt: Timestamp? = nil,
    options: SendOptions = SendOptions()
  ) {
    storage = [Fields(to: to, body: body, from: from, scheduledAt: scheduledAt, options: options)]
  }
}

/// How a message is sent, beyond number, text, sender and time. Each provider supports some of these.
public struct SendOptions: Hashable, Sendable {
  /// Devices or SIMs to send with; empty for the provider's default.
  public var devices: [DeviceSelector] = []
  public var deviceScope: DeviceScope = .chosen
  /// Whether to use one of those devices at random.
  public var usesRandomDevice = false
  public var isMMS = false
  /// URLs of attachments of an MMS.
  public var attachments: [String] = []
  public var isPriority = false
  /// Alphanumeric sender ID, 1 to 11 letters and digits.
  public var senderID: String?
  public var recurrence: Recurrence?

  public init() {}
}

/// Which devices are used.
public enum DeviceScope: String, Hashable, Sendable {
  /// Those named, or else the account's primary device.
  case chosen
  /// Every device with its default SIM.
  case allDevices
  /// Every SIM of every device.
  case allSIMs
}

/// A phone behind a gateway, and optionally one of its SIM slots: `1` or `2:0`.
public struct DeviceSelector: Hashable, Sendable {
  public var id: Int
  /// SIM slot, counted from 0.
  public var sim: Int?

  public init(id: Int, sim: Int? = nil) {
    self.id = id
    self.sim = sim
  }

  /// Reads `ID` or `ID:SIM`, digits only; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.allSatisfy(\.isASCIIDigit) ? Int($0) : nil }
    guard numbers.count == parts.count, (1...2).contains(parts.count) else { return nil }
    self.init(id: numbers[0], sim: numbers.count == 2 ? numbers[1] : nil)
  }
}

/// A message that is sent repeatedly.
public struct Recurrence: Hashable, Sendable {
  /// The unit of the interval between two messages.
  public enum Period: String, CaseIterable, Hashable, Sendable {
    case daily, weekly, monthly, yearly
  }

  public var period: Period
  /// The number of periods between two messages, 1 to 30.
  public var frequency: Int
  /// The last message is sent no later than this.
  public var until: Timestamp

  public init(period: Period, frequency: Int, until: Timestamp) {
    self.period = period
    self.frequency = frequency
    self.until = until
  }
}

extension Character {
  /// Whether it is one of `0` to `9`; `isNumber` would accept digits of any script.
  package var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

/// What distinguishes the messages of a request: number and text.
///
/// Texts are compared by their bytes, as `String` treats canonically equivalent texts as equal.
package struct MessageIdentity: Hashable {
  private let number: PhoneNumber
  private let text: String

  package init(to number: PhoneNumber, text: String) {
    self.number = number
    self.text = text
  }

  package init(_ message: OutgoingMessage) {
    // Through `to` and `body`, all of the message would be copied.
    self = message.storage.withUnsafeBufferPointer { MessageIdentity(to: $0[0].to, text: $0[0].body) }
  }

  package static func == (one: Self, other: Self) -> Bool {
    one.number == other.number && one.text.hasBytes(of: other.text)
  }

  /// Only the number is hashed, as few messages of a request share one.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(number)
  }
}

/// Reasons for an outcome if the provider gives none in its own words.
extension MessageError {
  package static let reportedFailed = "the provider reports the message as failed"
  package static let refusedWithoutReason = "the provider refused the message without a reason"
  package static let notMentioned = "the reply doesn't mention this message"
  package static let contradicted = "the reply contradicts itself about this message"
  package static let listedInRefusal = "the reply is a refusal, but lists this message"
  package static let undecided = "the reply doesn't say whether this message was accepted"
  package static let unnamed = "the reply says that it was accepted, but not under which ID"
  package static let named = "the reply has an ID for the message, but doesn't say that it was accepted"
  package static let notMatched = "the reply doesn't match the request"

  package static var examples: [ExampleMessage] {
    [
      reportedFailed, refusedWithoutReason, notMentioned, contradicted, listedInRefusal, undecided, unnamed, named,
      notMatched,
    ].map { .result($0) }
  }
}
