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
