import Messaging
import TextFormats

extension NumberRecord: Record {
  package static let schema = RecordSchema(fields: [
    RecordField("number", inTable: true, isName: true), RecordField("enabled", inTable: true),
  ])

  package var values: [JSONValue] { [.string(number), .bool(isEnabled)] }
}
