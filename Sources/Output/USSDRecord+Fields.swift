import Messaging
import TextFormats

extension USSDRecord: Record {
  package static let schema = RecordSchema(fields: [
    RecordField("id", inTable: true, isName: true), RecordField("device", inTable: true),
    RecordField("sim", inTable: true),
    RecordField("request", inTable: true), RecordField("response", inTable: true), RecordField("sent_at"),
    RecordField("responded_at", inTable: true),
  ])

  package var values: [JSONValue] {
    [
      .optional(id), .optional(device), .optional(sim), .optional(request), .optional(response), .optional(sentAt),
      .optional(respondedAt),
    ]
  }
}
