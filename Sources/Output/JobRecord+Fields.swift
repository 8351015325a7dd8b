import Messaging
import TextFormats

extension JobRecord: Record {
  package static let schema = RecordSchema(fields: [
    RecordField("job", inTable: true, isName: true), RecordField("profile", inTable: true),
    RecordField("state", inTable: true),
    RecordField("created_at"), RecordField("finished_at"),
    RecordField("rows", inTable: true, isNumeric: true), RecordField("accepted", inTable: true, isNumeric: true),
    RecordField("failed", inTable: true, isNumeric: true), RecordField("unknown", inTable: true, isNumeric: true),
    RecordField("skipped", isNumeric: true), RecordField("pending", inTable: true, isNumeric: true),
  ])

  package var values: [JSONValue] {
    let numbers = [
      counts.rows, counts.accepted, counts.failed, counts.unknown, counts.skipped, counts.pending,
    ]
    return [
      .string(job), .optional(profile), .string(state.rawValue), .string(createdAt.rfc3339),
      .optional(finishedAt?.rfc3339),
    ] + numbers.map { .number(String($0)) }
  }
}
