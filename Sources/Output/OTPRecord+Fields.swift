import Messaging
import TextFormats

extension OTPRecord: Record {
  package static let schema = RecordSchema(fields: [
    RecordField("code", inTable: true, isName: true), RecordField("to", inTable: true, isName: true),
    RecordField("valid", inTable: true),
    RecordField("message", inTable: true),
  ])

  package var values: [JSONValue] {
    [.optional(code), .optional(to), .optional(isValid), .optional(message)]
  }
}
