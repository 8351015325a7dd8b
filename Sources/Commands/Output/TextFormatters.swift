import TextFormats

/// CSV (RFC 4180) with a header.
struct CSVFormatter: RecordFormatter {
  var columns: [Column]
  var showsHeader: Bool
  var writer: CSVWriter

  func start() -> [UInt8] {
    showsHeader ? line(columns.map(\.name)) : []
  }

  func record(_ values: [JSONValue]) -> [UInt8] {
    line(columns.map { $0.value(in: values).cellText })
  }

  func end() -> [UInt8] { [] }

  private func line(_ fields: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    writer.write(fields, to: &bytes)
    return bytes
  }
}

/// A table for people; nothing can be written before the last record is known.
struct TableFormatter: RecordFormatter {
  var columns: [Column]
  /// Leave out columns that are empty in all rows.
  var dropsEmptyColumns: Bool
  var showsHeader: Bool
  var colored: Bool
  var width: Int?
  private var rows: [[Table.Cell]] = []

  init(columns: [Column], dropsEmptyColumns: Bool, showsHeader: Bool, colored: Bool, width: Int?) {
    self.columns = columns
    self.dropsEmptyColumns = dropsEmptyColumns
    self.showsHeader = showsHeader
    self.colored = colored
    self.width = width
  }

  func start() -> [UInt8] { [] }

  mutating func record(_ values: [JSONValue]) -> [UInt8] {
    rows.append(columns.map { cell($0, $0.value(in: values).tableText) })
    return []
  }

  func end() -> [UInt8] {
    let shown = columns.indices.filter { column in
      !dropsEmptyColumns || rows.contains { !$0[column].text.isEmpty }
    }
    guard !shown.isEmpty, !rows.isEmpty else { return [] }
    let table = Table(
      columns: shown.map {
        Table.Column(columns[$0].name.uppercased(), alignment: columns[$0].isNumeric ? .right : .left)
      },
      rows: rows.map { row in shown.map { row[$0] } })
    return Array(table.rendered(width: width, colored: colored, showsHeader: showsHeader).utf8)
  }

  private func cell(_ column: Column, _ text: String) -> Table.Cell {
    Table.Cell(text, style: column.name == "status" ? CellStyle(status: text) : .plain)
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
  /// How a delivery status is coloured.
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
