import Messaging
import TextFormats

extension SMSGateway {
  var reportsDelivery: Bool { true }

  /// The script finds messages by id, group or status; device, SIM and times only narrow a status.
  func objection(to query: MessageQuery) -> CallObjection? {
    if !query.ids.isEmpty { return query.objectionBesideIDs }
    if query.groupID != nil, query.groupID?.unlessBlank == nil { return .needsOneOf([.group]) }
    let isIncoming = query.status?.meansReceived ?? (query.direction == .in)
    if query.groupID == nil, query.status == nil, !isIncoming { return .needsOneOf([.ids, .group, .status]) }
    return query.objectionToParties(isIncoming: isIncoming)
      // The messages of a group are always returned in full, and are filtered here.
      ?? (query.groupID == nil ? .gatewayStatus(query.status) : nil)
  }

  func messages(_ query: MessageQuery, page: PageCursor?) -> APICall<Page<MessageRecord>> {
    guard query.ids.isEmpty else { return message(query.ids, at: page?.position ?? 0) }
    let zone = settings.timeZone
    let fields = query.groupID.map { [FormField("groupId", $0)] } ?? query.statusFields
    return APICall(request: request("read-messages.php", fields)) { response throws(ProviderError) in
      let rows = try SMSGatewayReply.rows("messages", in: response)
      let messages = rows.map { SMSGatewayMessage(row: $0, zone: zone) }.filter(query.matches)
      return Page(messages.map { $0.record() })
    }
  }

  /// One call per id. If the script doesn't know an id, it may still know the others.
  private func message(_ ids: [String], at index: Int) -> APICall<Page<MessageRecord>> {
    let (id, zone) = (ids[index], settings.timeZone)
    let next = ids.indices.contains(index + 1) ? PageCursor(index + 1) : nil
    return APICall(request: request("read-messages.php", [FormField("id", id)])) { response throws(ProviderError) in
      do throws(ProviderError) {
        let rows = try SMSGatewayReply.rows("messages", in: response)
        let records = rows.map { SMSGatewayMessage(row: $0, zone: zone).record() }
        return Page(records.filter { $0.id == id }, next: next)
      } catch {
        guard error.kind == .refused else { throw error }
        return Page([], next: next, refusal: error)
      }
    }
  }
}

extension MessageQuery {
  /// The fields for a query without ids or a group. A query for incoming messages need not say `received`.
  var statusFields: [FormField] {
    [FormField("status", status?.gatewayWord ?? "Received")] + narrowingFields
  }

  /// The fields that narrow a query by status.
  var narrowingFields: [FormField] {
    FormField.optional("deviceID", device.map(String.init))
      + FormField.optional("simSlot", sim.map(String.init))
      + FormField.optional("startTimestamp", since.map { String($0.unixSeconds) })
      + FormField.optional("endTimestamp", until.map { String($0.unixSeconds) })
  }

  /// The objection to a lookup by id, with which the script accepts no other parameters.
  var objectionBesideIDs: CallObjection? {
    for id in ids {
      if let objection = CallObjection.number(id, .ids) { return objection }
    }
    return given.first.map { .conflict(.ids, $0) }
  }

  /// The parameters given, other than ids and limit.
  private var given: [CallParameter] {
    let parameters: [(CallParameter, Bool)] = [
      (.group, groupID != nil), (.to, to != nil), (.from, from != nil), (.status, status != nil),
      (.device, device != nil), (.sim, sim != nil), (.direction, direction != nil), (.since, since != nil),
      (.until, until != nil),
    ]
    return parameters.filter(\.1).map(\.0)
  }

  /// The script gives only one number per message: the sender of an incoming one, the recipient of an outgoing one.
  fileprivate func objectionToParties(isIncoming: Bool) -> CallObjection? {
    if let direction, (direction == .in) != isIncoming { return .conflict(.direction, .status) }
    if isIncoming, to != nil { return .unsupported(.to) }
    if !isIncoming, from != nil { return .unsupported(.from) }
    return nil
  }

