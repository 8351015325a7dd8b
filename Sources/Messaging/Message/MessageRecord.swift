import TextFormats

/// The record of a message, the same for every provider: what `sms` prints and scripts read.
///
/// Its properties are those of `Fields`. Copies share them until one is changed.
@dynamicMemberLookup
public struct MessageRecord: Hashable, Sendable {
  /// Always one element: the array is a box that copies share, and that is copied on write.
  @usableFromInline var storage: [Fields]

  @inlinable
  public subscript<Value>(dynamicMember path: WritableKeyPath<Fields, Value>) -> Value {
    get { storage[0][keyPath: path] }
    _modify { yield &storage[0][keyPath: path] }
  }

  public init(status: MessageStatus) {
    storage = [Fields(status: status)]
  }

  /// The fields of a message.
  public struct Fields: Hashable, Sendable {
    public var id: String?
    public var groupID: String?
    public var row: Int?
    /// Which of several numbers in an input cell it is, from 1; nil if there is only one.
    public var part: Int?
    public var provider: String?
    public var profile: String?
    public var direction: Direction = .out
    public var from: String?
    public var to: String?
    public var body: String?
    public var type: MessageType = .sms
    public var status: MessageStatus
    public var providerStatus: String?
    public var encoding: MessageEncoding?
    public var segments: Int?
    public var device: String?
    public var sim: String?
    /// A decimal number.
    public var price: String?
    public var currency: String?
    public var errorCode: String?
    public var errorMessage: String?
    public var scheduledAt: Timestamp?
    public var sentAt: Timestamp?
    public var deliveredAt: Timestamp?
    /// In the log only: the name of its job, and when it left or, if it did not, was planned.
    public var job: String?
    public var loggedAt: Timestamp?
    /// In tables only: whether a planned message is shown as one that will never be sent.
    public var isGivenUp = false
    var raw: JSONValue?

    init(status: MessageStatus) {
      self.status = status
    }
  }
}

extension MessageRecord: Record {
  public static var plural: String { "messages" }
  public static var importance: [String] {
    ["to", "status", "error", "body", "from", "row", "part", "scheduled_at", "id"]
  }

  /// Everything that is printed, and stored in the ledger. A new field needs a property above, a line here and, if it
  /// has a column, a migration of the ledger.
  public static let fields: [RecordField<Fields>] = [
    RecordField(
      "id", \.id, [.inTable, .name], column: "provider_id",
      meaning: "the provider's ID; null if it gives none, or didn't accept it"),
    RecordField(
      "group_id", \.groupID, .name, column: "group_id", meaning: "the provider's ID for messages sent together"),
    RecordField("row", \.row, [.inTable, .numeric], meaning: "`bulk`: the row of the list, counting from 1"),
    RecordField(
      "part", \.part, [.inTable, .numeric, .omittable],
      meaning: "`bulk`: which number in a cell that holds several, from 1"),
    RecordField("provider", \.provider, meaning: "the provider's name, as in the configuration"),
    RecordField("profile", \.profile, meaning: "the profile's name; null when variables alone are used"),
    RecordField("direction", \.direction, meaning: "`out` (sent) or `in` (received)"),
    RecordField(
      "from", \.from, [.inTable, .name], column: "sender",
      meaning: "the sender"),
    RecordField("to", \.to, [.inTable, .name], column: "recipient", meaning: "E.164: `+` and digits"),
    RecordField("body", \.body, .inTable, column: "body", meaning: "the text"),
    RecordField("type", \.type, column: "type", meaning: "`sms` or `mms`"),
    RecordField(
      "status", \.status, [.inTable, .progress, .status], column: "status",
      meaning:
        "such as planned, queued, sent, delivered, failed, or unknown"
    )
    .replaced { $0.pointee.isGivenUp ? "not sent" : nil },
    RecordField(
      "provider_status", \.providerStatus, .progress, column: "provider_status", meaning: "the provider's own word"),
    RecordField("encoding", \.encoding, meaning: "`gsm7`, or `ucs2` once any character needs it"),
    RecordField(
      "segments", \.segments, [.inTable, .numeric], column: "segments",
      meaning: "billed parts, as counted by sms or the provider"),
    RecordField("device", \.device, column: "device", meaning: "the phone that sends (V Pixel Pro, Sendapp)"),
    RecordField("sim", \.sim, column: "sim", meaning: "the SIM slot that sends (V Pixel Pro, Sendapp)"),
    RecordField(
      "price", \.price, [.numeric, .money], column: "price",
      meaning: "a decimal number as a string; null if unknown"),
    RecordField("currency", \.currency, column: "currency", meaning: "the currency of the price"),
    RecordField(
      "error", [.inTable, .progress, .detail], meaning: "null, or an object with `code` (may be null) and `message`",
      parts: [
        RecordField("code", \.errorCode, column: "error_code"),
        RecordField("message", \.errorMessage, column: "error_message"),
      ]),
    RecordField("scheduled_at", \.scheduledAt, .inTable, column: "scheduled_at", meaning: "the requested send time"),
    RecordField("sent_at", \.sentAt, column: "sent_at", meaning: "when the provider sent it"),
    RecordField(
      "delivered_at", \.deliveredAt, .progress, column: "delivered_at",
      meaning: "when the phone received it, as the provider reports"
    ),
  ]

