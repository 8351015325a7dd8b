import TextFormats

extension OutputFormat {
  package static let csv = OutputFormat("csv", isFlat: true) { layout in
    let writer = CSVWriter(disarmsFormulas: layout.disarmsFormulas)
    return DelimitedFormatter(layout) { writer.write($0, to: &$1) }
  }

  package static let tsv = OutputFormat("tsv", isFlat: true) { layout in
    let writer = TSVWriter(disarmsFormulas: layout.disarmsFormulas)
    return DelimitedFormatter(layout) { writer.write($0, to: &$1) }
  }
}

/// Rows of cells, after a header.
private struct DelimitedFormatter: RecordFormatter {
  private let columns: [Column]
  private let showsHeader: Bool
  /// Appends a row with these cells.
  private let write: (_ cells: [String], _ output: inout [UInt8]) -> Void

  init(_ layout: OutputLayout, write: @escaping ([String], inout [UInt8]) -> Void) {
    (columns, showsHeader, self.write) = (layout.columns, layout.showsHeader, write)
  }

  func start(_ output: inout [UInt8]) {
    if showsHeader { write(columns.map(\.name), &output) }
  }

  func record(_ values: RecordValues, to output: inout [UInt8]) {
    write(columns.indices.map { values[$0].json.cellText }, &output)
  }

  func end(_ output: inout [UInt8]) {}
}

extension JSONValue {
  /// The text of a cell; nested values remain JSON.
  var cellText: String {
    switch self {
    case .null: return ""
    case .bool(let flag): return flag ? "true" : "false"
    case .number(let text), .string(let text): return text
    case .array, .object:
      var bytes: [UInt8] = []
      write(to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
