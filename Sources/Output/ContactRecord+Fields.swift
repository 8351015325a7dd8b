import Messaging
import TextFormats

extension ContactRecord: Record {
  package static let schema = RecordSchema(fields: [
    RecordField("id", inTable: true, isName: true), RecordField("list", inTable: true),
    RecordField("number", inTable: true, isName: true),
    RecordField("name", inTable: true), RecordField("email", inTable: true), RecordField("birthday"),
    RecordField("subscribed", inTable: true), RecordField("source"), RecordField("created_at"),
  ])

  package var values: [JSONValue] {
    [
      .optional(id), .optional(list), .optional(number), .optional(name), .optional(email), .optional(birthday),
      .optional(isSubscribed), .optional(source), .optional(createdAt),
    ]
  }
}
