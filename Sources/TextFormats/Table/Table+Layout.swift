extension Table {
  private static let gap = 2
  /// The least width of columns that are cut to keep others whole, in cells; below it, all are cut.
  private static let least = 4

  /// The table as lines, each with a line break; columns are two cells apart and no line ends in a space.
  ///
  /// Control characters are shown escaped. Given a width in cells, no line is wider: the widest columns are cut first,
  /// those kept whole last, and cut cells end in `…`. Columns at the right are dropped if not even one cell is left.
  public func rendered(width: Int? = nil, colored: Bool = false, showsHeader: Bool = true) -> String {
    var output: [UInt8] = []
    var widths: [Int] = []
    write(to: &output, widening: &widths, width: width, colored: colored, showsHeader: showsHeader)
    return String(decoding: output, as: UTF8.self)
  }

  /// Appends one piece of a table that comes in pieces, whose columns never become narrower.
  ///
  /// `widths` is empty before the first piece; then it holds the width that the columns need, for the next piece.
  public func write(
    to output: inout [UInt8], widening widths: inout [Int], width: Int? = nil, colored: Bool = false,
    showsHeader: Bool = true
  ) {
    let header = showsHeader ? [columns.map { Cell($0.header, style: .heading) }] : []
    let lines = (header + rows).map { row in row.prefix(columns.count).map(PrintableCell.init) }
    if widths.isEmpty { widths = columns.map { _ in 0 } }
    widen(&widths, for: lines)
    let fitted = fitted(widths, into: width)
    for cells in lines { write(cells, to: &output, widths: fitted, colored: colored) }
  }

  private func widen(_ widths: inout [Int], for lines: [[PrintableCell]]) {
    for cells in lines {
      for index in cells.indices { widths[index] = max(widths[index], cells[index].width) }
    }
  }

  private func fitted(_ widths: [Int], into width: Int?) -> [Int] {
    guard let width else { return widths }
    let shown = widths.prefix(max(1, (width + Self.gap) / (1 + Self.gap)))
    let room = width - Self.gap * (shown.count - 1)
    let cut = shown.indices.filter { !columns[$0].isKeptWhole }
    let rest = room - shown.indices.filter { columns[$0].isKeptWhole }.reduce(0) { $0 + widths[$1] }
    guard rest >= Self.least * cut.count else { return shown.shrunk(toTotal: max(room, shown.count)) }
    var fitted = Array(shown)
    for (index, width) in zip(cut, cut.map { widths[$0] }.shrunk(toTotal: rest)) { fitted[index] = width }
    return fitted
  }

  private func write(_ cells: [PrintableCell], to output: inout [UInt8], widths: [Int], colored: Bool) {
    var pendingSpaces = 0
    for (index, width) in zip(cells.indices, widths) {
      let cell = cells[index].cut(toWidth: width)
      let padding = width - cell.width
      let isRight = columns[index].alignment == .right
      if !cell.text.isEmpty {
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: pendingSpaces + (isRight ? padding : 0)))
        output.append(text: colored ? cell.style.applied(to: cell.text) : cell.text)
        pendingSpaces = 0
      }
      pendingSpaces += Self.gap + (cell.text.isEmpty ? width : isRight ? 0 : padding)
    }
    output += "\n"
  }
}

/// A cell without control characters, and without spaces at its end, which look like padding.
private struct PrintableCell {
  var text: String
  var style: CellStyle
  /// In cells of a terminal.
  var width: Int

  init(_ cell: Table.Cell) {
    style = cell.style
    if cell.text.isPrintableASCII, cell.text.utf8.last != UInt8(ascii: " ") {
      (text, width) = (cell.text, cell.text.utf8.count)
    } else {
      let escaped = cell.text.escapingControls
      let end = escaped.unicodeScalars.lastIndex { $0 != " " }
      text = end.map { String(escaped.unicodeScalars[...$0]) } ?? ""
      width = text.displayWidth
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

extension Collection<Int> {
  /// The numbers with the largest ones lowered until their sum is within a limit; the remainder goes to the first ones.
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
