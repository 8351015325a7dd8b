import Messaging
import TextFormats

/// The fields of a kind of record, in the order in which they are written.
package struct RecordSchema: Hashable, Sendable {
  package var fields: [FieldOutline]

  package init(fields: [FieldOutline]) {
    self.fields = fields
  }
}

/// One field of a record, whatever the record.
package struct FieldOutline: Hashable, Sendable {
  package var name: String
  /// Names of the values inside, for a field that is an object; CSV and tables show each by itself, as `error.code`.
  package var parts: [String] = []
  package var traits: FieldTraits = []

  package init(_ name: String) {
    self.name = name
  }

  init<Root>(_ field: RecordField<Root>) {
    name = field.name
    parts = field.parts.map(\.name)
    traits = field.traits
  }
}

extension Record {
  package static var schema: RecordSchema { RecordSchema(fields: fields.map { FieldOutline($0) }) }

  /// What `--columns` can name.
  package static var columnNames: [String] { schema.columnNames }
}
