import Messaging
import TextFormats

extension Voximplant {
  /// Single messages are reported as handed on or failed, and that's all.
  var reportsDelivery: Bool { history == .a2p }

  /// The documents have no look-up by id, so the history is searched; this far back it goes unasked.
  var lookupDays: Int? { 30 }

  func objection(to query: MessageQuery) -> CallObjection? {
    if query.groupID != nil { return .unsupported(.group) }
    if query.device != nil { return .unsupported(.device) }
    if query.sim != nil { return .unsupported(.sim) }
    return history.objection(toStatus: query.status) ?? history.objection(toDirection: query.direction)
  }

  func messages(_ query: MessageQuery, page: PageCursor?) -> APICall<Page<MessageRecord>> {
    let (history, offset) = (history, page?.position ?? 0)
    let count = history.looksThrough(for: query) ? Self.pageLimit : min(query.limit ?? Self.pageLimit, Self.pageLimit)
    let fields = history.fields(for: query) + [FormField("count", String(count)), FormField("offset", String(offset))]
    return APICall(request: request(history.method, fields)) { response throws(ProviderError) in
      let reply = try VoximplantReply.answer(of: response)
      guard let rows = reply["result"]?.objects else { throw response.unexpectedForm }
      let records = rows.map { VoximplantMessage(row: $0).record(in: history) }
      return Page(
        records.filter { history.matches($0, query) },
        next: Self.next(after: offset, rows: rows.count, of: count, total: reply["total_count"]?.count ?? 0),
        rowKeys: rows.map { $0["message_id"]?.words ?? $0.compact })
    }
  }

  /// The most rows that the provider gives at once.
  private static let pageLimit = 1000

  /// The end is where rows are missing and the total agrees; each by itself may be wrong. No rows are the end at any rate.
  private static func next(after offset: Int, rows: Int, of count: Int, total: Int) -> PageCursor? {
    let reached = offset + rows
    return rows > 0 && (rows >= count || reached < total) ? PageCursor(reached) : nil
  }
}

extension Voximplant {
  /// One question for each number.
  func historyQuestions(about numbers: [PhoneNumber], since: Timestamp) -> [HistoryQuestion] {
    numbers.map { number in
      var query = MessageQuery()
      query.to = number
      query.since = since
      query.direction = .out
      return HistoryQuestion(query)
    }
  }
}
