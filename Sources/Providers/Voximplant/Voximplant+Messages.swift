import Messaging
import TextFormats

extension Voximplant {
  /// Single messages are only reported as passed on or failed.
  var reportsDelivery: Bool { history == .a2p }

  /// There is no documented lookup by id, so the history is searched, by default this far back.
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
    return APICall(request: historyRequest(query, count: count, offset: offset)) { response throws(ProviderError) in
      let reply = try VoximplantReply.answer(of: response)
      guard let rows = reply["result"]?.objects else { throw response.unexpectedForm }
      let records = rows.map { VoximplantMessage(row: $0).record(in: history) }
      return Page(
        records.filter { history.matches($0, query) },
        next: Self.next(after: offset, rows: rows.count, of: count, total: reply["total_count"]?.count ?? 0),
        rowKeys: rows.map { $0["message_id"]?.words ?? $0.compact })
    }
  }

  private func historyRequest(_ query: MessageQuery, count: Int, offset: Int) -> HTTPRequest {
    let page = [FormField("count", String(count)), FormField("offset", String(offset))]
    return request(history.method, history.fields(for: query) + page)
  }

  /// The maximum number of rows per reply.
  private static let pageLimit = 1000

  /// It is the last page if rows are missing and the total agrees; each alone may be wrong. A page without rows is
  /// always the last.
  private static func next(after offset: Int, rows: Int, of count: Int, total: Int) -> PageCursor? {
    let reached = offset + rows
    return rows > 0 && (rows >= count || reached < total) ? PageCursor(reached) : nil
  }
}

extension Voximplant {
  /// One question for the whole account: if asked for a number, the provider might omit rows that write it differently.
  func historyQuestions(
    about numbers: [PhoneNumber], since: Timestamp, statuses: Set<String>
  ) -> [HistoryQuestion] {
    [historyQuestion(since: since)]
  }

  /// Its rows have dates without times, but its queries have both.
  func historyQuestion(since: Timestamp, until: Timestamp?) -> HistoryQuestion? {
    historyQuestion(since: since, before: until)
  }

  private func historyQuestion(since: Timestamp, before end: Timestamp? = nil) -> HistoryQuestion {
    var query = MessageQuery()
    (query.since, query.until) = (since, end)
    return HistoryQuestion(history.method) { [query] page in history(query, page: page) }
  }

  private func history(_ query: MessageQuery, page: PageCursor?) -> APICall<HistoryPage> {
    let (history, offset, count) = (history, page?.position ?? 0, Self.pageLimit)
    let request = historyRequest(query, count: count, offset: offset)
    return APICall(request: request) { response throws(ProviderError) in
      _ = try response.historyJSON()
      let reply = try VoximplantReply.answer(of: response)
      guard let rows = reply["result"]?.objects else { throw response.unexpectedForm }
      let total = reply["total_count"]?.count
      return HistoryPage(
        rows.map { VoximplantMessage(row: $0).historyEntry(in: history) },
        next: Self.next(after: offset, rows: rows.count, of: count, total: total ?? 0), total: .rows(total))
    }
  }
}

/// A row of either history.
struct VoximplantMessage {
  var row: JSONValue

  func record(in history: VoximplantHistory) -> MessageRecord {
    var record = MessageRecord(status: .accepted)
    record.id = row["message_id"]?.words
    record.direction = row["direction"]?.text?.lowercased() == "in" ? .in : .out
    record.from = row["source_number"]?.party
    record.to = row["destination_number"]?.party
    record.body = row["text"]?.words
    record.encoding = record.body.map { Segmentation(of: $0).encoding }
    record.segments = row["fragments"]?.count.flatMap { $0 > 0 ? $0 : nil }
    record.price = row["cost"]?.decimal
    (record.status, record.providerStatus) = status(of: record.direction, in: history)
    if [.sent, .delivered, .received].contains(record.status) { record.sentAt = date }
    if record.status == .failed { record.error = error }
    record.raw = row
    return record
  }

  /// A2P messages have a delivery status once there is one; all messages have a status ID: 1 success, 2 error.
  private func status(
    of direction: Direction, in history: VoximplantHistory
  ) -> (MessageStatus, word: String?) {
    let id = row["status_id"]?.words
    if history == .a2p, let word = row["delivery_status"]?.words {
      return (MessageStatus(deliveryStatus: word), word)
    }
    switch row["status_id"]?.int {
    case 1: return (direction == .in ? .received : .sent, id)
    case 2: return (.failed, id)
    default: return (direction == .in ? .received : .accepted, id)
    }
  }

  private var error: MessageError {
    MessageError(message: row["error_message"]?.words ?? MessageError.reportedFailed)
  }

  private var date: Timestamp? { time?.lowerBound }

