/// Sends one text to everybody on a list, or in a group, that the provider keeps.
public protocol ListSending: Provider {
  /// What a list send can do beyond `descriptor.features`.
  static var listFeatures: Set<ListFeature> { get }

  /// Whether the answer names each message that went to the list, so that it can be asked for.
  static var namesMessages: Bool { get }

  /// What keeps this message from ever being taken, as far as it can be told without asking; nil if nothing.
  func objection(to message: ListMessage) -> CallObjection?

  /// Sends it. One record for each message where the provider names them, else a single one without `to`.
  func send(_ message: ListMessage) -> APICall<[MessageRecord]>
}

/// What may be asked of a list send only.
public enum ListFeature: String, CaseIterable, Hashable, Sendable {
  case rotate, throttle
}

/// A text for everybody on a list.
public struct ListMessage: Hashable, Sendable {
  /// ID of the list, or name of the group.
  public var list: String
  public var body: String
  /// Sender number, as the user gave it; nil for the profile's.
  public var from: String?
  /// When the provider shall send it; nil for now.
  public var scheduledAt: Timestamp?
  public var options: SendOptions
  /// Take turns among all numbers of the account.
  public var rotates = false
  /// Seconds between two messages of one sending number, 1 to 6; nil for the provider's default.
  public var throttle: Int?

  public init(
    list: String, body: String, from: String? = nil, scheduledAt: Timestamp? = nil, options: SendOptions = SendOptions()
  ) {
    self.list = list
    self.body = body
    self.from = from
    self.scheduledAt = scheduledAt
    self.options = options
  }
}

extension MessageRecord {
  /// The record of a message to a list, before any provider has seen it; whom it goes to is not known.
  public init(_ message: ListMessage, status: MessageStatus = .planned) {
    let segmentation = Segmentation(of: message.body)
    var fields = Fields(status: status)
    fields.body = message.body
    fields.from = message.from
    fields.type = message.options.isMMS ? .mms : .sms
    fields.encoding = segmentation.encoding
    fields.segments = segmentation.segments
    fields.scheduledAt = message.scheduledAt
    storage = [fields]
  }
}
