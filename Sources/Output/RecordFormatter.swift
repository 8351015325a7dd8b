import Messaging

/// Turns records into bytes of one format; each piece follows the one before.
package protocol RecordFormatter {
  /// Appends what stands before the first record.
  mutating func start(_ output: inout [UInt8])
  /// Appends one record; `value` reads what it has for a column, by the column's place.
  mutating func record(_ value: (Int) -> FieldValue, to output: inout [UInt8])
  /// Appends what stands behind the last record, also when there was none.
  mutating func end(_ output: inout [UInt8])
}
