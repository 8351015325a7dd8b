/// Rows of cells under a header, laid out for people.
public struct Table: Sendable {
  /// A heading, and the layout of the cells below it.
  public struct Column: Hashable, Sendable {
    public var header: String
    public var alignment: Alignment
    /// Whether its cells are never cut, as part of a number would be a different number.
    public var isKeptWhole: Bool
    /// Whether its cells are put below their rows if they don't fit: for explanations.
    public var isDetail: Bool
    /// Columns with higher numbers are the first to be omitted if not all fit.
    public var importance: Int

    public init(
      _ header: String, alignment: Alignment = .left, isKeptWhole: Bool = false, isDetail: Bool = false,
      importance: Int = 0
    ) {
      self.header = header
      self.alignment = alignment
      (self.isKeptWhole, self.isDetail) = (isKeptWhole, isDetail)
      self.importance = importance
    }
  }

  /// The alignment of cells; right for numbers.
  public enum Alignment: Hashable, Sendable {
    case left, right
  }

  /// A text and its meaning, shown by a style.
  public struct Cell: Hashable, Sendable {
    public var text: String
    public var style: CellStyle

    public init(_ text: String, style: CellStyle = .plain) {
      self.text = text
      self.style = style
    }
  }

  public var columns: [Column]
  /// Rows may be shorter than the header; cells beyond the last column are ignored.
  public var rows: [[Cell]]

  public init(columns: [Column], rows: [[Cell]] = []) {
    self.columns = columns
    self.rows = rows
  }
}

/// The meaning of a cell, shown by a color.
public enum CellStyle: Hashable, Sendable {
  case plain, good, bad, warning, dim, heading

  /// The text inside the control sequences of this style (ECMA-48, SGR).
  public func applied(to text: String) -> String {
    guard let code, !text.isEmpty else { return text }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }

  private var code: Int? {
    switch self {
    case .plain: nil
    case .heading: 1
    case .dim: 2
    case .bad: 31
    case .good: 32
    case .warning: 33
    }
  }
}

extension Table {
  /// The table as lines with line breaks; columns are two cells apart, and there are no trailing spaces.
  ///
  /// Control characters are escaped. `width` is the width of a terminal in cells; see `TableFit` for its effect.
  public func rendered(width: Int? = nil, colored: Bool = false, showsHeader: Bool = true) -> String {
    var output: [UInt8] = []
    var widths: [Int] = []
    write(to: &output, widening: &widths, width: width, colored: colored, showsHeader: showsHeader)
    return String(decoding: output, as: UTF8.self)
  }

  /// Appends one piece of a table written in pieces, whose columns never become narrower.
  ///
  /// `widths` is empty before the first piece; afterward it has the widths of the columns, for the next piece. The
  /// header is repeated if the columns shown differ from those of the previous piece, whose result is passed as
  /// `former`. With `positions`, the terminal is told where the cell after a text of uncertain width begins (ECMA-48,
  /// CHA).
  @discardableResult
  public func write(
    to output: inout [UInt8], widening widths: inout [Int], width: Int? = nil, colored: Bool = false,
    positions: Bool = false, showsHeader: Bool = true, after former: TableFit? = nil
  ) -> TableFit {
    let header = columns.map { PrintableCell(Cell($0.header, style: .heading)) }
    let lines = rows.map { row in row.prefix(columns.count).map(PrintableCell.init) }
    if widths.isEmpty { widths = columns.map { _ in 0 } }
    widen(&widths, for: showsHeader ? [header] + lines : lines)
    let fit = TableFit(columns, widths: widths, into: width)
    let writer = RowWriter(columns: columns, fit: fit, colored: colored, positions: positions)
    if showsHeader, fit.shown != former?.shown { writer.write(header, to: &output) }
    for cells in lines {
      writer.write(cells, to: &output)
      for index in fit.below where index < cells.count { writeBelow(cells[index], to: &output, width: width) }
    }
    return fit
  }

  private func widen(_ widths: inout [Int], for lines: [[PrintableCell]]) {
    for cells in lines {
      for index in cells.indices { widths[index] = max(widths[index], cells[index].width) }
    }
  }

  /// Writes a cell that doesn't fit in its row on separate lines.
  private func writeBelow(_ cell: PrintableCell, to output: inout [UInt8], width: Int?) {
    guard !cell.text.isEmpty else { return }
    for line in cell.text.filledLines(width: (width ?? Int.max) - TableFit.gap) {
      output += String(repeating: " ", count: TableFit.gap).utf8
      output.append(text: line)
      output += "\n"
    }
  }
}

/// Writes the rows of a table, with columns two cells apart.
private struct RowWriter {
  var columns: [Table.Column]
  var fit: TableFit
  var colored: Bool
  var positions: Bool

