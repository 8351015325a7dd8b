import Messaging

/// Follows the pages of an answer, and checks that they are complete and consistent.
public struct HistoryAnswer {
  /// With more rows than this, an answer counts as endless.
  private static let mostRows = 1_000_000

  private let question: HistoryQuestion
  private var cursor: PageCursor?
  private var isOver = false
  private var ids: Set<String> = []
  /// Rows with an id seen before, and all others.
  private var (repeated, rows) = (0, 0)
  /// The total number of rows according to the first page and to the last.
  private var totals: (first: Int, last: Int)?
  private var gap: HistoryGap?

  public init(to question: HistoryQuestion) {
    self.question = question
  }

  /// The next page to ask for; nil when all is read.
  public var next: APICall<HistoryPage>? { isOver ? nil : question.page(cursor) }

  /// Adds the reply to `next`.
  public mutating func take(_ page: HistoryPage, into history: inout History) {
    let before = rows
    for entry in page.entries {
      if let id = entry.record.id, !ids.insert(id).inserted { repeated += 1 } else { rows += 1 }
    }
    history.add(page.entries)
    count(page.total)
    cursor = page.next
    if rows > Self.mostRows { gap = .endless }
    // A page without new rows would only be followed by more of the same.
    isOver = cursor == nil || rows == before || gap != nil
    if isOver, let gap = gap ?? contradiction { history.note(gap, about: question.number) }
  }

  private mutating func count(_ total: HistoryPage.RowTotal) {
    switch total {
    case .onePage: break
    case .rows(nil): gap = .noTotal
    case .rows(let total?): totals = (totals?.first ?? total, total)
    }
  }

  /// Messages that arrive in the meantime raise the total, and may push rows to a later page, where they appear again.
  private var contradiction: HistoryGap? {
    guard let totals else { return nil }
    if totals.last < totals.first || repeated > totals.last - totals.first { return .inconsistent }
    return rows < totals.first ? .incomplete(read: rows, total: totals.first) : nil
  }
}
