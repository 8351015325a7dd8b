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
