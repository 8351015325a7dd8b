import Messaging
import TextFormats

/// The values of one record, by the places of the columns they belong to.
package struct RecordValues {
  private let readers: [FieldReader?]
  private let fields: UnsafeRawPointer
  private let raw: FieldValue

  /// `readers` read the value of each column where a record keeps its fields; nil for the provider's own object, `raw`.
  package init(
    _ readers: [FieldReader?], of fields: UnsafeRawPointer, raw: @autoclosure () -> JSONValue?
  ) {
    self.readers = readers
    self.fields = fields
    self.raw = readers.contains { $0 == nil } ? raw().map(FieldValue.json) ?? .null : .null
  }

  package subscript(column: Int) -> FieldValue { readers[column]?(fields) ?? raw }
}

/// Turns records into bytes of one format; each piece follows the one before.
package protocol RecordFormatter {
  /// Appends what stands before the first record.
  mutating func start(_ output: inout [UInt8])
  /// Appends one record.
  mutating func record(_ values: RecordValues, to output: inout [UInt8])
  /// Appends what stands behind the last record, also when there was none.
  mutating func end(_ output: inout [UInt8])
}
