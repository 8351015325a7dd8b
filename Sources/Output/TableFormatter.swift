import Messaging
import TextFormats

extension OutputFormat {
  package static let table = OutputFormat("table", isFlat: true) { TableFormatter($0) }
}

/// The style of a table.
package struct TableStyle: Sendable {
  /// Whether columns that are empty in all rows are left out, unless the table comes in pieces.
  package var dropsEmptyColumns = false
  package var colored = false
  /// Whether the output may tell the terminal where cells start.
  package var positions = false
  /// Columns of the terminal; nil if it isn't one.
  package var width: Int?
  /// Formats a time for people; nil if the output isn't a terminal.
  package var localTime: (@Sendable (String) -> String)?
  /// Receives the names of columns that the terminal has no room for.
  package var noteDropped: (@Sendable ([String]) -> Void)?
}

/// A table for people. Its columns are as wide as necessary, so it waits for the last record.
///
/// To limit the use of memory, a long table is written in pieces, each at least as wide as the previous one.
private struct TableFormatter: RecordFormatter {
  private static let recordsInPiece = 1000

  private let columns: [Column]
  /// The index of the currency in the values; nil if there is none.
  private let unit: Int?
  private let style: TableStyle
  private let showsHeader: Bool
  private var rows: [[Table.Cell]] = []
  /// The column widths of the pieces written so far.
  private var widths: [Int] = []
  private var fit: TableFit?
  /// Columns that contain values but were dropped.
  private var dropped: Set<Int> = []

  init(_ layout: OutputLayout) {
    columns = layout.columns.filter { !$0.isUnit }
    unit = layout.columns.firstIndex(where: \.isUnit)
    (style, showsHeader) = (layout.table, layout.showsHeader)
  }

  func start(_ output: inout [UInt8]) {}

  mutating func record(_ values: RecordValues, to output: inout [UInt8]) {
    if rows.count == Self.recordsInPiece { writePiece(to: &output) }
    let unit = unit.map { values[$0].json.cellText }
    rows.append(columns.indices.map { cell(columns[$0].traits, values[$0].json.tableText, unit: unit ?? "") })
  }

  mutating func end(_ output: inout [UInt8]) {
    if !rows.isEmpty { writePiece(to: &output, isLast: true) }
    guard !dropped.isEmpty else { return }
    style.noteDropped?(dropped.sorted().map { columns[$0].name })
  }

  private mutating func writePiece(to output: inout [UInt8], isLast: Bool = false) {
    let isWhole = isLast && widths.isEmpty
    let shown = columns.indices.filter { column in
      !isWhole || !style.dropsEmptyColumns || rows.contains { !$0[column].text.isEmpty }
    }
    guard !shown.isEmpty else { return }
    let table = Table(
      columns: shown.map { Table.Column(columns[$0]) },
      rows: shown.count == columns.count ? rows : rows.map { row in shown.map { row[$0] } })
    let fit = table.write(
      to: &output, widening: &widths, width: style.width, colored: style.colored, positions: style.positions,
      showsHeader: showsHeader, after: fit)
    self.fit = fit
    for index in fit.dropped where table.rows.contains(where: { !$0[index].text.isEmpty }) {
      dropped.insert(shown[index])
    }
    rows.removeAll(keepingCapacity: true)
  }

  /// Formats amounts with their currency, and times and flags for people on a terminal; omits a 0 that means nothing.
  private func cell(_ traits: FieldTraits, _ text: String, unit: String) -> Table.Cell {
    if traits.contains(.status) { return Table.Cell(text, style: CellStyle(status: text)) }
    if traits.contains(.money), !unit.isEmpty, !text.isEmpty { return Table.Cell("\(text) \(unit)") }
    if traits.contains(.blankZero) { return Table.Cell(text == "0" ? "" : text) }
    guard let localTime = style.localTime, !text.isEmpty else { return Table.Cell(text) }
    if traits.contains(.moment) { return Table.Cell(localTime(text)) }
    return Table.Cell(traits.contains(.mark) ? (text == "true" ? "✓" : "–") : text)
  }
}

extension Table.Column {
  fileprivate init(_ column: Column) {
    let traits = column.traits
    self.init(
      column.name.uppercased(), alignment: traits.contains(.numeric) ? .right : .left,
      isKeptWhole: !traits.isDisjoint(with: [.numeric, .name, .moment, .status, .mark, .detail]),
      isDetail: traits.contains(.detail), importance: column.importance)
  }
}

extension JSONValue {
  /// The text of a table cell: for an array of small objects, only their values, such as `0 Alpha, 1 Beta`.
  fileprivate var tableText: String {
    guard let array else { return cellText }
    let items = array.compactMap {
      $0.object?.members.map(\.value.cellText).filter { !$0.isEmpty }.joined(separator: " ")
    }
    return items.count == array.count ? items.joined(separator: ", ") : cellText
  }
}

extension CellStyle {
  /// The color of a status, whether of a message, job, check, or appointment.
  package init(status: String) {
    switch status {
    case "accepted", "queued", "scheduled", "sent", "delivered", "received", "done", "ok", "confirmed": self = .good
    case "failed": self = .bad
    case "unknown", "unsettled", "interrupted", "warning": self = .warning
    case "planned", "skipped", "canceled", "not sent", "abandoned", "unchecked": self = .dim
    default: self = .plain
    }
  }
}

extension String {
  /// Wraps the text at spaces into lines of at most `width` columns. What users may copy, which is quoted text and
  /// commands, is never broken.
  package func brokenAtWords(width: Int) -> String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.utf8.count <= width ? String($0) : $0.unbreakablePieces.filled(width: width) }
      .joined(separator: "\n")
  }
}

extension Substring {
  /// The pieces between the spaces where the line may be broken.
  fileprivate var unbreakablePieces: [String] {
    var rest = split(separator: " ", omittingEmptySubsequences: false)[...]
    var pieces: [String] = []
    while let word = rest.first {
      let count = word.lengthOfWhole(in: rest)
      pieces.append(rest.prefix(count).joined(separator: " "))
      rest = rest.dropFirst(count)
    }
    return pieces
  }

  /// The number of words that belong together, starting with this one.
  private func lengthOfWhole(in words: ArraySlice<Substring>) -> Int {
    let start = drop { $0 == "(" }
    // A command without quotes extends to the end of the clause.
    if start == "sms" { return words.length { $0.last == ";" || $0.last == "," } ?? words.count }
    guard start.first == "'" else { return 1 }
    return start.dropFirst().endsQuote ? 1 : words.dropFirst().length(\.endsQuote).map { $0 + 1 } ?? 1
  }

  /// Whether it ends with a closing quote, possibly followed by punctuation.
  private var endsQuote: Bool {
    let punctuation: Set<Character> = [",", ";", ":", ".", "?", "!", ")"]
    var text = self
    while let last = text.last, punctuation.contains(last) { text.removeLast() }
    return text.last == "'"
  }
}

extension ArraySlice<Substring> {
  /// The number of elements up to and including the first match; nil if there is none.
  fileprivate func length(_ isLast: (Substring) -> Bool) -> Int? {
    firstIndex(where: isLast).map { $0 - startIndex + 1 }
  }
}

extension [String] {
  fileprivate func filled(width: Int) -> String {
    var (text, column) = (self[0], self[0].displayWidth)
    for piece in dropFirst() {
      let next = column + 1 + piece.displayWidth
      let fits = next <= width
      text += (fits ? " " : "\n") + piece
      column = fits ? next : piece.displayWidth
    }
    return text
  }
}
