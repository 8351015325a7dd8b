import Messaging
import TextFormats

extension AppointmentRecord: Record {
  package static let schema = RecordSchema(fields: [
    RecordField("number", inTable: true, isName: true), RecordField("at", inTable: true),
    RecordField("status", inTable: true),
  ])

  package var values: [JSONValue] { [.string(number), .optional(at), .string(status.rawValue)] }
}
