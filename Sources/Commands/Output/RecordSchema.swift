import TextFormats

/// The fields of a kind of record, in the order in which they are written.
struct RecordSchema: Hashable, Sendable {
  var fields: [RecordField]
}

/// One field of a record.
struct RecordField: Hashable, Sendable {
  var name: String
  /// Names of the values inside, for a field that is an object; CSV and tables show each by itself, as `error.code`.
  var parts: [String] = []
  /// Whether a table shows it unasked, where any row has a value for it.
  var inTable = false
  /// Whether it is a number that tables align to the right.
  var isNumeric = false
  /// Whether it is a name for something, such as a phone number, of which a part is of no use.
  var isName = false

  init(_ name: String, parts: [String] = [], inTable: Bool = false, isNumeric: Bool = false, isName: Bool = false) {
    self.name = name
    self.parts = parts
    self.inTable = inTable
    self.isNumeric = isNumeric
    self.isName = isName
  }
}

/// Something that is printed as a record.
protocol Record: Sendable {
  static var schema: RecordSchema { get }
  /// One value for each field of the schema, `null` where there is none.
  var values: [JSONValue] { get }
  /// The provider's own object, shown with `--raw`.
  var raw: JSONValue? { get }
}

extension Record {
  var raw: JSONValue? { nil }
}
