import Messaging
import TextFormats

extension DeviceRecord: Record {
  package static let schema = RecordSchema(fields: [
    RecordField("id", inTable: true, isName: true), RecordField("name", inTable: true),
    RecordField("model", inTable: true),
    RecordField("android_version"), RecordField("app_version"), RecordField("last_seen_at", inTable: true),
    RecordField("sims", inTable: true),
  ])

  package var values: [JSONValue] {
    [
      .optional(id), .optional(name), .optional(model), .optional(androidVersion), .optional(appVersion),
      .optional(lastSeenAt), .array(sims.map(\.json)),
    ]
  }
}

extension SIMRecord {
  fileprivate var json: JSONValue {
    ["slot": .number(String(slot)), "label": .optional(label)]
  }
}
