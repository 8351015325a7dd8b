import Messaging

/// What a provider's history says about some numbers, and where it may have gaps. A plain value; it makes no requests.
public struct History: Sendable {
  /// The start of the period, by the provider's clock; nil if it covers all times.
  let since: Timestamp?
  /// When the first question was asked, by our clock.
  public let askedAt: Timestamp
  /// The messages that may be to one of the numbers.
  public internal(set) var entries: [HistoryEntry] = []
  /// The ids of all other messages.
  private(set) var otherIDs: Set<String> = []
  /// Nil until a reply shows the provider's time.
  public private(set) var clock: ClockDifference?
  /// The provider's own words for the statuses seen so far.
  public private(set) var statuses: Set<String> = []
  /// What is missing, and for which number; nil if it may be for any.
  private var gaps: [(number: PhoneNumber?, gap: HistoryGap)] = []
  private let keys: Set<String>
  /// Messages that the provider is known to have, but that have not been seen so far.
  private var expectedIDs: Set<String>

  public init(
    about numbers: [PhoneNumber], since: Timestamp?, askedAt: Timestamp, expectedIDs: Set<String> = []
  ) {
    self.since = since
    self.askedAt = askedAt
    self.expectedIDs = expectedIDs
    keys = Set(numbers.map(HistoryNumber.key))
  }

  /// Adds a page of an answer. Entries that are certainly to other numbers are counted, but not kept.
  mutating func add(_ page: [HistoryEntry]) {
    for entry in page {
      if let word = entry.record.providerStatus { statuses.insert(word) }
      if let id = entry.record.id { expectedIDs.remove(id) }
      if HistoryNumber(entry.number).key.map(keys.contains) ?? true {
        entries.append(entry)
      } else if let id = entry.record.id {
        otherIDs.insert(id)
      }
    }
  }

  /// Notes that something may be missing for a number or, if nil, for any number.
  public mutating func note(_ gap: HistoryGap, about number: PhoneNumber? = nil) {
    gaps.append((number, gap))
  }

  /// Notes the time that a reply shows, if any.
  public mutating func note(date: Timestamp?, between asked: Timestamp, and answered: Timestamp) {
    guard let date else { return }
    let difference = ClockDifference(date: date, between: asked, and: answered)
    if clock == nil { clock = difference } else { clock?.widen(by: difference) }
  }

  /// Whether nothing is known to be missing.
  public var isWhole: Bool { gaps.isEmpty && expectedIDs.isEmpty }

  /// Why messages to the number may be missing; nil if none can be.
  public func gap(about number: PhoneNumber) -> HistoryGap? {
    gaps.first { $0.number == nil || $0.number == number }?.gap ?? expectedIDs.min().map { .lacks(id: $0) }
  }
}

/// Some histories give only the day of a message. Queries for part of that day narrow it down.
extension History {
  /// The earliest second, by the provider's clock, at which a request that left at `leftAt` can have arrived.
  func earliestArrival(of leftAt: Timestamp) -> Timestamp {
    // Both sides truncate times to seconds.
    leftAt.adding(seconds: (clock?.seconds.lowerBound ?? 0) - 2)
  }

  /// Where to split the period, in order, so that its parts show whether an entry like one of these messages is older.
  public func cuts(for messages: [UnresolvedMessage]) -> [Timestamp] {
    let days = Dictionary(grouping: entries.filter(\.isOfADay)) { HistoryNumber($0.number).key }
    let cuts = messages.compactMap { message -> Timestamp? in
      guard let leftAt = message.leftAt else { return nil }
      let arrival = earliestArrival(of: leftAt)
      let entries = days[HistoryNumber.key(of: message.number)] ?? []
      return entries.contains { $0.isLike(message) && $0.mayBeBefore(arrival) } ? arrival : nil
    }
    return Set(cuts).sorted()
  }

  /// Adds what the parts of the period show; each part begins at its `since`. An entry in several parts is not
  /// narrowed down: the provider ignored the period asked for.
  public mutating func place(by parts: [History]) {
    var starts: [String: [Timestamp]] = [:]
    for part in parts {
      for id in Set(part.entries.compactMap(\.record.id)) {
        if let since = part.since { starts[id, default: []].append(since) }
      }
    }
    for index in entries.indices where entries[index].isOfADay {
      guard let id = entries[index].record.id, let time = entries[index].time, let start = starts[id],
        start.count == 1, time.contains(start[0])
      else { continue }
      // Believe only that an entry is not older: believing that it is would make messages count as missing.
      entries[index].time = start[0]...time.upperBound
    }
  }
}

extension HistoryEntry {
  fileprivate var isOfADay: Bool { time.map { $0.lowerBound < $0.upperBound } ?? false }

  fileprivate func mayBeBefore(_ moment: Timestamp) -> Bool {
    time.map { $0.lowerBound < moment && moment <= $0.upperBound } ?? false
  }

  fileprivate func isLike(_ message: UnresolvedMessage) -> Bool {
    NumberMatch(number, to: message.number) == .same && TextMatch(record.body, to: message.body) == .same
  }
}

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

/// How far a provider's clock is ahead of this machine's, judging by the `Date` headers of its replies.
public struct ClockDifference: Hashable, Sendable {
  /// In seconds; beyond this, one of the two clocks is wrong.
  private static let tolerance: Int64 = 60

  /// In seconds; negative if the provider's clock is behind.
  public private(set) var seconds: ClosedRange<Int64>

  /// `date` is from a reply written between these two moments of our clock. All three are truncated to seconds.
  public init(date: Timestamp, between asked: Timestamp, and answered: Timestamp) {
    let (first, last) = (min(asked, answered).unixSeconds, max(asked, answered).unixSeconds)
    seconds = (date.unixSeconds - last - 1)...(date.unixSeconds - first + 1)
  }

  /// Includes what another reply shows: its server may have its own clock.
  public mutating func widen(by other: ClockDifference) {
    seconds = min(seconds.lowerBound, other.seconds.lowerBound)...max(seconds.upperBound, other.seconds.upperBound)
  }

  /// Whether the two clocks agree.
  var isSmall: Bool { seconds.lowerBound >= -Self.tolerance && seconds.upperBound <= Self.tolerance }
}
