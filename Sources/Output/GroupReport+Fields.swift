import Messaging
import TextFormats

extension GroupReport: Record {
  package static let schema = RecordSchema(fields: [
    RecordField("group_id", inTable: true, isName: true), RecordField("successful", inTable: true, isNumeric: true),
    RecordField("failed", inTable: true, isNumeric: true),
  ])

  package var values: [JSONValue] {
    [.string(groupID), .number(String(successful)), .number(String(failed))]
  }
}
