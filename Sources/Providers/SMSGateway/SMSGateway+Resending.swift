import Messaging
import TextFormats

extension SMSGateway {
  /// Only what the script itself can be told: nothing can be picked out after it has sent.
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

  /// With `isOne`, a reply that lists no message says that there is none of that id.
  private func resend(_ fields: [FormField], isOne: Bool) -> APICall<[MessageRecord]> {
    let zone = settings.timeZone
    return APICall(request: request("resend.php", fields)) { response throws(ProviderError) in
      let rows = try SMSGatewayReply.rows("messages", in: response)
      if isOne, rows.isEmpty {
        throw response.refusal(.refused, code: nil, message: "it has no such message to send again")
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