  /// Whether a message matches, as far as the script hasn't filtered already.
  fileprivate func matches(_ message: SMSGatewayMessage) -> Bool {
    let record = message.record()
    return Self.isIn(to?.e164, record.to) && Self.isIn(from.map(Sender.normalized), record.from)
      && (groupID == nil || isInGroup(record, date: message.date)) && hasStatus(message, record)
  }

  /// For a group, the script returns all messages, regardless of other parameters. One without a date may be from any
  /// time.
  private func isInGroup(_ record: MessageRecord, date: Timestamp?) -> Bool {
    Self.isIn(device.map(String.init), record.device) && Self.isIn(sim.map(String.init), record.sim)
      && Self.isIn(direction, record.direction) && (date.map(isInTime) ?? true)
  }

  /// Outside of groups, the script filters by status, except for `queued` and `scheduled`: it has `Pending` for both,
  /// and they can't be told apart if a host doesn't say for when a message is scheduled.
  private func hasStatus(_ message: SMSGatewayMessage, _ record: MessageRecord) -> Bool {
    guard let status, groupID != nil || status.exactGatewayWord == nil else { return true }
    let isEither = record.status == .queued && !message.tellsSchedule && status == .ours(.scheduled)
    return isEither || status.matches(record)
  }

  private static func isIn<Value: Equatable>(_ wanted: Value?, _ value: Value?) -> Bool {
    wanted == nil || wanted == value
  }

  private func isInTime(_ date: Timestamp) -> Bool {
    (since.map { $0 <= date } ?? true) && (until.map { date <= $0 } ?? true)
  }
}

extension SMSGateway {
  /// The script can't be asked about a number, so everything since then is read, status by status.
  func historyQuestions(
    about numbers: [PhoneNumber], since: Timestamp, statuses: Set<String>
  ) -> [HistoryQuestion] {
    let known = Set(gatewayStatuses.map { $0.lowercased() })
    let others = statuses.filter { !known.contains($0.lowercased()) && $0.lowercased() != "received" }
    return (gatewayStatuses + others.sorted()).map { history(of: $0, since: since) }
  }

  private func history(of status: String, since: Timestamp) -> HistoryQuestion {
    var query = MessageQuery()
    (query.status, query.since) = (.provider(status), since)
    let (request, zone) = (request("read-messages.php", query.statusFields), settings.timeZone)
    return HistoryQuestion(status) { _ in
      APICall(request: request) { response throws(ProviderError) in
        let rows = try SMSGatewayReply.history(in: response)
        let messages = rows.map { SMSGatewayMessage(row: $0, zone: zone) }
        let entries = messages.filter { !$0.isReceived }.map(\.historyEntry)
        let rest = try SMSGatewayReply.rest(beyond: rows.count, in: response)
        return HistoryPage(entries, total: rest == 0 ? .onePage : .rows(rest.map { entries.count + $0 }))
      }
    }
  }
}

/// The words for outgoing messages, in the order in which a message goes through them: asked in this order, a message
/// that changes status in the meantime is not missed. It is unknown whether the script has most of them, and where
/// "Queued" belongs.
private let gatewayStatuses = [
  "Scheduled", "Queued", "Pending", "Queued", "Processing", "Sending", "Sent", "Delivered", "Undelivered", "Failed",
  "Rejected", "Expired", "Canceled", "Cancelled",
]

extension SMSGatewayMessage {
  /// Whether it is an incoming message.
  fileprivate var isReceived: Bool { record().status == .received }

  fileprivate var historyEntry: HistoryEntry {
    HistoryEntry(record(), number: row["number"]?.text, time: date.map { $0...$0 })
  }
}