  /// The fields that the ledger stores, each in its column.
  public static let columns = fields.flatMap { $0.parts.isEmpty ? [$0] : $0.parts }.filter { $0.column != nil }

  public func read(_ body: (UnsafePointer<Fields>) -> Void) {
    storage.withUnsafeBufferPointer { storage in
      if let fields = storage.baseAddress { body(fields) }
    }
  }

  /// A single field, as the ledger stores it.
  public subscript(field field: RecordField<Fields>) -> FieldValue {
    get { storage.withUnsafeBufferPointer { $0.baseAddress.map { field.read($0) } ?? .null } }
    set { field.write(&storage[0], newValue) }
  }
}

extension MessageRecord {
  /// The record of a message before the provider has received it.
  public init(_ message: OutgoingMessage, status: MessageStatus = .planned) {
    self.init(status: status)
    storage[0].take(message, Segmentation(of: message.body))
  }

  /// The provider's own object, for `--raw`.
  public var raw: JSONValue? {
    get { storage[0].raw }
    set { storage[0].raw = newValue }
  }

  /// Why the message failed, was skipped, or is unknown.
  public var error: MessageError? {
    get { self.errorMessage.map { MessageError(code: self.errorCode, message: $0) } }
    set { (self.errorCode, self.errorMessage) = (newValue?.code, newValue?.message) }
  }
}

extension MessageRecord.Fields {
  fileprivate mutating func take(_ message: OutgoingMessage, _ segmentation: Segmentation) {
    to = message.to.e164
    body = message.body
    from = message.from
    type = message.options.isMMS ? .mms : .sms
    encoding = segmentation.encoding
    segments = segmentation.segments
    scheduledAt = message.scheduledAt
  }
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

/// The direction of a message.
public enum Direction: String, CaseIterable, FieldConvertible {
  case out, `in`
}

/// A short message or a multimedia message.
public enum MessageType: String, FieldConvertible {
  case sms, mms
}

/// The status of a message in our words; the provider's own word is stored next to it.
public enum MessageStatus: String, CaseIterable, FieldConvertible {
  /// Not sent yet.
  case planned
  /// Claimed by a run; its request is about to leave or in flight.
  case sending
  /// Accepted by the provider, which reports no more.
  case accepted
  case queued
  case scheduled
  case sent
  case delivered
  case failed
  case canceled
  /// An incoming message.
  case received
  /// May have been accepted; there was no trustworthy answer.
  case unknown
  /// Will never be sent; `error.code` says why.
  case skipped

  /// Whether it will not change anymore; `sent` may still become `delivered`.
  public var isFinal: Bool {
    switch self {
    case .delivered, .failed, .canceled, .received, .skipped: true
    default: false
    }
  }
}
