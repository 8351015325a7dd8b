import Messaging
import TextFormats

/// The values of one record, by column index.
package struct RecordValues {
  private let readers: [FieldReader]
  private let fields: UnsafeRawPointer
  private let raw: FieldValue

  /// `readers` read the value of each column where a record keeps its fields; `raw` is the provider's own object.
  package init(_ readers: [FieldReader], of fields: UnsafeRawPointer, raw: JSONValue?) {
    self.readers = readers
    self.fields = fields
    self.raw = raw.map(FieldValue.json) ?? .null
  }

  package subscript(column: Int) -> FieldValue {
    if case .raw = readers[column].place.kind { raw } else { readers[column](fields) }
  }

  /// Whether a column has no value, as far as it can be told without reading it.
  func isClearlyNull(_ column: Int) -> Bool { readers[column].place.isClearlyNull(fields) }
}

/// Writes records in one format, piece by piece.
package protocol RecordFormatter {
  /// Appends what precedes the first record.
  mutating func start(_ output: inout [UInt8])
  /// Appends one record.
  mutating func record(_ values: RecordValues, to output: inout [UInt8])
  /// Appends what follows the last record; called even if there were no records.
  mutating func end(_ output: inout [UInt8])
}