  /// In UTC; the whole day if there is no time of day.
  private var time: ClosedRange<Timestamp>? {
    guard let text = (row["processed_date"] ?? row["processing_date"])?.text,
      let start = Timestamp(inAPI: text, zone: .utc)
    else { return nil }
    let isDay = text.utf8.count == "YYYY-MM-DD".utf8.count
    return start...(isDay ? start.adding(seconds: 86_399) : start)
  }

  func historyEntry(in history: VoximplantHistory) -> HistoryEntry {
    HistoryEntry(record(in: history), number: row["destination_number"]?.text, time: time)
  }
}

extension Voximplant {
  static var balances: Set<BalanceSubject> { [.messages] }

  /// The account's money, which is used for everything.
  func balance(_ subject: BalanceSubject) -> APICall<BalanceRecord> {
    APICall(request: request("GetAccountInfo", [])) { response throws(ProviderError) in
      let account = try VoximplantReply.answer(of: response)["result"]
      guard let account, let amount = account["balance"]?.signedDecimal else { throw response.unexpectedForm }
      var record = BalanceRecord(kind: .money, amount: amount, currency: account["currency"]?.words)
      record.raw = account
      return record
    }
  }

  func setMessaging(enabled: Bool, for number: PhoneNumber) -> APICall<NumberRecord> {
    let fields = [FormField("phone_number", number.digits), FormField("command", enabled ? "enable" : "disable")]
    return APICall(request: request("ControlSms", fields)) { response throws(ProviderError) in
      let reply = try VoximplantReply.answer(of: response)
      guard reply["result"]?.int == 1 else { throw response.unexpectedForm }
      var record = NumberRecord(number: number.e164, isEnabled: enabled)
      record.raw = reply
      return record
    }
  }
}

/// The two histories: what they can be queried for, and what must be filtered from their rows.
enum VoximplantHistory {
  /// `GetSmsHistory`: messages sent individually, and incoming ones.
  case single
  /// `A2PGetSmsHistory`: application-to-person messages.
  case a2p

  var method: String { self == .single ? "GetSmsHistory" : "A2PGetSmsHistory" }

  /// The filters that the method supports. Its times are in UTC.
  func fields(for query: MessageQuery) -> [FormField] {
    FormField.optional("source_number", (query.from?.unlessBlank).map { Sender.digits($0) ?? $0 })
      + FormField.optional("destination_number", query.to?.digits)
      + FormField.optional("direction", self == .single ? query.direction?.rawValue.uppercased() : nil)
      + FormField.optional("from_date", query.since.map { CivilTime($0).text() })
      + FormField.optional("to_date", query.until.map { CivilTime($0).text() })
      + FormField.optional("delivery_status", statusNumber(query.status))
  }

  /// Whether rows must be filtered, because the method doesn't support the exact query.
  func looksThrough(for query: MessageQuery) -> Bool {
    !query.ids.isEmpty || (query.status != nil && statusNumber(query.status) == nil)
  }

  /// Whether a row matches, as far as the method hasn't filtered already.
  func matches(_ record: MessageRecord, _ query: MessageQuery) -> Bool {
    (query.ids.isEmpty || record.id.map(query.ids.contains) == true)
      && (statusNumber(query.status) != nil || query.status?.matches(record) != false)
  }

  /// There are only outgoing A2P messages.
  func objection(toDirection direction: Direction?) -> CallObjection? {
    self == .a2p && direction == .in ? .unsupported(.direction) : nil
  }

  func objection(toStatus filter: StatusFilter?) -> CallObjection? {
    switch filter {
    case nil: return nil
    case .ours(let status) where statuses.contains(status): return nil
    case .provider(let word) where words.contains(word.uppercased()): return nil
    case .some(let filter):
      return .statusUnavailable(filter, available: MessageStatus.allCases.filter(statuses.contains).map(\.rawValue))
    }
  }

  /// The value of `delivery_status`, a single number; nil if none, or more than one, would be needed.
  private func statusNumber(_ filter: StatusFilter?) -> String? {
    guard self == .a2p, let filter else { return nil }
    let fitting = words.indices.filter { index in
      switch filter {
      case .ours(let status): MessageStatus(deliveryStatus: words[index]) == status
      case .provider(let word): words[index] == word.uppercased()
      }
    }
    return fitting.count == 1 ? String(fitting[0] + 1) : nil
  }

  /// The provider's own words for statuses; those of A2P in the order of their numbers.
  var words: [String] {
    switch self {
    case .single: ["1", "2"]
    case .a2p: ["QUEUED", "DISPATCHED", "ABORTED", "REJECTED", "DELIVERED", "FAILED", "EXPIRED", "UNKNOWN"]
    }
  }

  private var statuses: Set<MessageStatus> {
    self == .single ? [.sent, .failed, .received] : Set(words.map(MessageStatus.init(deliveryStatus:)))
  }
}

extension MessageStatus {
  /// The meaning of a word of `delivery_status`.
  init(deliveryStatus word: String) {
    self = word.uppercased() == "UNKNOWN" ? .unknown : MessageStatus(reported: word, isForLater: false)
  }
}
