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
