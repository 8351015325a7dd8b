import Messaging
import TextFormats

extension SMSGateway {
  var reportsDelivery: Bool { true }

  /// The script finds messages by id, by group, or by status; device, SIM and times narrow the last.
  func objection(to query: MessageQuery) -> CallObjection? {
    if !query.ids.isEmpty { return query.objectionBesideIDs }
    if query.groupID != nil, query.groupID?.unlessBlank == nil { return .needsOneOf([.group]) }
    let isIncoming = query.status?.meansReceived ?? (query.direction == .in)
    if query.groupID == nil, query.status == nil, !isIncoming { return .needsOneOf([.ids, .group, .status]) }
    return query.objectionToParties(isIncoming: isIncoming)
      // The messages of a group come all, and are looked through here.
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

  /// One call an id. An id that the script doesn't know is not the end of it: the others may be.
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
  /// What the script is asked for where it is neither ids nor a group. Who wants what came in need not say `received`.
  var statusFields: [FormField] {
    [FormField("status", status?.gatewayWord ?? "Received")] + narrowingFields
  }

  /// What narrows a choice by status.
  var narrowingFields: [FormField] {
    FormField.optional("deviceID", device.map(String.init))
      + FormField.optional("simSlot", sim.map(String.init))
      + FormField.optional("startTimestamp", since.map { String($0.unixSeconds) })
      + FormField.optional("endTimestamp", until.map { String($0.unixSeconds) })
  }

  /// What is wrong with looking up by id, beside which the script takes nothing.
  var objectionBesideIDs: CallObjection? {
    for id in ids {
      if let objection = CallObjection.number(id, .ids) { return objection }
    }
    return given.first.map { .conflict(.ids, $0) }
  }

  /// Which parameters are given, beyond ids and limit.
  private var given: [CallParameter] {
    let parameters: [(CallParameter, Bool)] = [
      (.group, groupID != nil), (.to, to != nil), (.from, from != nil), (.status, status != nil),
      (.device, device != nil), (.sim, sim != nil), (.direction, direction != nil), (.since, since != nil),
      (.until, until != nil),
    ]
    return parameters.filter(\.1).map(\.0)
  }

  /// The script names one number of a message only: who sent what came in, and who gets what goes out.
  fileprivate func objectionToParties(isIncoming: Bool) -> CallObjection? {
    if let direction, (direction == .in) != isIncoming { return .conflict(.direction, .status) }
    if isIncoming, to != nil { return .unsupported(.to) }
    if !isIncoming, from != nil { return .unsupported(.from) }
    return nil
  }

  /// Whether a message is asked for, as far as the script doesn't see to that itself.
  fileprivate func matches(_ message: SMSGatewayMessage) -> Bool {
    let record = message.record()
    return Self.isIn(to?.e164, record.to) && Self.isIn(from.map(Sender.normalized), record.from)
      && (groupID == nil || isInGroup(record, date: message.date)) && hasStatus(message, record)
  }

  /// Of a group the script gives all messages, whatever else is asked for. One without a date may be of any time.
  private func isInGroup(_ record: MessageRecord, date: Timestamp?) -> Bool {
    Self.isIn(device.map(String.init), record.device) && Self.isIn(sim.map(String.init), record.sim)
      && Self.isIn(direction, record.direction) && (date.map(isInTime) ?? true)
  }

  /// Outside of groups the script sees to the status, but for `queued` and `scheduled`: both are `Pending` to it, and
  /// the same where a host doesn't write when a message is to be sent.
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
