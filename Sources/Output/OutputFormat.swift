/// How results are printed. A new format is a file with one of these, and a line in `allCases`.
package struct OutputFormat: CaseIterable, RawRepresentable, Hashable, Sendable {
  package static let allCases: [OutputFormat] = [.table, .json, .jsonl, .csv, .tsv]

  /// As it is typed after `--output`.
  package let rawValue: String
  /// Whether results are JSON, in one document or in several.
  package let isJSON: Bool
  /// Whether a field with parts becomes one column for each part.
  package let isFlat: Bool
  /// Makes what writes records in this format.
  package let formatter: @Sendable (OutputLayout) -> any RecordFormatter

  init(
    _ name: String, isJSON: Bool = false, isFlat: Bool = false,
    formatter: @escaping @Sendable (OutputLayout) -> any RecordFormatter
  ) {
    rawValue = name
    (self.isJSON, self.isFlat, self.formatter) = (isJSON, isFlat, formatter)
  }

  /// Nil for a word that names no format.
  package init?(rawValue: String) {
    guard let format = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = format
  }

  package static func == (one: OutputFormat, other: OutputFormat) -> Bool { one.rawValue == other.rawValue }

  package func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

/// What is written, and how; each format takes from it what it can show.
package struct OutputLayout: Sendable {
  package var columns: [Column]
  /// Whether the result is one object and never an array.
  package var isSingle = false
  package var showsHeader = true
  /// Whether cells that a spreadsheet would run as a formula are disarmed.
  package var disarmsFormulas = false
  package var table = TableStyle()

  package init(columns: [Column]) {
    self.columns = columns
  }
}
