import Messaging

/// What a provider's history says about some numbers, and where it may have gaps. A value: who asks is elsewhere.
public struct History: Sendable {
  /// From when on, by the provider's clock; nil where it is about all times.
  let since: Timestamp?
  /// When the first question was asked, by our clock.
  let askedAt: Timestamp
  /// The messages that may be to one of the numbers.
  public private(set) var entries: [HistoryEntry] = []
  /// Nil while no reply told the provider's time.
  public private(set) var clock: ClockDifference?
  /// The provider's words for statuses that were met.
  public private(set) var statuses: Set<String> = []
  /// What is missing, and to which number; nil where it may be to any.
  private var gaps: [(number: PhoneNumber?, gap: HistoryGap)] = []
  private let keys: Set<String>
  /// Messages that the provider has, as it said before, and that were not met so far.
  private var expectedIDs: Set<String>

  public init(
    about numbers: [PhoneNumber], since: Timestamp?, askedAt: Timestamp, expectedIDs: Set<String> = []
  ) {
    self.since = since
    self.askedAt = askedAt
    self.expectedIDs = expectedIDs
    keys = Set(numbers.map(HistoryNumber.key))
  }

  /// Takes in a page of an answer. What surely is to other numbers is counted, but not kept.
  mutating func add(_ page: [HistoryEntry]) {
    for entry in page {
      if let word = entry.record.providerStatus { statuses.insert(word) }
      if let id = entry.record.id { expectedIDs.remove(id) }
      if HistoryNumber(entry.number).key.map(keys.contains) ?? true { entries.append(entry) }
    }
  }

  /// Notes that something may be missing, about a number or, for nil, about any.
  public mutating func note(_ gap: HistoryGap, about number: PhoneNumber? = nil) {
    gaps.append((number, gap))
  }

  /// Notes the time that a reply tells, if any.
  public mutating func note(date: Timestamp?, between asked: Timestamp, and answered: Timestamp) {
    guard let date else { return }
    let difference = ClockDifference(date: date, between: asked, and: answered)
    if clock == nil { clock = difference } else { clock?.widen(by: difference) }
  }

  /// Why messages to the number may be missing; nil if there is no reason.
  public func gap(about number: PhoneNumber) -> HistoryGap? {
    gaps.first { $0.number == nil || $0.number == number }?.gap ?? expectedIDs.min().map { .lacks(id: $0) }
  }
}

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