extension SMSGateway {
  /// Only what the script itself can filter by: once it has sent, it is too late to filter.
  func objection(toResending query: MessageQuery) -> CallObjection? {
    if query.limit != nil { return .unsupported(.limit) }
    if !query.ids.isEmpty { return query.objectionBesideIDs }
    if query.to != nil { return .unsupported(.to) }
    if query.from != nil { return .unsupported(.from) }
    if query.direction != nil { return .unsupported(.direction) }
    return query.groupID == nil ? query.objectionToResendingByStatus : query.objectionToResendingGroup
  }

  func resends(of query: MessageQuery) -> [Resend] {
    guard query.ids.isEmpty else {
      var seen: Set<String> = []
      let ids = query.ids.filter { seen.insert($0).inserted }
      return ids.map { Resend(id: $0, call: resend([FormField("id", $0)], isOne: true)) }
    }
    let status = FormField.optional("status", query.status?.exactGatewayWord)
    let choice = query.groupID.map { [FormField("groupId", $0)] } ?? query.narrowingFields
    return [Resend(call: resend(choice + status, isOne: false))]
  }

  /// With `isOne`, a reply that lists no messages means that the id is unknown.
  private func resend(_ fields: [FormField], isOne: Bool) -> APICall<[MessageRecord]> {
    let zone = settings.timeZone
    return APICall(sending: request("resend.php", fields), lists: SMSGatewayReply.listsMessages) {
      response throws(ProviderError) in
      guard response.isSuccess else { throw response.unexpectedForm }
      let rows = try SMSGatewayReply.rows("messages", in: response)
      if isOne, rows.isEmpty {
        throw response.refusal(.refused, code: nil, message: SMSGatewayReply.noSuchMessage)
      }
      return rows.map { SMSGatewayMessage(row: $0, zone: zone).record() }
    }
  }
}

extension MessageQuery {
  fileprivate var objectionToResendingByStatus: CallObjection? {
    status == nil ? .needsOneOf([.ids, .group, .status]) : .resentGatewayStatus(status)
  }

  fileprivate var objectionToResendingGroup: CallObjection? {
    guard groupID?.unlessBlank != nil else { return .needsOneOf([.group]) }
    let narrowing: [(CallParameter, Bool)] = [
      (.device, device != nil), (.sim, sim != nil), (.since, since != nil), (.until, until != nil),
    ]
    return narrowing.first(where: \.1).map { .conflict(.group, $0.0) } ?? .resentGatewayStatus(status)
  }
}

extension StatusFilter {
  /// The word to ask the gateway script for; nil if there is none.
  ///
  /// Its own words are passed on as they are. `Pending` covers messages to be sent now and later.
  var gatewayWord: String? {
    switch self {
    case .provider(let word): word.unlessBlank
    case .ours(.queued), .ours(.scheduled): "Pending"
    default: exactGatewayWord
    }
  }

  /// The word for exactly this status, so that filtering can be left to the gateway.
  var exactGatewayWord: String? {
    switch self {
    case .provider(let word): word.unlessBlank
    case .ours(.sent): "Sent"
    case .ours(.delivered): "Delivered"
    case .ours(.failed): "Failed"
    case .ours(.received): "Received"
    case .ours: nil
    }
  }

  /// Whether it means incoming messages.
  var meansReceived: Bool { gatewayWord?.lowercased() == "received" }
}

extension CallObjection {
  /// Objects to a status that the gateway script has no word for.
  static func gatewayStatus(_ filter: StatusFilter?) -> CallObjection? {
    object(to: filter, available: { $0.gatewayWord != nil })
  }

  /// Objects to a status for which the gateway script has no exact word, and to incoming messages, which would be
  /// sent back to their senders.
  static func resentGatewayStatus(_ filter: StatusFilter?) -> CallObjection? {
    object(to: filter, available: { $0.exactGatewayWord != nil && !$0.meansReceived })
  }

  private static func object(to filter: StatusFilter?, available: (StatusFilter) -> Bool) -> CallObjection? {
    guard let filter, !available(filter) else { return nil }
    let words = MessageStatus.allCases.filter { available(.ours($0)) }.map(\.rawValue)
    return .statusUnavailable(filter, available: words)
  }
}
