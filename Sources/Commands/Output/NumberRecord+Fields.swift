import Messaging
import TextFormats

extension NumberRecord: Record {
  static let schema = RecordSchema(fields: [
    RecordField("number", inTable: true, isName: true), RecordField("enabled", inTable: true),
  ])

  var values: [JSONValue] { [.string(number), .bool(isEnabled)] }
}
