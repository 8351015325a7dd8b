import Messaging
import TextFormats

extension BalanceRecord: Record {
  package static let schema = RecordSchema(fields: [
    RecordField("provider", inTable: true), RecordField("profile", inTable: true), RecordField("kind", inTable: true),
    RecordField("amount", inTable: true, isNumeric: true), RecordField("unlimited", inTable: true),
    RecordField("currency", inTable: true),
  ])

  package var values: [JSONValue] {
    [
      .optional(provider), .optional(profile), .string(kind.rawValue), .optional(amount), .bool(isUnlimited),
      .optional(currency),
    ]
  }
}
