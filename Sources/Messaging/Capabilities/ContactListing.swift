/// Lists the contacts that the provider keeps.
public protocol ContactListing: Provider {
  /// One page of an answer, from its beginning for nil. `pages` follows them.
  func contacts(_ query: ContactQuery, page: PageCursor?) -> APICall<Page<ContactRecord>>
}

extension ContactListing {
  /// All pages of an answer, or the one page that the query names.
  public func pages(of query: ContactQuery) -> Pager<ContactRecord> {
    Pager(limit: query.limit, id: \.id) { page in contacts(query, page: page) }
  }
}

/// Which contacts are asked for, and in what order; what is nil does not matter.
public struct ContactQuery: Hashable, Sendable {
  public var name: String?
  public var email: String?
  /// A number or a part of it, digits only.
  public var number: String?
  public var list: String?
  public var source: ContactSource?
  public var isSubscribed: Bool?
  public var sort: ContactSort?
  public var isDescending = false
  /// The most contacts wanted, or on a page where `page` is given; 1 or more, nil for all there are.
  public var limit: Int?
  /// One page alone, 1 for the first; nil for all of them.
  public var page: Int?

  public init() {}
}

/// How a contact came to the provider.
public enum ContactSource: String, CaseIterable, Hashable, Sendable {
  case `import`, sms
  case webWidget = "web-widget"
  case kiosk
}

/// What contacts are sorted by.
public enum ContactSort: String, CaseIterable, Hashable, Sendable {
  case name, number, created
}
