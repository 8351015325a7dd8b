import TextFormats

/// A message as `sms log` shows it: its record, and in tables, or where they are asked for, its time and its job.
public struct LoggedMessage: Record {
  public var message: MessageRecord
  /// Whether a planned message is shown as what it is to people: one that will never leave.
  public var isGivenUp = false

  public init(_ message: MessageRecord) {
    self.message = message
  }

  public static var plural: String { MessageRecord.plural }

  public static let fields: [RecordField<MessageRecord.Fields>] =
    [
      RecordField(
        "time", \.loggedAt, [.inTable, .name, .onRequest], meaning: "when it left; of one that didn't, when it was planned")
    ]
    + MessageRecord.fields.map { $0.name == "profile" ? $0.adding(.inTable) : $0 }
    + [RecordField("job", \.job, [.inTable, .name, .onRequest], meaning: "the name of its job; null for single sends")]

  private static let statusPlace = fields.firstIndex { $0.name == "status" }

  public var raw: JSONValue? { message.raw }

  public func values(of fields: [RecordField<MessageRecord.Fields>]) -> [JSONValue] {
    var values = message.values(of: fields)
    if isGivenUp, let place = Self.statusPlace, values.indices.contains(place) { values[place] = "not sent" }
    return values
  }
}
