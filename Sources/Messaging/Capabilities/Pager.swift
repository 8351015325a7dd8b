/// A part of a longer answer.
public struct Page<Element: Sendable>: Sendable {
  /// What was asked for of what the reply lists, in its order.
  public var records: [Element]
  /// Where the next part begins; nil after the last.
  public var next: PageCursor?
  /// What tells the rows of the reply apart, also of rows that were not asked for. A page without a new one is the last,
  /// whatever the provider says of the number of rows.
  public var rowKeys: [String]
  /// Why the provider has nothing for what this page alone asked for, such as an id; others may follow.
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

/// Where a page begins, in its adapter's own count.
public struct PageCursor: Hashable, Sendable {
  public var position: Int

  public init(_ position: Int) {
    self.position = position
  }
}

/// Follows the pages of an answer: says which call is next, and what of a page is new.
///
/// It ends when there is no next page, when a page brings nothing new, when `limit` is reached, and when every one of
/// the wanted ids was found. Rows that move to a later page meanwhile, as new ones come in, count once.
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
  /// What the provider said instead of an answer to a page (`Page.refusal`).
  public private(set) var refusals: [ProviderError] = []

  /// `limit` is the most records to hand out, nil for all; `ids`, where not empty, are the ones to look for.
  public init(
    limit: Int?, ids: [String] = [], id: @escaping @Sendable (Element) -> String?,
    call: @escaping @Sendable (PageCursor?) -> APICall<Page<Element>>
  ) {
    self.call = call
    self.id = id
    room = limit
    wantedIDs = ids
  }

  /// The next call to make; nil when all is read.
  public var next: APICall<Page<Element>>? {
    isOver ? nil : call(cursor)
  }

  /// Those of the wanted ids that no record had so far.
  public var missingIDs: [String] {
    wantedIDs.filter { !seenIDs.contains($0) }
  }

  /// Takes the answer to `next`; the records in it that no earlier page had, as far as the limit goes.
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

  /// Records without an id can't be told apart, so each is new, unless it is on a page of which all rows are known.
  private mutating func isNew(_ record: Element) -> Bool {
    id(record).map { seenIDs.insert($0).inserted } ?? true
  }
}
