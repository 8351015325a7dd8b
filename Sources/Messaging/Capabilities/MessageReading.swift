/// Can be asked for messages and their statuses.
public protocol MessageReading: Provider {
  /// Whether a message that was sent may still be reported as delivered; if not, `sent` is the last that is heard of it.
  var reportsDelivery: Bool { get }

  /// Whether it can be asked for a message that it is to send later; else the answer may be about another message.
  static var reportsScheduled: Bool { get }

  /// How many days back messages are looked up by id where no time is given; nil if the provider finds ids by itself.
  var lookupDays: Int? { get }

  /// What keeps the provider from answering exactly this; nil if nothing.
  func objection(to query: MessageQuery) -> CallObjection?

  /// One page of an answer to a query without objections, from its beginning for nil. `pages` follows them.
  func messages(_ query: MessageQuery, page: PageCursor?) -> APICall<Page<MessageRecord>>
}

extension MessageReading {
  public static var reportsScheduled: Bool { true }

  public var lookupDays: Int? { nil }

  /// Whether nothing more will be heard of the message.
  public func isFinal(_ record: MessageRecord) -> Bool {
    record.status.isFinal || (record.status == .sent && !reportsDelivery)
  }

  /// All pages of an answer. A look-up by id without a time goes back `lookupDays` from `now`, or from the query's end,
  /// and finds all of the ids, whatever the limit.
  public func pages(of query: MessageQuery, now: Timestamp) -> Pager<MessageRecord> {
    var query = query
    if !query.ids.isEmpty, query.since == nil, let lookupDays {
      query.since = (query.until ?? now).adding(seconds: -Int64(lookupDays) * 86_400)
    }
    return Pager(limit: query.ids.isEmpty ? query.limit : nil, ids: query.ids, id: \.id) { [query] page in
      messages(query, page: page)
    }
  }
}
