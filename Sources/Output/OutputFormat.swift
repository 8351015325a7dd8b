import Messaging
import TextFormats

/// A format for results. To add one, write a file with such a value, and add it to `allCases`.
package struct OutputFormat: CaseIterable, RawRepresentable, Hashable, Sendable {
  package static let allCases: [OutputFormat] = [.table, .json, .jsonl, .csv, .tsv]

  /// The name for `--output`.
  package let rawValue: String
  /// Whether results are JSON, in one document or in several.
  package let isJSON: Bool
  /// Whether a field with parts becomes one column for each part.
  package let isFlat: Bool
  /// Creates the formatter for this format.
  package let formatter: @Sendable (OutputLayout) -> any RecordFormatter

  init(
    _ name: String, isJSON: Bool = false, isFlat: Bool = false,
    formatter: @escaping @Sendable (OutputLayout) -> any RecordFormatter
  ) {
    rawValue = name
    (self.isJSON, self.isFlat, self.formatter) = (isJSON, isFlat, formatter)
  }

  /// Nil if no format has that name.
  package init?(rawValue: String) {
    guard let format = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = format
  }

  package static func == (one: OutputFormat, other: OutputFormat) -> Bool { one.rawValue == other.rawValue }

  package func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

/// What to write, and how; each format uses the parts that apply to it.
package struct OutputLayout: Sendable {
  package var columns: [Column]
  /// Whether the result is one object and never an array.
  package var isSingle = false
  package var showsHeader = true
  /// Whether cells are escaped that a spreadsheet would run as formulas.
  package var disarmsFormulas = false
  package var table = TableStyle()

  package init(columns: [Column]) {
    self.columns = columns
  }
}

/// The values of one record, by column index.
package struct RecordValues {
  private let readers: [FieldReader]
  private let fields: UnsafeRawPointer
  private let raw: FieldValue

  /// `readers` read the value of each column from a record's fields; `raw` is the provider's own object.
  package init(_ readers: [FieldReader], of fields: UnsafeRawPointer, raw: JSONValue?) {
    self.readers = readers
    self.fields = fields
    self.raw = raw.map(FieldValue.json) ?? .null
  }

  package subscript(column: Int) -> FieldValue {
    if case .raw = readers[column].place.kind { raw } else { readers[column](fields) }
  }

  /// Whether it is certain, without reading it, that a column has no value.
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
