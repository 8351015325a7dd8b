import Messaging
import TextFormats

extension MessageRecord: Record {
  package static let schema = RecordSchema(fields: [
    RecordField("id", inTable: true, isName: true), RecordField("group_id", isName: true),
    RecordField("row", inTable: true, isNumeric: true),
    RecordField("provider"), RecordField("profile"), RecordField("direction"),
    RecordField("from", inTable: true, isName: true),
    RecordField("to", inTable: true, isName: true), RecordField("body", inTable: true), RecordField("type"),
    RecordField("status", inTable: true), RecordField("provider_status"), RecordField("encoding"),
    RecordField("segments", inTable: true, isNumeric: true), RecordField("device"), RecordField("sim"),
    RecordField("price", isNumeric: true), RecordField("currency"),
    RecordField("error", parts: ["code", "message"], inTable: true), RecordField("scheduled_at", inTable: true),
    RecordField("sent_at"), RecordField("delivered_at"),
  ])

  package var values: [JSONValue] {
    [
      .optional(id), .optional(groupID), row.map { .number(String($0)) } ?? .null, .optional(provider),
      .optional(profile), .string(direction.rawValue), .optional(from), .optional(to), .optional(body),
      .string(type.rawValue), .string(status.rawValue), .optional(providerStatus), .optional(encoding?.rawValue),
      segments.map { .number(String($0)) } ?? .null, .optional(device), .optional(sim), .optional(price),
      .optional(currency), error.map(\.json) ?? .null, .optional(scheduledAt), .optional(sentAt),
      .optional(deliveredAt),
    ]
  }
}

extension MessageError {
  fileprivate var json: JSONValue {
    ["code": .optional(code), "message": .string(message)]
  }
}

extension JSONValue {
  /// A string, or null.
  package static func optional(_ text: String?) -> JSONValue {
    text.map(JSONValue.string) ?? .null
  }

  /// RFC 3339 in UTC, or null.
  package static func optional(_ moment: Timestamp?) -> JSONValue {
    moment.map { .string($0.rfc3339) } ?? .null
  }
}
