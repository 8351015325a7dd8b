/// Part of a longer answer.
public struct Page<Element: Sendable>: Sendable {
  /// The requested records in the reply, in its order.
  public var records: [Element]
  /// Where the next page begins; nil after the last.
  public var next: PageCursor?
  /// Identify the rows of the reply, including ones not requested. A page without a new one is the last, whatever
  /// number of rows the provider claims.
  public var rowKeys: [String]
  /// Why the provider has nothing for the subject of this page, such as an id; other pages may follow.
  public var refusal: ProviderError?

  public init(_ records: [Element], next: PageCursor? = nil, rowKeys: [String] = [], refusal: ProviderError? = nil) {
    self.records = records
    self.next = next
    self.rowKeys = rowKeys
    self.refusal = refusal
  }
}

extension Page: Equatable where Element: Equatable {}
extension Page: Hashable where Element: Hashable {}

/// Where a page begins; the adapter defines the unit.
public struct PageCursor: Hashable, Sendable {
  public var position: Int

  public init(_ position: Int) {
    self.position = position
  }
}

/// Follows the pages of an answer: returns the next call, and the new records of a page.
///
/// Ends if there is no next page, if a page brings nothing new, if `limit` is reached, or if all wanted ids were
/// found. Rows pushed to a later page by new ones count once.
public struct Pager<Element: Sendable>: Sendable {
  private let call: @Sendable (PageCursor?) -> APICall<Page<Element>>
  private let id: @Sendable (Element) -> String?
  private var room: Int?
  private var cursor: PageCursor?
  private var isOver = false
  private var seenRows: Set<String> = []
  private var seenIDs: Set<String> = []
  private var wantedIDs: [String]

  /// Whether the limit cut something off, or there may be another page after it.
  public private(set) var hasMore = false
  /// The provider's refusals of single pages (`Page.refusal`).
  public private(set) var refusals: [ProviderError] = []

  /// `limit` is the maximum number of records to return, nil for all; `ids`, unless empty, are the ones to look for.
  public init(
    limit: Int?, ids: [String] = [], id: @escaping @Sendable (Element) -> String?,
    call: @escaping @Sendable (PageCursor?) -> APICall<Page<Element>>
  ) {
    self.call = call
    self.id = id
    room = limit
    wantedIDs = ids
  }

  /// The next call to make; nil once everything is read.
  public var next: APICall<Page<Element>>? {
    isOver ? nil : call(cursor)
  }

  /// The wanted ids that no record has had so far.
  public var missingIDs: [String] {
    wantedIDs.filter { !seenIDs.contains($0) }
  }

  /// Takes the reply to `next`; returns its records that no earlier page had, up to the limit.
  public mutating func take(_ page: Page<Element>) -> [Element] {
    let before = seenRows.count
    seenRows.formUnion(page.rowKeys)
    let bringsNothingNew = !page.rowKeys.isEmpty && seenRows.count == before
    let new = bringsNothingNew ? [] : page.records.filter { isNew($0) }
    let taken = Array(new.prefix(room ?? new.count))
    if let refusal = page.refusal { refusals.append(refusal) }
    let foundAll = !wantedIDs.isEmpty && missingIDs.isEmpty
    cursor = bringsNothingNew || foundAll ? nil : page.next
    isOver = cursor == nil
    room = room.map { $0 - taken.count }
    if room == 0 { isOver = true }
    hasMore = taken.count < new.count || room == 0 && cursor != nil
    return taken
  }

  /// Records without an id can't be told apart, so each counts as new, unless all rows of its page are known.
  private mutating func isNew(_ record: Element) -> Bool {
    id(record).map { seenIDs.insert($0).inserted } ?? true
  }
}

/// Can be asked whether messages of unknown outcome were accepted.
public protocol HistoryKeeping: MessageReading {
  /// The questions whose answers together list every message to these numbers that was accepted at `since` or later,
  /// by the provider's clock.
  ///
  /// `statuses` are the provider's own words for the statuses seen so far: a provider that can only be asked by
  /// status gets a question for each.
  func historyQuestions(
    about numbers: [PhoneNumber], since: Timestamp, statuses: Set<String>
  ) -> [HistoryQuestion]

  /// The same for a part of that period, both ends included, to narrow down messages of which the history gives only
  /// the day. Nil if the provider can't be asked that way.
  func historyQuestion(since: Timestamp, until: Timestamp?) -> HistoryQuestion?

  /// Whether its history covers a limited period. If not, it covers all times, and clocks don't matter.
  static var historyHasWindow: Bool { get }
}

extension HistoryKeeping {
  public static var historyHasWindow: Bool { true }

  public func historyQuestion(since: Timestamp, until: Timestamp?) -> HistoryQuestion? { nil }
}

/// A question about outgoing messages, and the pages of its answer.
public struct HistoryQuestion: Sendable {
  /// Distinguishes it from other questions to the same provider.
  public var name: String
  /// The number that the answer is about; nil if it is about the whole account.
  public var number: PhoneNumber?
  /// Returns the call for a page; nil for the first one.
  public var page: @Sendable (PageCursor?) -> APICall<HistoryPage>

  public init(
    _ name: String, number: PhoneNumber? = nil, page: @escaping @Sendable (PageCursor?) -> APICall<HistoryPage>
  ) {
    self.name = name
    self.number = number
    self.page = page
  }
}

/// Part of the answer to a question about outgoing messages.
public struct HistoryPage: Hashable, Sendable {
  /// Every row of the reply, including unreadable ones.
  public var entries: [HistoryEntry]
  /// Where the next page begins; nil after the last.
  public var next: PageCursor?
  /// The number of rows in all pages together.
  public var total: RowTotal

  /// The number of rows that an answer claims to have.
  public enum RowTotal: Hashable, Sendable {
    /// Answers of this kind always have a single page.
    case onePage
    /// This many; nil if the reply should say but doesn't.
    case rows(Int?)
  }

  public init(_ entries: [HistoryEntry], next: PageCursor? = nil, total: RowTotal = .onePage) {
    self.entries = entries
    self.next = next
    self.total = total
  }
}

/// A message in a provider's history.
public struct HistoryEntry: Hashable, Sendable {
  /// What can be read of it; `id`, `body` and `providerStatus` are the provider's.
  public var record: MessageRecord
  /// The recipient as the provider writes it; nil if not given.
  public var number: String?
  /// When it was accepted or sent, by the provider's clock: a whole day if only the day is given, nil if unreadable.
  public var time: ClosedRange<Timestamp>?

  public init(_ record: MessageRecord, number: String?, time: ClosedRange<Timestamp>?) {
    self.record = record
    self.number = number
    self.time = time
  }
}
