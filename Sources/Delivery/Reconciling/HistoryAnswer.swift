import Messaging

/// Follows the pages of an answer, and sees whether they are all of it and agree with each other.
public struct HistoryAnswer {
  /// Beyond this it has no end.
  private static let mostRows = 1_000_000

  private let question: HistoryQuestion
  private var cursor: PageCursor?
  private var isOver = false
  private var ids: Set<String> = []
  /// Rows with an id that came before, and all others.
  private var (repeated, rows) = (0, 0)
  /// What the pages say of the number of rows: the first and the last of them.
  private var totals: (first: Int, last: Int)?
  private var gap: HistoryGap?

  public init(to question: HistoryQuestion) {
    self.question = question
  }

  /// The next page to ask for; nil when all is read.
  public var next: APICall<HistoryPage>? { isOver ? nil : question.page(cursor) }

  /// Takes the answer to `next`.
  public mutating func take(_ page: HistoryPage, into history: inout History) {
    let before = rows
    for entry in page.entries {
      if let id = entry.record.id, !ids.insert(id).inserted { repeated += 1 } else { rows += 1 }
    }
    history.add(page.entries)
    count(page.total)
    cursor = page.next
    if rows > Self.mostRows { gap = .endless }
    // A page that brings nothing new would be followed by others of the kind.
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

  /// Messages that come in meanwhile make the total grow, and may shift rows to a page where they come again.
  private var contradiction: HistoryGap? {
    guard let totals else { return nil }
    if totals.last < totals.first || repeated > totals.last - totals.first { return .inconsistent }
    return rows < totals.first ? .incomplete(read: rows, total: totals.first) : nil
  }
}
