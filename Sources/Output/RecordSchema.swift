import Messaging
import TextFormats

/// The fields of a kind of record, in output order.
package struct RecordSchema: Hashable, Sendable {
  package var fields: [FieldOutline]
  /// Field names, the most important first: these stay longest in a narrow table. Other fields follow in their order.
  package var importance: [String]
}

/// A field of a record, regardless of the record's type.
package struct FieldOutline: Hashable, Sendable {
  package var name: String
  /// Names of the values in a field that is an object; CSV and tables show each separately, as `error.code`.
  package var parts: [String] = []
  /// One line of explanation.
  package var meaning = ""
  package var traits: FieldTraits = []

  package init(_ name: String) {
    self.name = name
  }

  init<Root>(_ field: RecordField<Root>) {
    name = field.name
    // Not a key path: here, where the root is a generic type, one would be created for each field.
    parts = field.parts.map { $0.name }
    meaning = field.meaning
    traits = field.traits
  }
}

extension Record {
  package static var schema: RecordSchema {
    RecordSchema(fields: fields.map { FieldOutline($0) }, importance: importance)
  }
}
