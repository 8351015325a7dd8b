/// Which columns of a table are shown on a terminal, and how wide they are.
///
/// Text is cut first, then the least important columns are left out. What is kept whole is never cut, and an explanation
/// stands below its row where there is no room in it.
public struct TableFit: Hashable, Sendable {
  /// Cells between two columns.
  static let gap = 2
  /// Text that is cut keeps so many cells; with fewer, a column is left out.
  private static let leastText = 10
  /// An explanation stands in its row only where it leaves so many cells to the text.
  private static let leastTextBesideDetail = 24

  /// The columns in the rows, from left to right.
  public private(set) var shown: [Int]
  /// Of the columns in the rows, in cells.
  private(set) var widths: [Int]
  /// The columns below the rows.
  public private(set) var below: [Int] = []
  /// The columns that are left out.
  public private(set) var dropped: [Int] = []

  /// `widths` are those that the columns need; `width` is that of the terminal, nil without limit.
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

  /// What those columns need at least, where text keeps so many cells.
  private func least(_ shown: [Int], _ columns: [Table.Column], _ text: Int) -> Int {
    shown.reduce(Self.gap * (shown.count - 1)) { $0 + (columns[$1].isKeptWhole ? widths[$1] : min(widths[$1], text)) }
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
