import TextFormats

/// The one record of a message, whichever provider it went through: what `sms` prints and what scripts read.
public struct MessageRecord: Hashable, Sendable {
  public var id: String?
  public var groupID: String?
  /// Row of a bulk job, 1 for the first row of data.
  public var row: Int?
  public var provider: String?
  public var profile: String?
  public var direction: Direction = .out
  public var from: String?
  public var to: String?
  public var body: String?
  public var type: MessageType = .sms
  public var status: MessageStatus
  /// The provider's own word for the status.
  public var providerStatus: String?
  public var encoding: MessageEncoding?
  public var segments: Int?
  public var device: String?
  public var sim: String?
  /// Decimal number.
  public var price: String?
  public var currency: String?
  public var error: MessageError?
  public var scheduledAt: Timestamp?
  public var sentAt: Timestamp?
  public var deliveredAt: Timestamp?
  /// The provider's own object, for `--raw`.
  public var raw: JSONValue?

  public init(status: MessageStatus) {
    self.status = status
  }

  /// The record of a message before any provider has seen it.
  public init(_ message: OutgoingMessage, status: MessageStatus = .planned) {
    self.init(status: status)
    let segmentation = Segmentation(of: message.body)
    to = message.to.e164
    body = message.body
    from = message.from
    type = message.options.isMMS ? .mms : .sms
    encoding = segmentation.encoding
    segments = segmentation.segments
    scheduledAt = message.scheduledAt
  }
}

/// Which way a message went.
public enum Direction: String, CaseIterable, Sendable {
  case out, `in`
}

/// Short message, or multimedia message.
public enum MessageType: String, Sendable {
  case sms, mms
}

/// Why a message failed, was skipped, or is unknown.
public struct MessageError: Hashable, Sendable {
  /// The provider's code, or one of our words such as `duplicate`.
  public var code: String?
  public var message: String

  public init(code: String? = nil, message: String) {
    self.code = code
    self.message = message
  }
}
