import Messaging
import TextFormats

extension BalanceRecord: Record {
  static let schema = RecordSchema(fields: [
    RecordField("provider", inTable: true), RecordField("profile", inTable: true), RecordField("kind", inTable: true),
    RecordField("amount", inTable: true, isNumeric: true), RecordField("unlimited", inTable: true),
    RecordField("currency", inTable: true),
  ])

  var values: [JSONValue] {
    [
      .optional(provider), .optional(profile), .string(kind.rawValue), .optional(amount), .bool(isUnlimited),
      .optional(currency),
    ]
  }
}
