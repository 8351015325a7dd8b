import TextFormats

/// The fields of a kind of record, in the order in which they are written.
package struct RecordSchema: Hashable, Sendable {
  package var fields: [RecordField]

  package init(fields: [RecordField]) {
    self.fields = fields
  }
}

/// One field of a record.
package struct RecordField: Hashable, Sendable {
  package var name: String
  /// Names of the values inside, for a field that is an object; CSV and tables show each by itself, as `error.code`.
  package var parts: [String] = []
  /// Whether a table shows it unasked, where any row has a value for it.
  package var inTable = false
  /// Whether it is a number that tables align to the right.
  package var isNumeric = false
  /// Whether it is a name for something, such as a phone number, of which a part is of no use.
  package var isName = false

  package init(
    _ name: String, parts: [String] = [], inTable: Bool = false, isNumeric: Bool = false, isName: Bool = false
  ) {
    self.name = name
    self.parts = parts
    self.inTable = inTable
    self.isNumeric = isNumeric
    self.isName = isName
  }
}

/// Something that is printed as a record.
package protocol Record: Sendable {
  static var schema: RecordSchema { get }
  /// One value for each field of the schema, `null` where there is none.
  var values: [JSONValue] { get }
  /// The provider's own object, shown with `--raw`.
  var raw: JSONValue? { get }
}

extension Record {
  package var raw: JSONValue? { nil }
}
