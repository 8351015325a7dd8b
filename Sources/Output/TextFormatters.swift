import Messaging
import TextFormats

/// CSV (RFC 4180) with a header.
package struct CSVFormatter: RecordFormatter {
  package var columns: [Column]
  package var showsHeader: Bool
  package var writer: CSVWriter

  package init(columns: [Column], showsHeader: Bool, writer: CSVWriter) {
    self.columns = columns
    self.showsHeader = showsHeader
    self.writer = writer
  }

  package func start(_ output: inout [UInt8]) {
    if showsHeader { writer.write(columns.map(\.name), to: &output) }
  }

  package func record(_ values: RecordValues, to output: inout [UInt8]) {
    writer.write(columns.indices.map { values[$0].json.cellText }, to: &output)
  }

  package func end(_ output: inout [UInt8]) {}
}

/// A table for people: its columns are as wide as they need to be, so it waits for the last record.
///
/// So that any number of records fits in memory, a long one is written in pieces, each as wide as those before or wider.
package struct TableFormatter: RecordFormatter {
  private static let recordsInPiece = 1000

  private let columns: [Column]
  /// The column that has a color.
  private let statusColumn: Int?
  private let dropsEmptyColumns: Bool
  private let showsHeader: Bool
  private let colored: Bool
  private let width: Int?
  private let localTime: (@Sendable (String) -> String)?
  private var rows: [[Table.Cell]] = []
  /// Of a table that was begun.
  private var widths: [Int] = []

  /// `dropsEmptyColumns` leaves out those that are empty in all rows, unless the table comes in pieces. `width` is that of
  /// a terminal, and `localTime` writes a time for its reader; both nil off one.
  package init(
    columns: [Column], dropsEmptyColumns: Bool, showsHeader: Bool, colored: Bool, width: Int?,
    localTime: (@Sendable (String) -> String)? = nil
  ) {
    self.columns = columns
    statusColumn = columns.firstIndex { $0.name == "status" }
    self.dropsEmptyColumns = dropsEmptyColumns
    self.showsHeader = showsHeader
    self.colored = colored
    self.width = width
    self.localTime = localTime
  }

  package func start(_ output: inout [UInt8]) {}

  package mutating func record(_ values: RecordValues, to output: inout [UInt8]) {
    if rows.count == Self.recordsInPiece { writePiece(showing: Array(columns.indices), to: &output) }
    rows.append(columns.indices.map { cell($0, values[$0].json.tableText) })
  }

  package mutating func end(_ output: inout [UInt8]) {
    let isWhole = widths.isEmpty
    let shown = columns.indices.filter { column in
      !isWhole || !dropsEmptyColumns || rows.contains { !$0[column].text.isEmpty }
    }
    if !shown.isEmpty, !rows.isEmpty { writePiece(showing: shown, to: &output) }
  }

  private mutating func writePiece(showing shown: [Int], to output: inout [UInt8]) {
    let table = Table(
      columns: shown.map {
        Table.Column(
          columns[$0].name.uppercased(), alignment: columns[$0].traits.contains(.numeric) ? .right : .left,
          isKeptWhole: !columns[$0].traits.isDisjoint(with: [.numeric, .name]))
      },
      rows: shown.count == columns.count ? rows : rows.map { row in shown.map { row[$0] } })
    let isFirst = widths.isEmpty
    table.write(
      to: &output, widening: &widths, width: width, colored: colored, showsHeader: showsHeader && isFirst)
    rows.removeAll(keepingCapacity: true)
  }

  private func cell(_ column: Int, _ text: String) -> Table.Cell {
    Table.Cell(shown(text, columns[column].traits), style: column == statusColumn ? CellStyle(status: text) : .plain)
  }

  /// Times and marks as people read them at a terminal, and no 0 where it says nothing.
  private func shown(_ text: String, _ traits: FieldTraits) -> String {
    if traits.contains(.blankZero) { return text == "0" ? "" : text }
    guard let localTime, !text.isEmpty else { return text }
    if traits.contains(.moment) { return localTime(text) }
    return traits.contains(.mark) ? (text == "true" ? "✓" : "–") : text
  }
}

extension JSONValue {
  /// As a cell of a table: a list of small objects by their values alone, such as `0 Alpha, 1 Beta`.
  fileprivate var tableText: String {
    guard let array else { return cellText }
    let items = array.compactMap {
      $0.object?.members.map(\.value.cellText).filter { !$0.isEmpty }.joined(separator: " ")
    }
    return items.count == array.count ? items.joined(separator: ", ") : cellText
  }

  /// As a cell of CSV; what is nested stays JSON.
  fileprivate var cellText: String {
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

extension CellStyle {
  /// How a delivery status is colored.
  fileprivate init(status: String) {
    switch status {
    case "accepted", "queued", "scheduled", "sent", "delivered", "received": self = .good
    case "failed": self = .bad
    case "unknown": self = .warning
    case "planned", "skipped", "canceled": self = .dim
    default: self = .plain
    }
  }
}
