import TextFormats

/// A message as `sms log` shows it: its record and, in tables or on request, its time and job.
public struct LoggedMessage: Record {
  public var message: MessageRecord
  /// Whether a planned message is shown as one that will never be sent.
  public var isGivenUp: Bool {
    get { message.isGivenUp }
    set { message.isGivenUp = newValue }
  }

  public init(_ message: MessageRecord) {
    self.message = message
  }

  public static var plural: String { MessageRecord.plural }
  public static var importance: [String] { ["to", "status", "error", "body", "time", "id", "job", "profile"] }

  public static let fields: [RecordField<MessageRecord.Fields>] =
    [
      RecordField(
        "time", \.loggedAt, [.inTable, .name, .onRequest], meaning: "when it was sent, or planned if it wasn't")
    ]
    + MessageRecord.fields.map { $0.inTable(tableFields.contains($0.name)) }
    + [RecordField("job", \.job, [.inTable, .name, .onRequest], meaning: "the name of its job; null for single sends")]

  /// The fields of a message that fit in the table next to time and job.
  private static let tableFields: Set = ["id", "profile", "to", "body", "status", "error"]

  public var raw: JSONValue? { message.raw }

  public func read(_ body: (UnsafePointer<MessageRecord.Fields>) -> Void) {
    message.read(body)
  }
}