  func write(_ cells: [PrintableCell], to output: inout [UInt8]) {
    var (pendingSpaces, start, isUncertain) = (0, 0, false)
    for (index, width) in zip(fit.shown, fit.widths) where index < cells.count {
      let cell = columns[index].isKeptWhole ? cells[index] : cells[index].cut(toWidth: width)
      let padding = max(0, width - cell.width)
      let isRight = columns[index].alignment == .right
      if !cell.text.isEmpty {
        let indent = isRight ? padding : 0
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: pendingSpaces + indent))
        if positions, isUncertain { output.append(text: "\u{1B}[\(start + indent + 1)G") }
        output.append(text: colored ? cell.style.applied(to: cell.text) : cell.text)
        pendingSpaces = 0
      }
      isUncertain = isUncertain || cell.isOfUncertainWidth
      pendingSpaces += TableFit.gap + (cell.text.isEmpty ? width : isRight ? 0 : padding)
      start += TableFit.gap + width
    }
    output += "\n"
  }
}

extension String {
  /// The words on lines of at most this many cells; a longer word is on a line of its own.
  fileprivate func filledLines(width: Int) -> [String] {
    var lines: [String] = []
    for word in split(separator: " ") {
      if let last = lines.last, last.displayWidth + 1 + String(word).displayWidth <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}

/// A cell without control characters and trailing spaces, which look like padding.
private struct PrintableCell {
  var text: String
  var style: CellStyle
  /// In terminal cells.
  var width: Int
  var isOfUncertainWidth = false

  init(_ cell: Table.Cell) {
    style = cell.style
    if cell.text.isPrintableASCII, cell.text.utf8.last != UInt8(ascii: " ") {
      (text, width) = (cell.text, cell.text.utf8.count)
    } else {
      let escaped = cell.text.escapingControls
      let end = escaped.unicodeScalars.lastIndex { $0 != " " }
      text = end.map { String(escaped.unicodeScalars[...$0]) } ?? ""
      width = text.displayWidth
      isOfUncertainWidth = text.isOfUncertainWidth
    }
  }

  func cut(toWidth limit: Int) -> PrintableCell {
    guard width > limit else { return self }
    var cell = self
    cell.text = text.cut(toWidth: limit)
    cell.width = cell.text.displayWidth
    return cell
  }
}

/// Which columns of a table fit on a terminal, and how wide they are.
///
/// First text is cut, then the least important columns are omitted. Columns kept whole are never cut, and an
/// explanation that doesn't fit in its row is put below it.
public struct TableFit: Hashable, Sendable {
  /// Cells between columns.
  static let gap = 2
  /// The minimum width of text that is cut; if there is less space, a column is omitted.
  private static let leastText = 10
  /// The minimum width left for text if an explanation is to stay in its row.
  private static let leastTextBesideDetail = 24

  /// The columns shown in rows, from left to right.
  public private(set) var shown: [Int]
  /// The widths of these columns, in cells.
  private(set) var widths: [Int]
  /// The columns shown below rows.
  public private(set) var below: [Int] = []
  /// The columns omitted.
  public private(set) var dropped: [Int] = []

  /// `widths` are those that the columns need; `width` is that of the terminal, nil for no limit.
  init(_ columns: [Table.Column], widths: [Int], into width: Int?) {
    (shown, self.widths) = (Array(columns.indices), widths)
    guard let width else { return }
    dropOrMove(columns, into: width)
    let rest = width - shown.filter { columns[$0].isKeptWhole }.reduce(Self.gap * (shown.count - 1)) { $0 + widths[$1] }
    let cut = shown.filter { !columns[$0].isKeptWhole }
    for (index, width) in zip(cut, cut.map { widths[$0] }.shrunk(toTotal: max(rest, cut.count))) {
      self.widths[index] = width
    }
    self.widths = shown.map { self.widths[$0] }
  }

  private mutating func dropOrMove(_ columns: [Table.Column], into width: Int) {
    let details = shown.filter { columns[$0].isDetail }
    if details.count < shown.count { shown.removeAll { columns[$0].isDetail } }
    while shown.count > 1, least(shown, columns, Self.leastText) > width,
      let last = shown.max(by: { columns[$0].importance <= columns[$1].importance })
    {
      shown.removeAll { $0 == last }
      dropped.append(last)
    }
    for detail in details where !shown.contains(detail) {
      let more = (shown + [detail]).sorted()
      if least(more, columns, Self.leastTextBesideDetail) <= width { shown = more } else { below.append(detail) }
    }
    dropped.sort()
  }

  /// The minimum width of these columns, if `text` cells are kept of each text.
  private func least(_ shown: [Int], _ columns: [Table.Column], _ text: Int) -> Int {
    shown.reduce(Self.gap * (shown.count - 1)) { $0 + (columns[$1].isKeptWhole ? widths[$1] : min(widths[$1], text)) }
  }
}

extension Collection<Int> {
  /// The numbers with the largest ones reduced until their sum is within a limit; any remainder goes to the first ones.
  fileprivate func shrunk(toTotal limit: Int) -> [Int] {
    var cap = Swift.min(self.max() ?? 0, limit)
    while cap > 1, reduce(0, { $0 + Swift.min($1, cap) }) > limit { cap -= 1 }
    var spare = limit - reduce(0) { $0 + Swift.min($1, cap) }
    return map { number in
      guard number > cap, spare > 0 else { return Swift.min(number, cap) }
      spare -= 1
      return cap + 1
    }
  }
}
