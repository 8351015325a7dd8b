import Messaging
import TextFormats

/// The fields of a kind of record, in the order in which they are written.
package struct RecordSchema: Hashable, Sendable {
  package var fields: [FieldOutline]
  /// Names of fields, those first that a narrow terminal shows last of all; the others follow in their order.
  package var importance: [String]
}

/// One field of a record, whatever the record.
package struct FieldOutline: Hashable, Sendable {
  package var name: String
  /// Names of the values inside, for a field that is an object; CSV and tables show each by itself, as `error.code`.
  package var parts: [String] = []
  /// A line for people.
  package var meaning = ""
  package var traits: FieldTraits = []

  package init(_ name: String) {
    self.name = name
  }

  init<Root>(_ field: RecordField<Root>) {
    name = field.name
    // No key path: here, where the root is any type, one would be made anew for each field.
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
