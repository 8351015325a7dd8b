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

  /// For a group, the script returns all messages, whatever else is requested. One without a date may be from any time.
  private func isInGroup(_ record: MessageRecord, date: Timestamp?) -> Bool {
    Self.isIn(device.map(String.init), record.device) && Self.isIn(sim.map(String.init), record.sim)
      && Self.isIn(direction, record.direction) && (date.map(isInTime) ?? true)
  }

  /// Outside of groups, the script filters by status, except for `queued` and `scheduled`: it has `Pending` for both,
  /// and they can't be told apart if a host doesn't write when a message is to be sent.
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
